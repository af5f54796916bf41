import type { QueryCell } from '../../src-main/contract/models/query.ts';

/** A cell as text: nothing stays empty. */
export const cellText = (cell: QueryCell | undefined): string =>
  cell === null || cell === undefined ? '' : String(cell);

/** A value in a list of choices, where "nothing" needs a word. */
export const valueWord = (cell: QueryCell): string => (cell === null || cell === '' ? '(nothing)' : String(cell));

/** JSON laid out over lines; any other text as it is. */
export const laidOut = (text: string): string => {
  if (!/^\s*[[{]/u.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // It only looked like JSON.
    return text;
  }
};

/** The place of a position in a text: line and column from 1, and that line, shortened around the place. */
export const placeOf = (
  text: string,
  position: number,
): { line: number; column: number; excerpt: string; caret: number } => {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const start = before.lastIndexOf('\n') + 1;
  const end = text.indexOf('\n', position);
  const column = position - start + 1;
  const from = Math.max(start, position - 40);
  const excerpt = text.slice(from, Math.min(end === -1 ? text.length : end, position + 40));
  return {
    line,
    column,
    excerpt: (from > start ? '…' : '') + excerpt,
    caret: position - from + (from > start ? 1 : 0),
  };
};

/** The first line of a query that says something, for lists. */
export const firstLine = (sql: string): string => sql.trim().replace(/\s+/gu, ' ').slice(0, 120);
