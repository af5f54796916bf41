import { describeLogBody } from '../../core/log/describe-log-row.ts';
import { logPlace as place } from '../../core/model/log.ts';
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
export const readOtherWriters = async (log: Pick<LogStore, 'lines'>, own: string | null): Promise<OtherWriter[]> => {
  if (own === null) return [];
  const { lines } = await log.lines({ status: ['success'] }, { limit: rowsRead, cursor: null, withBodies: true });
  return findOtherWriters(
    lines.map((line) => ({
      jobId: describeLogBody({ status: 'success', errorCode: null, reason: null }, line[place.body]).jobId,
      at: line[place.at],
    })),
    own,
  );
};
