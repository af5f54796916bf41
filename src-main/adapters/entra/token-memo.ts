/** A token is not used in its last five minutes. */
const marginMs = 5 * 60_000;

export interface MemoToken {
  token: string;
  /** Null when nobody knows; then it is not kept. */
  expiresAt: Date | null;
}

/**
 * Keeps the newest token, so that not every one of thousands of requests opens the key store, and lets requests that
 * come at the same time share one renewal.
 */
export const createTokenMemo = (nowMs: () => number) => {
  let kept: MemoToken | null = null;
  let generation = 0;
  return {
    async get(acquire: () => Promise<MemoToken>): Promise<string> {
      if (kept?.expiresAt && kept.expiresAt.getTime() - marginMs > nowMs()) return kept.token;
      const asked = generation;
      const token = await acquire();
      // A sign-out in the meantime wins.
      if (asked === generation) kept = token;
      return token.token;
    },
    forget(): void {
      generation += 1;
      kept = null;
    },
  };
};

export type TokenMemo = ReturnType<typeof createTokenMemo>;
