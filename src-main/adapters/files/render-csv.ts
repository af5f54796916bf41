import { csvField } from '../../core/report/csv-field.ts';

const line = (fields: readonly string[]): string => `${fields.join(',')}\r\n`;

/** Lines of CSV; only texts can be formulas, and nothing is an empty cell. */
export const csvLines = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => line(row.map((cell) => (typeof cell === 'string' ? csvField(cell) : String(cell ?? ''))))).join('');

const rowsAtOnce = 1_000;

/**
 * CSV after RFC 4180 in UTF-8 with a byte order mark, in pieces. Cells that a spreadsheet would take for a formula
 * get an apostrophe in front.
 */
export function* renderCsv<T>(
  columns: readonly { title: string; of: (item: T) => string }[],
  items: readonly T[],
): Generator<string> {
  yield `\ufeff${line(columns.map(({ title }) => csvField(title)))}`;
  for (let start = 0; start < items.length; start += rowsAtOnce) {
    yield csvLines(items.slice(start, start + rowsAtOnce).map((item) => columns.map(({ of }) => of(item))));
  }
}
