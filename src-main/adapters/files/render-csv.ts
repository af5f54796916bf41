import { stringify } from 'csv-stringify/sync';

/** Cells that a spreadsheet would run, also behind white space and in full-width form. */
const runs = /^[\s\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|]|^[\t\r\n]/;

const neutral = (cell: string): string => {
  // NUL ends a cell in some readers.
  const text = cell.replace(/\u0000/g, '\ufffd');
  return runs.test(text) ? `'${text}` : text;
};

const lines = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { record_delimiter: '\r\n', quoted_match: /^\s|\s$/ },
  );

/** Lines of CSV; only texts can be formulas, and nothing is an empty cell. */
export const csvLines = (rows: readonly (readonly (string | number | null)[])[]): string =>
  lines(rows.map((row) => row.map((cell) => (typeof cell === 'string' ? neutral(cell) : String(cell ?? '')))));

const rowsAtOnce = 1_000;

/**
 * CSV after RFC 4180 in UTF-8 with a byte order mark, in pieces. Cells that a spreadsheet would take for a formula
 * get an apostrophe in front.
 */
export function* renderCsv<T>(
  columns: readonly { title: string; of: (item: T) => string }[],
  items: readonly T[],
): Generator<string> {
  yield `\ufeff${lines([columns.map(({ title }) => title)])}`;
  for (let start = 0; start < items.length; start += rowsAtOnce) {
    const rows = items.slice(start, start + rowsAtOnce).map((item) => columns.map(({ of }) => neutral(of(item))));
    yield lines(rows);
  }
}
