import { AsyncLocalStorage } from 'node:async_hooks';
import { cancelled, type AppError } from '../../core/app-error.ts';

/** One call of MSAL: what its network requests obey, and the first of their failures, which MSAL would rename. */
export interface MsalCall {
  signal: AbortSignal;
  failure: AppError | null;
}

const current = new AsyncLocalStorage<MsalCall>();

/** The call that the present network request belongs to. */
export const currentCall = (): MsalCall | undefined => current.getStore();

/**
 * Runs one call of MSAL. Rejects with `cancelled` as soon as the signal aborts, although MSAL itself may end later,
 * and with the failure of the network where there was one.
 */
export const runMsalCall = async <T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> => {
  if (signal.aborted) throw cancelled();
  const context: MsalCall = { signal, failure: null };
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
    signal.addEventListener('abort', onAbort, { once: true });
  });
  const result = current.run(context, call).catch((error: unknown) => {
    throw context.failure ?? error;
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
    // Whichever lost the race has nobody left to report to.
    aborted.catch(() => undefined);
    result.catch(() => undefined);
  }
};
