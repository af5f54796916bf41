import type { LogFilter } from '../../../contract/models/provisioning-event.ts';
import type { LogStore } from '../../../services/ports.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { Statements } from '../statements.ts';
import { seqSelect } from './log-hours.ts';
import { listColumns, searchSelect, toLogRow, type ListRow } from './log-page.ts';
import { planLog } from './log-plan.ts';

type Entries = Awaited<ReturnType<LogStore['entries']>>;

/** A lot of rows by one join, for readers who want all of them; pages for people are `pageLog`. */
export const readEntries = (
  statements: Statements,
  filter: LogFilter,
  lot: { limit: number; cursor: string | null; withBodies: boolean },
): Entries => {
  const below = lot.cursor === null ? null : decodeCursor('log', lot.cursor, ['number'])[0];
  const read = (): Entries => {
    const plan = planLog(statements, filter);
    const range = { from: plan.range.from, to: below === null ? plan.range.to : Math.min(below, plan.range.to) };
    if (!plan.possible || range.from >= range.to) return { entries: [], nextCursor: null };
    const { text, values } = plan.match === null ? seqSelect(plan, range, 'DESC') : searchSelect(plan, range);
    const body = lot.withBodies ? { column: 'b.raw', join: 'CROSS JOIN log_bodies b ON b.seq = r.seq' } : null;
    const rows = statements
      .get<unknown[], ListRow & { raw: string }>(
        `SELECT ${listColumns}, ${body?.column ?? "''"} AS raw FROM (${text} LIMIT ?) s
          CROSS JOIN log_rows r ON r.seq = s.seq CROSS JOIN log_classes c ON c.id = r.class_id ${body?.join ?? ''}
          ORDER BY s.seq DESC`,
      )
      .all(...values, lot.limit);
    const last = rows.at(-1);
    return {
      entries: rows.map((row) => ({ row: toLogRow(row), body: row.raw })),
      nextCursor: rows.length === lot.limit && last ? encodeCursor('log', [last.seq]) : null,
    };
  };
  return statements.database.transaction(read).deferred();
};
