import type { Statements } from './statements.ts';

const find = 'SELECT key FROM objects WHERE list = ? AND id = ?';
const insert = 'INSERT INTO objects (list, id) VALUES (?, ?) RETURNING key';

/** The number of an id in its list; null when it was never seen. */
export const findKey = (statements: Statements, list: number, id: string): number | null =>
  statements.get<[number, string], { key: number }>(find).get(list, id)?.key ?? null;

/** The number of an id in its list, given now when it is new. Only inside a write transaction. */
export const internKey = (statements: Statements, list: number, id: string): number => {
  const known = findKey(statements, list, id);
  if (known !== null) return known;
  const row = statements.get<[number, string], { key: number }>(insert).get(list, id);
  if (!row) throw new Error('the id was not stored');
  return row.key;
};
