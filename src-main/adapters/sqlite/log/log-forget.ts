import type { Statements } from '../statements.ts';
import { hourOfSeq, hourSeq, secondSeq } from './log-seq.ts';

/** About so many rows go at once: few enough that another writer does not wait long. */
const rowsPerStep = 5_000;

const rowAt = 'SELECT seq FROM log_rows WHERE seq < ? ORDER BY seq LIMIT 1 OFFSET ?';
const dropWords = 'DELETE FROM log_search WHERE rowid < ?';
const dropBodies = 'DELETE FROM log_bodies WHERE seq < ?';
const dropRows = 'DELETE FROM log_rows WHERE seq < ?';
// A row that is gone is not marked as imported any longer: marks would only ever grow.
const dropMarks = 'DELETE FROM imported_rows WHERE log_id IN (SELECT id FROM log_rows WHERE seq < ?)';
const dropCounts = 'DELETE FROM log_counts WHERE hour < ?';
// Rows that were not understood have no time of their own that could be trusted: when they were last met counts.
const dropKeptAside = `DELETE FROM kept_aside
  WHERE source = 'provisioning-log' AND last_run IN (SELECT id FROM runs WHERE started_at < ?)`;
const moveStart = 'UPDATE log_positions SET complete_from_at = ? WHERE complete_from_at < ?';

/**
 * Deletes the rows of all whole hours before a moment (ISO 8601): rows, JSON, words, marks and counts, some hours in each
 * transaction, and rows that were kept aside and not met since. What they said about links between accounts and about
 * the scope stays, for it still holds. Gives how many rows went.
 */
export const forgetLog = (statements: Statements, before: string): number => {
  const lastHour = hourOfSeq(secondSeq(before));
  let forgotten = 0;
  let hour: number;
  statements.get(dropKeptAside).run(before);
  do {
    const further = statements.get<[number, number], { seq: number }>(rowAt).get(hourSeq(lastHour), rowsPerStep);
    hour = further ? Math.min(lastHour, hourOfSeq(further.seq) + 1) : lastHour;
    const start = new Date(hour * 3_600_000).toISOString();
    const seq = hourSeq(hour);
    const step = hour;
    const work = (): number => {
      statements.get(dropMarks).run(seq);
      statements.get(dropWords).run(seq);
      statements.get(dropBodies).run(seq);
      statements.get(dropCounts).run(step);
      statements.get(moveStart).run(start, start);
      return statements.get(dropRows).run(seq).changes;
    };
    forgotten += statements.database.transaction(work).immediate();
  } while (hour < lastHour);
  return forgotten;
};
