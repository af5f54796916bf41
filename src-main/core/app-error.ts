import type { Failure, FailureCode } from '../contract/failure.ts';

/** The one error that src-main throws on purpose. The router turns it into the Failure it carries. */
export class AppError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.message, options);
    this.name = 'AppError';
    this.failure = failure;
  }

  get code(): FailureCode {
    return this.failure.code;
  }
}

/** True also for an AppError that crossed a thread, where only its shape survives. */
export const isAppError = (error: unknown): error is AppError =>
  error instanceof Error && error.name === 'AppError' && 'failure' in error;

export const cancelled = (): AppError =>
  new AppError({
    code: 'cancelled',
    message: 'The operation was cancelled.',
    advice: 'Start it again when you like; what was collected is kept.',
  });
