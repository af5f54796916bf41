import { isAppError } from '../../core/app-error.ts';

/** A token is not used in its last five minutes. */
const marginMs = 5 * 60_000;

export interface MemoToken {
  token: string;
  /** Null when nobody knows; then it is not kept. */
  expiresAt: Date | null;
}

export interface TokenMemo {
  /** The kept token, else the one that `acquire` gets. */
  get(acquire: (signal: AbortSignal) => Promise<MemoToken>, signal: AbortSignal): Promise<string>;
  forget(): void;
}

/**
 * Keeps the newest token, so that not every one of thousands of requests opens the key store, and lets requests that
 * come at the same time share one renewal.
 */
export const createTokenMemo = (nowMs: () => number): TokenMemo => {
  let kept: MemoToken | null = null;
  let running: Promise<MemoToken> | null = null;
  let generation = 0;

  const renew = (acquire: (signal: AbortSignal) => Promise<MemoToken>, signal: AbortSignal): Promise<MemoToken> => {
    const asked = generation;
    const renewal = acquire(signal)
      .then((token) => {
        // A sign-out in the meantime wins.
        if (asked === generation) kept = token;
        return token;
      })
      .finally(() => {
        if (running === renewal) running = null;
      });
    running = renewal;
    return renewal;
  };

  return {
    async get(acquire, signal) {
      if (kept?.expiresAt && kept.expiresAt.getTime() - marginMs > nowMs()) return kept.token;
      if (running === null) return (await renew(acquire, signal)).token;
      try {
        return (await running).token;
      } catch (error) {
        // Whoever had asked first gave up; this caller has not.
        if (!isAppError(error) || error.code !== 'cancelled' || signal.aborted) throw error;
        return (await renew(acquire, signal)).token;
      }
    },
    forget(): void {
      generation += 1;
      kept = null;
      running = null;
    },
  };
};
