import type { Failure } from '../contract/failure.ts';
import { isAppError } from '../core/app-error.ts';

/** Where errors that nobody expected are written; gives an id to quote. */
export interface BugLog {
  record(error: unknown, context: string): string;
}

/** The Failure that an error carries; anything unexpected becomes `bug` with the id of its log entry. */
export const failureOf = (error: unknown, log: BugLog, context: string): Failure => {
  if (isAppError(error)) return error.failure;
  const logId = log.record(error, context);
  return {
    code: 'bug',
    message: `Something went wrong inside the program (${context}).`,
    advice: `Please report it with the id ${logId}; the details stand in the log file.`,
    logId,
  };
};
