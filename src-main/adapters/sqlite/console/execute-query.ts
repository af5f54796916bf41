import type { DatabaseSync } from 'node:sqlite';
import type { QueryCell } from '../../../contract/models/query.ts';
import type { Authorizer } from './authorizer.ts';
import { checkQueryText, prepareQuery } from './prepare-query.ts';
import { queryRefused } from './query-failure.ts';
import type { ConsoleQuery, FromQuery } from './query-protocol.ts';

type Send = (message: FromQuery) => Promise<void>;
type Cut = (FromQuery & { type: 'end' })['cut'];

const cellOf = (value: unknown): QueryCell => {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return typeof value === 'string' ? value.toWellFormed() : null;
};

const lengthOf = (cells: readonly QueryCell[]): number =>
  cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);

const batchRows = 500;

/** Sends rows as they come, until a limit is reached; says which. */
const sendRows = async (rows: Iterable<unknown>, query: ConsoleQuery, send: Send): Promise<Cut> => {
  let batch: QueryCell[][] = [];
  let count = 0;
  let characters = 0;
  let cut: Cut = null;
  for (const row of rows) {
    const cells = (row as unknown[]).map(cellOf);
    characters += lengthOf(cells);
    if (count === query.rows) cut = 'rows';
    else if (characters > query.characters) cut = 'characters';
    if (cut !== null) break;
    count += 1;
    batch.push(cells);
    if (batch.length === batchRows) {
      await send({ type: 'rows', rows: batch });
      batch = [];
    }
  }
  if (batch.length > 0) await send({ type: 'rows', rows: batch });
  return cut;
};

const facetValues = 20;

/**
 * Runs one query and sends what it gives: its columns and rows, or how often the values of some columns occur in the
 * whole result. Throws `input-invalid` for what the rules or SQLite refuse.
 */
export const executeQuery = async (
  database: DatabaseSync,
  query: ConsoleQuery,
  authorizer: Authorizer,
  send: Send,
): Promise<void> => {
  const sql = checkQueryText(query.sql);
  const statement = prepareQuery(database, sql, authorizer);
  const columns = statement.columns().map(({ name }) => name);
  const asked = [...query.narrowing.map(({ column }) => column), ...(query.facets ?? [])];
  const missing = asked.find((column) => column >= columns.length);
  if (missing !== undefined) throw queryRefused(`The result has no column number ${missing + 1}.`, null);
  if (asked.length > 0 && /^explain\b/iu.test(sql.trimStart())) {
    throw queryRefused('The explanation of a query can neither be counted nor narrowed.', null);
  }
  // Columns of a result may share a name; numbered ones do not. The line end closes a comment at the end of the query.
  const whole = `WITH q (${columns.map((_, index) => `c${index}`).join(', ')}) AS (${sql}\n)`;
  const conditions = query.narrowing.map(({ column }) => `c${column} IS ?`).join(' AND ');
  const where = conditions === '' ? '' : ` WHERE ${conditions}`;
  const values = query.narrowing.map(({ value }) => value);
  if (query.facets === null) {
    await send({ type: 'columns', columns });
    const narrowed = where === '' ? statement : prepareQuery(database, `${whole} SELECT * FROM q${where}`, authorizer);
    await send({ type: 'end', cut: await sendRows(narrowed.iterate(...values), query, send) });
    return;
  }
  for (const column of query.facets) {
    const counts = `${whole}, f AS (SELECT c${column} AS value, count(*) AS n FROM q${where} GROUP BY 1)
      SELECT value, n, count(*) OVER (), sum(n) OVER () FROM f ORDER BY n DESC, value LIMIT ${facetValues}`;
    const rows = prepareQuery(database, counts, authorizer).all(...values) as unknown as unknown[][];
    const found = rows.map((row) => row.map(cellOf));
    const [, , distinct, total] = found[0] ?? [];
    await send({
      type: 'facet',
      facet: {
        column,
        name: columns[column] ?? '',
        values: found.map(([value, count]) => ({ value: value ?? null, count: Number(count) })),
        distinct: Number(distinct ?? 0),
      },
      total: Number(total ?? 0),
    });
  }
  await send({ type: 'end', cut: null });
};
