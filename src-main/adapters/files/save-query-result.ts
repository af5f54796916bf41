import { join } from 'node:path';
import type { QueryExport, QueryExportFormat } from '../../contract/models/query.ts';
import type { QueryPiece } from '../../core/model/query.ts';
import { csvLines } from './render-csv.ts';
import { fileUnwritable, writeAtomically } from './write-atomically.ts';
import { makeFolder } from './make-folder.ts';

/** Columns of a result may share a name; the keys of an object do not. */
const keysOf = (columns: readonly string[]): string[] => {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const before = seen.get(column) ?? 0;
    seen.set(column, before + 1);
    return before === 0 ? column : `${column} (${before + 1})`;
  });
};

/** CSV with a byte order mark. */
async function* csv(pieces: AsyncIterable<QueryPiece>): AsyncGenerator<string> {
  for await (const piece of pieces) {
    if ('columns' in piece) yield `\ufeff${csvLines([piece.columns])}`;
    else if ('rows' in piece) yield csvLines(piece.rows);
  }
}

/** One array with an object for each row. */
async function* json(pieces: AsyncIterable<QueryPiece>): AsyncGenerator<string> {
  let keys: string[] = [];
  let before = '[';
  for await (const piece of pieces) {
    if ('columns' in piece) keys = keysOf(piece.columns);
    if (!('rows' in piece)) continue;
    for (const row of piece.rows) {
      yield `${before}\n${JSON.stringify(Object.fromEntries(keys.map((key, index) => [key, row[index] ?? null])))}`;
      before = ',';
    }
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

/**
 * Writes a result into a new file: CSV (RFC 4180, UTF-8 with byte order mark, formulas neutralised) or one JSON array
 * with an object for each row. Whole or not at all. Throws `file-exists`, `file-unwritable`, and what `pieces` throws.
 */
export const saveQueryResult = async (
  target: { directory: string; name: string; format: QueryExportFormat },
  pieces: AsyncIterable<QueryPiece>,
): Promise<QueryExport> => {
  const { directory, name, format } = target;
  try {
    makeFolder(directory);
  } catch (error) {
    throw fileUnwritable(directory, error);
  }
  const result: QueryExport = { file: join(directory, `${name}.${format}`), rows: 0, cut: null };
  async function* counted(): AsyncGenerator<QueryPiece> {
    for await (const piece of pieces) {
      if ('rows' in piece) result.rows += piece.rows.length;
      else if ('cut' in piece) result.cut = piece.cut;
      yield piece;
    }
  }
  const content = format === 'csv' ? csv(counted()) : json(counted());
  await writeAtomically(result.file, content, { force: false, mode: 0o600 });
  return result;
};
