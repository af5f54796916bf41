import type { LogFilter } from '../../../contract/models/provisioning-event.ts';
import { logPlace, type LogLine } from '../../../core/model/log.ts';
import type { LogStore } from '../../../services/ports.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { Statements } from '../statements.ts';
import { readClasses } from './log-classes.ts';
import { seqSelect } from './log-hours.ts';
import { searchSelect } from './log-page.ts';
import { planLog } from './log-plan.ts';

type Lines = Awaited<ReturnType<LogStore['lines']>>;

/**
 * The values of a `LogLine` in its order; the name is that of lists (`toLogRow`). A million rows are of a few classes:
 * what a class says is put in afterwards, and not made anew for each.
 */
const lineColumns = `r.at, NULL, NULL, NULL, r.subject_type,
  coalesce(r.source_name, r.source_upn, r.target_name, r.source_id, r.target_id, ''), r.source_upn, r.source_id,
  r.target_id, r.error_code, r.reason, r.cycle_id, r.change_id, r.id`;

type Changeable<T> = { -readonly [P in keyof T]: T[P] };
/** A line as it is read, with what completes it and what the next lot begins with. */
type ReadLine = [...line: Changeable<LogLine>, seq: number, classId: number];
const seqPlace = 15;
const classPlace = 16;

/** A lot of rows by one join, for readers who want all of them; pages for people are `pageLog`. */
export const readLines = (
  statements: Statements,
  filter: LogFilter,
  lot: { limit: number; cursor: string | null; withBodies: boolean },
): Lines => {
  const below = lot.cursor === null ? null : decodeCursor('log', lot.cursor, ['number'])[0];
  const read = (): Lines => {
    const plan = planLog(statements, filter);
    const range = { from: plan.range.from, to: below === null ? plan.range.to : Math.min(below, plan.range.to) };
    if (!plan.possible || range.from >= range.to) return { lines: [], nextCursor: null };
    const { text, values } = plan.match === null ? seqSelect(plan, range, 'DESC') : searchSelect(plan, range);
    const body = lot.withBodies ? { column: 'b.raw', join: 'CROSS JOIN log_bodies b ON b.seq = r.seq' } : null;
    const lines = statements
      .get<unknown[], ReadLine>(
        `SELECT ${lineColumns}, ${body?.column ?? "''"}, s.seq, r.class_id FROM (${text} LIMIT ?) s
          CROSS JOIN log_rows r ON r.seq = s.seq ${body?.join ?? ''} ORDER BY s.seq DESC`,
      )
      .raw()
      .all(...values, lot.limit);
    const classes = new Map(readClasses(statements).map((one) => [one.id, one]));
    for (const line of lines) {
      const found = classes.get(line[classPlace]);
      if (!found) throw new Error('a row of the log has no class');
      line[logPlace.action] = found.action;
      line[logPlace.status] = found.status;
      line[logPlace.benign] = found.benign ? 1 : 0;
    }
    const last = lines.at(-1);
    return {
      // What follows the last value of a line is nobody's concern.
      lines: lines as unknown as LogLine[],
      nextCursor: lines.length === lot.limit && last ? encodeCursor('log', [last[seqPlace]]) : null,
    };
  };
  return statements.database.transaction(read).deferred();
};
