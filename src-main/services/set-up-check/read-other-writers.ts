import { describeLogRow } from '../../core/log/describe-log-row.ts';
import { findOtherWriters, type OtherWriter } from '../../core/set-up-check/other-writers.ts';
import type { LogStore } from '../ports.ts';

/** So many of the newest writes show every job that still writes, and are read in a moment. */
const rowsRead = 1000;

/**
 * The jobs that wrote to the target beside the watched one, from the newest successful rows of the log: also jobs of
 * applications that nobody would look for by their name. Throws the store's failures.
 *
 * @param own id of the watched job; null: it is not known, and so no other one is either
 */
export const readOtherWriters = async (log: Pick<LogStore, 'entries'>, own: string | null): Promise<OtherWriter[]> => {
  if (own === null) return [];
  const { entries } = await log.entries({ status: ['success'] }, { limit: rowsRead, cursor: null, withBodies: true });
  return findOtherWriters(
    entries.map(({ row, body }) => ({ jobId: describeLogRow(row, body).jobId, at: row.at })),
    own,
  );
};
