import type { LogFilter } from '../../../contract/models/provisioning-event.ts';
import type { LogLine } from '../../../core/model/log.ts';
import type { LogStore } from '../../../services/ports.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { Statements } from '../statements.ts';
import { seqSelect } from './log-hours.ts';
import { searchSelect } from './log-page.ts';
import { planLog } from './log-plan.ts';

type Lines = Awaited<ReturnType<LogStore['lines']>>;

/** The values of a `LogLine` in its order; the name is that of lists (`toLogRow`). */
const lineColumns = `r.at, c.action, c.status, c.benign, r.subject_type,
  coalesce(r.source_name, r.source_upn, r.target_name, r.source_id, r.target_id, ''), r.source_upn, r.source_id,
  r.target_id, r.error_code, r.reason, r.cycle_id, r.change_id, r.id`;

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
      .get<unknown[], readonly [...LogLine, seq: number]>(
        `SELECT ${lineColumns}, ${body?.column ?? "''"}, s.seq FROM (${text} LIMIT ?) s
          CROSS JOIN log_rows r ON r.seq = s.seq CROSS JOIN log_classes c ON c.id = r.class_id ${body?.join ?? ''}
          ORDER BY s.seq DESC`,
      )
      .raw()
      .all(...values, lot.limit);
    const last = lines.at(-1);
    return {
      // What follows the last value of a line is nobody's concern.
      lines: lines as unknown as LogLine[],
      nextCursor: lines.length === lot.limit && last ? encodeCursor('log', [last[15]]) : null,
    };
  };
  return statements.database.transaction(read).deferred();
};
