import { expect } from 'vitest';
import type { Failure } from '../../src-main/contract/failure.ts';
import { isAppError } from '../../src-main/core/app-error.ts';

/** The Failure that a call ends with; a call that ends well, or with another error, fails the test. */
export const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  const outcome = await work.then(
    () => 'no failure',
    (error: unknown) => error,
  );
  if (isAppError(outcome)) return outcome.failure;
  expect.unreachable(`expected a Failure, got ${outcome instanceof Error ? outcome.stack : String(outcome)}`);
};
