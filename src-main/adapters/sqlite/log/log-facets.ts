import { setImmediate } from 'node:timers/promises';
import type { Facet } from '../../../contract/models/page.ts';
import type { LogFacetName, LogFilter } from '../../../contract/models/provisioning-event.ts';
import { cancelled } from '../../../core/app-error.ts';
import type { StoreCall } from '../../../services/ports.ts';
import { allOf } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { readClasses, type LogClass } from './log-classes.ts';
import { countIndex, cutRange } from './log-hours.ts';
import { countedConditions, isCounted, planLog, rowConditions, type LogPlan } from './log-plan.ts';
import { hourSeq, type SeqRange } from './log-seq.ts';

interface GroupRow {
  class_id: number;
  error_code: string | null;
  count: number;
}

const filterOfFacet: Record<LogFacetName, keyof LogFilter> = {
  status: 'status',
  action: 'action',
  errorCode: 'errorCode',
  benign: 'benign',
};

/**
 * How many rows, fitting or not, one step reads before it looks whether somebody cancelled. Words by their beginning are
 * gathered anew in every step: then there are fewer.
 */
const rowsPerStep = 50_000;
const rowsPerPrefixStep = 300_000;

const countHours = (statements: Statements, plan: LogPlan, from: number, to: number): GroupRow[] => {
  const where = allOf([{ text: 'hour >= ? AND hour < ?', values: [from, to] }, ...countedConditions(plan)]);
  return statements
    .get<unknown[], GroupRow>(
      `SELECT class_id, error_code, sum(count) AS count FROM log_counts ${countIndex(plan)} WHERE ${where.text} GROUP BY 1, 2`,
    )
    .all(...where.values);
};

const countPiece = (statements: Statements, plan: LogPlan, range: SeqRange): GroupRow[] => {
  const bounds = { text: 'r.seq >= ? AND r.seq < ?', values: [range.from, range.to] };
  const search = { text: 'log_search MATCH ? AND s.rowid >= ? AND s.rowid < ?' };
  const where = allOf([
    ...(plan.match === null ? [bounds] : [{ ...search, values: [plan.match, range.from, range.to] }]),
    ...countedConditions(plan),
    ...rowConditions(plan),
  ]);
  const source =
    plan.match === null
      ? `log_rows r ${plan.sourceId === null ? 'NOT INDEXED' : 'INDEXED BY log_rows_by_source'}`
      : 'log_search s CROSS JOIN log_rows r ON r.seq = s.rowid';
  return statements
    .get<unknown[], GroupRow>(
      `SELECT r.class_id, r.error_code, count(*) AS count FROM ${source} WHERE ${where.text} GROUP BY 1, 2`,
    )
    .all(...where.values);
};

/** Ends of steps of about equally many rows, newest first, so that a long count can be left between two of them. */
const stepsOf = (statements: Statements, { range, hasPrefix }: LogPlan): SeqRange[] => {
  const enough = hasPrefix ? rowsPerPrefixStep : rowsPerStep;
  const hours = statements
    .get<unknown[], { hour: number; count: number }>(
      'SELECT hour, sum(count) AS count FROM log_counts GROUP BY hour ORDER BY hour DESC',
    )
    .all();
  const steps: SeqRange[] = [];
  let to = range.to;
  let rows = 0;
  for (const { hour, count } of hours) {
    rows += count;
    const from = hourSeq(hour);
    if (rows < enough || from >= to || from <= range.from) continue;
    steps.push({ from, to });
    to = from;
    rows = 0;
  }
  steps.push({ from: range.from, to });
  return steps;
};

const valuesOf = (name: LogFacetName, rows: readonly GroupRow[], classes: ReadonlyMap<number, LogClass>): Facet => {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const entry = classes.get(row.class_id);
    const value =
      name === 'errorCode' ? row.error_code : name === 'benign' ? String(entry?.benign) : (entry?.[name] ?? null);
    if (value === null || value === '') continue;
    sums.set(value, (sums.get(value) ?? 0) + row.count);
  }
  const values = [...sums].map(([value, count]) => ({ value, count })).filter((entry) => entry.count > 0);
  return { name, values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)) };
};

/**
 * How many rows each value of a facet has. A facet leaves its own filter aside, so that its other values can be chosen
 * too; all other filters hold. Gives way between steps, reports progress in steps, and stops when cancelled.
 *
 * Throws `cancelled`.
 */
export const facetLog = async (
  statements: Statements,
  filter: LogFilter,
  names: LogFacetName[],
  options: StoreCall,
): Promise<Facet[]> => {
  const facets: Facet[] = [];
  const answers = new Map<string, GroupRow[]>();
  for (const name of names) {
    const { [filterOfFacet[name]]: _own, ...others } = filter;
    const key = JSON.stringify(others, Object.keys(others).sort());
    let rows = answers.get(key);
    if (!rows) {
      const plan = planLog(statements, others);
      rows = plan.possible ? await countGroups(statements, plan, options) : [];
      answers.set(key, rows);
    }
    const classes = new Map(readClasses(statements).map((entry) => [entry.id, entry]));
    facets.push(valuesOf(name, rows, classes));
  }
  return facets;
};

const countGroups = async (statements: Statements, plan: LogPlan, options: StoreCall): Promise<GroupRow[]> => {
  const rows: GroupRow[] = [];
  const counted = isCounted(plan);
  const cut = cutRange(plan, plan.range);
  if (counted) rows.push(...countHours(statements, plan, cut.whole.from, cut.whole.to));
  const steps = counted ? cut.pieces.filter((piece) => piece.from < piece.to) : stepsOf(statements, plan);
  for (const [index, step] of steps.entries()) {
    // Lets a cancellation, and shorter questions, come in between.
    await setImmediate();
    if (options.signal.aborted) throw cancelled();
    rows.push(...countPiece(statements, plan, step));
    options.progress?.(index + 1, steps.length);
  }
  return rows;
};
