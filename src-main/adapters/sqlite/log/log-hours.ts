import { allOf, type Sql } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { countedConditions, rowConditions, type LogPlan } from './log-plan.ts';
import { hourOfSeq, hourSeq, perHour, perSecond, type SeqRange } from './log-seq.ts';

/** Rows that fit in one hour; of an hour that the range cuts, `whole` is false and `count` an upper bound. */
export interface HourCount {
  hour: number;
  count: number;
  whole: boolean;
}

/** Hours that lie wholly in a range, and the pieces of hours at its ends. Seconds that a bound cuts are in a piece. */
export const cutRange = (
  { cutFrom, cutTo }: LogPlan,
  range: SeqRange,
): { whole: { from: number; to: number }; pieces: SeqRange[] } => {
  const sureFrom = Math.max(range.from, cutFrom === null ? 0 : cutFrom.second + perSecond);
  const sureTo = Math.min(range.to, cutTo === null ? range.to : cutTo.second);
  const from = Math.ceil(sureFrom / perHour);
  const to = Math.floor(sureTo / perHour);
  if (from >= to) return { whole: { from, to: from }, pieces: [range] };
  const pieces = [
    { from: range.from, to: hourSeq(from) },
    { from: hourSeq(to), to: range.to },
  ];
  return { whole: { from, to }, pieces: pieces.filter((piece) => piece.from < piece.to) };
};

/** The index that leads to the fewest counts; SQLite cannot know. */
export const countIndex = (plan: LogPlan): string => {
  if (plan.cycleId !== null) return 'INDEXED BY log_counts_by_cycle';
  if (plan.issue !== null) return 'INDEXED BY log_counts_by_issue';
  return plan.errorCodes !== null ? 'INDEXED BY log_counts_by_error' : 'NOT INDEXED';
};

/** Hours with fitting rows, newest first, of a plan that the hourly counts can answer. */
export function* hoursOf(statements: Statements, plan: LogPlan, range: SeqRange): Generator<HourCount> {
  const where = allOf([
    { text: 'hour >= ? AND hour <= ?', values: [hourOfSeq(range.from), hourOfSeq(range.to - 1)] },
    ...countedConditions(plan),
  ]);
  const { whole } = cutRange(plan, range);
  const rows = statements.database
    .prepare<unknown[], { hour: number; count: number }>(
      `SELECT hour, sum(count) AS count FROM log_counts ${countIndex(plan)} WHERE ${where.text}
        GROUP BY hour ORDER BY hour DESC`,
    )
    .iterate(...where.values);
  for (const { hour, count } of rows) yield { hour, count, whole: hour >= whole.from && hour < whole.to };
}

/** The rows of a range that fit, as SQL that yields `seq`; `order` is the order of the numbers. */
export const seqSelect = (plan: LogPlan, range: SeqRange, order: 'ASC' | 'DESC'): Sql => {
  const bounds: Sql = { text: 'seq >= ? AND seq < ?', values: [range.from, range.to] };
  const residual = rowConditions(plan);
  const branch = (index: string, own: Sql[], rest: Sql[]): Sql => {
    const where = allOf([...own, bounds, ...rest, ...residual]);
    return { text: `SELECT seq FROM log_rows ${index} WHERE ${where.text}`, values: where.values };
  };
  const without = (dimension: Partial<LogPlan>): Sql[] => countedConditions({ ...plan, ...dimension });
  const ordered = (branches: Sql[]): Sql => ({
    text: `${branches.map((one) => one.text).join(' UNION ALL ')} ORDER BY seq ${order}`,
    values: branches.flatMap((one) => one.values),
  });
  if (plan.sourceId !== null) {
    return ordered([branch('INDEXED BY log_rows_by_source', [], countedConditions(plan))]);
  }
  if (plan.issue !== null) {
    return ordered([branch('INDEXED BY log_rows_by_issue', [], countedConditions(plan))]);
  }
  if (plan.errorCodes !== null && plan.errorCodes.length <= mergedAtMost) {
    return ordered(
      plan.errorCodes.map((code) =>
        branch(
          'INDEXED BY log_rows_by_error',
          [{ text: 'error_code = ?', values: [code] }],
          without({ errorCodes: null }),
        ),
      ),
    );
  }
  if (plan.classes !== null && plan.classes.length <= mergedAtMost) {
    return ordered(
      plan.classes.map((id) =>
        branch('INDEXED BY log_rows_by_class', [{ text: 'class_id = ?', values: [id] }], without({ classes: null })),
      ),
    );
  }
  return ordered([branch('NOT INDEXED', [], countedConditions(plan))]);
};

/** More index ranges than this cost more to merge than the rows between them cost to skip. */
const mergedAtMost = 12;

/** How many rows of a range fit, counted row by row: for pieces of an hour, and for persons. */
export const countRows = (statements: Statements, plan: LogPlan, range: SeqRange): number => {
  const { text, values } = seqSelect(plan, range, 'ASC');
  return statements.get<unknown[], { n: number }>(`SELECT count(*) AS n FROM (${text})`).get(...values)?.n ?? 0;
};
