import { timeOf } from '../health/describe-time.ts';

/** A row of the provisioning log that wrote something to the target. */
export interface WrittenRow {
  jobId: string | null;
  /** ISO 8601. */
  at: string;
}

/** Another job whose rows stand in the log of this connection. */
export interface OtherWriter {
  jobId: string;
  rows: number;
  /** ISO 8601. */
  newestAt: string;
  /** Whether the watched job had written before this one wrote last: then both did, and none followed the other. */
  wroteBeside: boolean;
}

/**
 * The jobs that wrote beside the watched one, by the newest rows of the log; the one with the newest row first. Rows
 * without a job tell nothing. provisioning-semantics.md 9, B14.
 *
 * @param own id of the watched job
 */
export const findOtherWriters = (rows: readonly WrittenRow[], own: string): OtherWriter[] => {
  const writers = new Map<string, { rows: number; newestMs: number; newestAt: string }>();
  let ownOldestMs = Infinity;
  for (const { jobId, at } of rows) {
    const ms = timeOf(at);
    if (jobId === null || ms === null) continue;
    if (jobId === own) ownOldestMs = Math.min(ownOldestMs, ms);
    else {
      const known = writers.get(jobId) ?? { rows: 0, newestMs: -Infinity, newestAt: at };
      const newest = ms > known.newestMs ? { newestMs: ms, newestAt: at } : known;
      writers.set(jobId, { rows: known.rows + 1, newestMs: newest.newestMs, newestAt: newest.newestAt });
    }
  }
  return [...writers]
    .sort(([, one], [, other]) => other.newestMs - one.newestMs)
    .map(([jobId, { rows: count, newestMs, newestAt }]) => ({
      ...{ jobId, rows: count, newestAt },
      wroteBeside: ownOldestMs < newestMs,
    }));
};
