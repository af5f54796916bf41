import type { Failure } from '../contract/failure.ts';
import { AppError } from '../core/app-error.ts';

/**
 * `auth-failed` when Graph refused the identity in every call that it was asked for: then this is no matter of single
 * rights. Null otherwise.
 *
 * @param failures one entry per call to Graph, null for those that worked
 */
export const refusedSignIn = (connectionName: string, failures: (Failure | null)[]): AppError | null => {
  const isRefused = (failure: Failure | null): boolean =>
    failure?.code === 'auth-required' || failure?.code === 'auth-failed';
  if (failures.length === 0 || !failures.every(isRefused)) return null;
  const requestId = failures.find((failure) => failure?.requestId)?.requestId;
  return new AppError({
    code: 'auth-failed',
    message: `Microsoft Graph refused the sign-in of connection "${connectionName}" for everything it was asked for.`,
    advice: 'Sign in again. If it stays, check that tenant, client id and cloud of the connection are the right ones.',
    ...(requestId ? { requestId } : {}),
  });
};
