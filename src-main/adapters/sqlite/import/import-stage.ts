import type { ImportStore } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';

/*
 * What an import puts aside lies in tables of its connection alone, in a file of the system's folder for such files: it
 * takes no memory, waits for no other writer, and is gone with the program.
 */

const tables = `
CREATE TEMP TABLE IF NOT EXISTS import_rows (
  id TEXT PRIMARY KEY, download INTEGER NOT NULL, lot INTEGER NOT NULL, change TEXT, raw TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS temp.import_rows_by_lot ON import_rows (lot);
CREATE TEMP TABLE IF NOT EXISTS import_parts (
  number INTEGER PRIMARY KEY, change TEXT NOT NULL, kind TEXT NOT NULL, json TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS temp.import_parts_by_change ON import_parts (change, kind);
CREATE TEMP TABLE IF NOT EXISTS import_changes (change TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;
const stagedTables = ['import_rows', 'import_parts', 'import_changes'];

const putRow = 'INSERT OR IGNORE INTO temp.import_rows (id, download, lot, change, raw) VALUES (?, ?, ?, ?, ?)';
const putPart = 'INSERT INTO temp.import_parts (change, kind, json) VALUES (?, ?, ?)';
const nextLot = 'SELECT coalesce(max(lot), 0) + 1 AS lot FROM temp.import_rows';
const partsLength = 'SELECT coalesce(sum(length(json)), 0) AS length FROM temp.import_parts WHERE change = ?';
const partsOf = 'SELECT json FROM temp.import_parts WHERE change = ? AND kind = ? ORDER BY number';

/** Makes the stage empty. */
export const clearStage = ({ database }: Statements): void => {
  database.exec(tables);
  for (const table of stagedTables) database.exec(`DELETE FROM temp.${table}`);
};

/** Adds a lot of rows; of several with one id the first stays. */
export const stageRows = (
  statements: Statements,
  download: number,
  rows: Parameters<ImportStore['stage']>[1],
): void => {
  const work = (): void => {
    const lot = statements.get<[], { lot: number }>(nextLot).get()?.lot ?? 1;
    for (const { id, raw, change } of rows) statements.get(putRow).run(id, download, lot, change, raw);
  };
  statements.database.transaction(work).deferred();
};

/** Adds steps or modified properties. */
export const stageParts = (statements: Statements, parts: Parameters<ImportStore['stageParts']>[0]): void => {
  const work = (): void => {
    for (const { change, kind, json } of parts) statements.get(putPart).run(change, kind, json);
  };
  statements.database.transaction(work).deferred();
};

/** What belongs to a change; null when it is longer than `longest`. */
export const readParts = (
  statements: Statements,
  change: string,
  longest: number,
): { steps: string; changes: string } | null => {
  const { length } = statements.get<[string], { length: number }>(partsLength).get(change) ?? { length: 0 };
  if (length > longest) return null;
  const of = (kind: string): string =>
    length === 0
      ? ''
      : statements
          .get<[string, string], { json: string }>(partsOf)
          .all(change, kind)
          .map(({ json }) => json)
          .join(',');
  return { steps: of('steps'), changes: of('changes') };
};
