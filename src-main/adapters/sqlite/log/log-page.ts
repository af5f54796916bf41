import type { LogFilter, LogPage, LogRow, LogStatus } from '../../../contract/models/provisioning-event.ts';
import type { PageRequest } from '../../../contract/models/page.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { allOf, type Sql } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { countIndex, countRows, cutRange, hoursOf, seqSelect } from './log-hours.ts';
import { countedConditions, isCounted, planLog, rowConditions, type LogPlan } from './log-plan.ts';
import { hourSeq, type SeqRange } from './log-seq.ts';

/** A row of the log in the terms of the tables. */
export interface ListRow {
  seq: number;
  id: string;
  at: string;
  status: string;
  action: string;
  benign: number;
  subject_type: string;
  source_id: string | null;
  source_name: string | null;
  source_upn: string | null;
  target_id: string | null;
  target_name: string | null;
  error_code: string | null;
  reason: string | null;
  cycle_id: string | null;
  change_id: string | null;
}

/** The columns of `ListRow`, of `log_rows r` joined with `log_classes c`. */
export const listColumns = `r.seq, r.id, r.at, c.status, c.action, c.benign, r.subject_type, r.source_id,
  r.source_name, r.source_upn, r.target_id, r.target_name, r.error_code, r.reason, r.cycle_id, r.change_id`;
const rowBySeq = `SELECT ${listColumns} FROM log_rows r JOIN log_classes c ON c.id = r.class_id WHERE r.seq = ?`;

/** The row as lists show it. */
export const toLogRow = (row: ListRow): LogRow => ({
  id: row.id,
  at: row.at,
  action: row.action,
  status: row.status as LogStatus,
  subject: {
    type: row.subject_type as LogRow['subject']['type'],
    entraId: row.source_id,
    scimId: row.target_id,
    name: row.source_name ?? row.source_upn ?? row.target_name ?? row.source_id ?? row.target_id ?? '',
    upn: row.source_upn,
  },
  errorCode: row.error_code,
  reason: row.reason,
  cycleId: row.cycle_id,
  changeId: row.change_id,
  benign: row.benign === 1,
});

const rowById = `SELECT ${listColumns}, b.raw FROM log_rows r JOIN log_classes c ON c.id = r.class_id
  JOIN log_bodies b ON b.seq = r.seq WHERE r.id = ?`;

/** One row by its id, with the JSON as received; null when it is not stored. */
export const readLogRow = (statements: Statements, id: string): { row: LogRow; raw: string } | null => {
  const found = statements.get<[string], ListRow & { raw: string }>(rowById).get(id);
  return found ? { row: toLogRow(found), raw: found.raw } : null;
};

const rowsBySource = `SELECT ${listColumns}, b.raw FROM log_rows r JOIN log_classes c ON c.id = r.class_id
  JOIN log_bodies b ON b.seq = r.seq WHERE r.source_id = ? ORDER BY r.seq DESC LIMIT ?`;

/** The newest rows about one source object, newest first, each with the JSON as received. */
export const readRowsOf = (statements: Statements, entraId: string, limit: number): { row: LogRow; raw: string }[] =>
  statements
    .get<[string, number], ListRow & { raw: string }>(rowsBySource)
    .all(entraId, limit)
    .map((found) => ({ row: toLogRow(found), raw: found.raw }));

/** Where a page starts: below `to` of the range, `skip` fitting rows further. */
interface Start {
  range: SeqRange;
  skip: number;
}

/** A row number inside one hour, from its nearer end, where walking would be long. */
const fromNearerEnd = (statements: Statements, plan: LogPlan, range: SeqRange, skip: number, count: number): Start => {
  if (skip < 1000 || skip < count / 2) return { range, skip };
  const { text, values } = seqSelect(plan, range, 'ASC');
  const seq = statements
    .get<unknown[], { seq: number }>(`${text} LIMIT 1 OFFSET ?`)
    .get(...values, count - 1 - skip)?.seq;
  return seq === undefined ? { range, skip } : { range: { from: range.from, to: seq + 1 }, skip: 0 };
};

/** Jumps over whole hours by their counts; null when the list is shorter. */
const skipHours = (statements: Statements, plan: LogPlan, range: SeqRange, offset: number): Start | null => {
  let left = offset;
  for (const { hour, count, whole } of hoursOf(statements, plan, range)) {
    const piece = { from: Math.max(range.from, hourSeq(hour)), to: Math.min(range.to, hourSeq(hour + 1)) };
    const fitting = whole ? count : countRows(statements, plan, piece);
    if (left < fitting) {
      const start = fromNearerEnd(statements, plan, piece, left, fitting);
      return { skip: start.skip, range: { from: range.from, to: start.range.to } };
    }
    left -= fitting;
  }
  return null;
};

/** The part of the range in which the next `wanted` rows lie, as the hourly counts say; null when there are none. */
const narrow = (statements: Statements, plan: LogPlan, range: SeqRange, wanted: number): SeqRange | null => {
  let to: number | null = null;
  let from = range.from;
  let counted = 0;
  for (const { hour, count, whole } of hoursOf(statements, plan, range)) {
    to ??= Math.min(range.to, hourSeq(hour + 1));
    from = Math.max(range.from, hourSeq(hour));
    // A cut hour may hold fewer than its count.
    if (whole) counted += count;
    if (counted >= wanted) break;
  }
  return to === null ? null : { from, to };
};

/** Full text: the index of words leads, and gives its rows in time order by itself. */
export const searchSelect = (plan: LogPlan, range: SeqRange): Sql => {
  const rest = [...countedConditions({ ...plan, classes: null }), ...rowConditions(plan)];
  const where = allOf([
    { text: 'log_search MATCH ? AND s.rowid >= ? AND s.rowid < ?', values: [plan.match, range.from, range.to] },
    ...rest,
  ]);
  const join = rest.length === 0 ? '' : 'CROSS JOIN log_rows r ON r.seq = s.rowid';
  return {
    text: `SELECT s.rowid AS seq FROM log_search s ${join} WHERE ${where.text} ORDER BY s.rowid DESC`,
    values: where.values,
  };
};

const seqsOf = (statements: Statements, plan: LogPlan, start: Start, wanted: number): number[] => {
  const counted = isCounted(plan);
  const range = counted ? narrow(statements, plan, start.range, wanted + start.skip) : start.range;
  if (range === null) return [];
  const { text, values } = plan.match === null ? seqSelect(plan, range, 'DESC') : searchSelect(plan, range);
  return statements
    .get<unknown[], { seq: number }>(`${text} LIMIT ? OFFSET ?`)
    .all(...values, wanted, start.skip)
    .map((row) => row.seq);
};

/** How many rows fit in all. Full text counts in the index of words, without rows where it can. */
export const countLog = (statements: Statements, plan: LogPlan): number => {
  if (!plan.possible) return 0;
  if (isCounted(plan)) {
    const { whole, pieces } = cutRange(plan, plan.range);
    const where = allOf([
      { text: 'hour >= ? AND hour < ?', values: [whole.from, whole.to] },
      ...countedConditions(plan),
    ]);
    const inHours =
      statements
        .get<unknown[], { n: number | null }>(
          `SELECT sum(count) AS n FROM log_counts ${countIndex(plan)} WHERE ${where.text}`,
        )
        .get(...where.values)?.n ?? 0;
    return pieces.reduce((sum, piece) => sum + countRows(statements, plan, piece), inHours);
  }
  if (plan.match === null) return countRows(statements, plan, plan.range);
  const { text, values } = searchSelect(plan, plan.range);
  return (
    statements
      .get<unknown[], { n: number }>(`SELECT count(*) AS n FROM (${text.replace(/ ORDER BY .*$/, '')})`)
      .get(...values)?.n ?? 0
  );
};

/**
 * One page of the log, newest first; rows of the same second in the order in which they were stored, newest first.
 *
 * Throws `input-invalid` for a cursor that is not one of ours.
 */
export const pageLog = (statements: Statements, filter: LogFilter, page: PageRequest): LogPage => {
  const below = page.cursor === undefined ? null : decodeCursor('log', page.cursor, ['number'])[0];
  const read = (): LogPage => {
    const plan = planLog(statements, filter);
    const total = page.withTotal ? { total: countLog(statements, plan) } : {};
    if (!plan.possible) return { rows: [], nextCursor: null, ...total };
    let start: Start | null = { range: plan.range, skip: page.offset ?? 0 };
    if (below !== null) {
      start = { range: { from: plan.range.from, to: Math.min(below, plan.range.to) }, skip: 0 };
    } else if (start.skip > 0 && isCounted(plan)) {
      start = skipHours(statements, plan, plan.range, start.skip);
    }
    if (start === null || start.range.from >= start.range.to) return { rows: [], nextCursor: null, ...total };
    const seqs = seqsOf(statements, plan, start, page.limit + 1);
    const rows = seqs.slice(0, page.limit).flatMap((seq) => {
      const row = statements.get<[number], ListRow>(rowBySeq).get(seq);
      return row ? [toLogRow(row)] : [];
    });
    const last = seqs[page.limit - 1];
    return {
      rows,
      nextCursor: seqs.length > page.limit && last !== undefined ? encodeCursor('log', [last]) : null,
      ...total,
    };
  };
  return statements.database.transaction(read).deferred();
};
