import Database from 'better-sqlite3';
import { openSync, readSync, closeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CaseManifest } from '../../../contract/models/case-file.ts';
import { AppError, isAppError } from '../../../core/app-error.ts';
import { migrate, migrations } from '../migrate.ts';
import { targetFailure, toStoreError } from '../sqlite-failure.ts';
import { createStatements, type Statements } from '../statements.ts';
import { manifestSchema, sumOfManifest } from './case-manifest.ts';
import { foreignObject } from './case-schema.ts';
import { caseTables, type ColumnRule } from './case-tables.ts';
import { copyHistory, sumTables } from './copy-history.ts';

export interface ReadCaseFile {
  /** A private copy of what somebody gave us. */
  file: string;
  /** How the file is called where it came from, for messages. */
  name: string;
  /** A file that does not exist yet: the history that is made of it. */
  target: string;
  progress(table: string, rows: number): void;
}

const refused = (name: string, reason: string, cause?: unknown): AppError =>
  new AppError(
    {
      code: 'store-damaged',
      message: `${name} is not opened: ${reason}.`,
      advice: 'Ask whoever sent it to write it again with this version of the program. Nothing was changed.',
      file: name,
    },
    { cause },
  );

const magic = 'SQLite format 3\0';

/** A file in write-ahead mode would have more files beside it: a case file never is in that mode. */
const checkHeader = (file: string, name: string): void => {
  const header = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  const length = readSync(handle, header, 0, header.length, 0);
  closeSync(handle);
  if (length < header.length || header.toString('latin1', 0, magic.length) !== magic) {
    throw refused(name, 'it is no case file');
  }
  if (header[18] !== 1 || header[19] !== 1) throw refused(name, 'it is no finished case file');
};

const documentRules = new Set<ColumnRule>([
  'log',
  'object',
  'finding',
  'audit-targets',
  'audit-properties',
  'set-up',
  'file-names',
]);

const checkRows = (target: Statements, name: string): void => {
  const { database } = target;
  for (const table of caseTables) {
    for (const [column, rule] of Object.entries(table.columns)) {
      if (!documentRules.has(rule)) continue;
      const sql = `SELECT 1 FROM ${table.name} WHERE ${column} IS NOT NULL AND NOT json_valid(${column}) LIMIT 1`;
      if (target.get(sql).get() !== undefined) throw refused(name, `a document in ${table.name} cannot be read`);
    }
  }
  const dangling = database.pragma('foreign_key_check') as { table: string }[];
  const [first] = dangling;
  if (first) throw refused(name, `a row of ${first.table} names another one that is not there`);
};

const readManifest = (source: Statements, name: string, version: number): CaseManifest => {
  const row = source.get<[], { json: string }>('SELECT json FROM case_manifest').get();
  let manifest: CaseManifest;
  try {
    manifest = manifestSchema.parse(JSON.parse(row?.json ?? ''));
  } catch (error) {
    throw refused(name, 'what it says about itself cannot be read', error);
  }
  if (sumOfManifest(manifest) !== manifest.sha256) throw refused(name, 'what it says about itself was changed');
  const found = sumTables(source, version);
  const changed = found.find(({ name: table, rows, sha256 }) => {
    const said = manifest.tables.find((one) => one.name === table);
    return said?.sha256 !== sha256 || said.rows !== rows;
  });
  if (changed) throw refused(name, `rows of its table ${changed.name} were changed after it was written`);
  return manifest;
};

const isOfTheContent = (error: unknown): boolean =>
  error instanceof SyntaxError ||
  error instanceof TypeError ||
  (error instanceof Database.SqliteError && /^SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG|ERROR)/u.test(error.code));

/**
 * Takes a case file over into a history of our own making, row by row. The file is hostile: it is only read, its schema
 * must be ours to the letter, none of its indices is used, and a file of an earlier version is read as that version has it,
 * never migrated.
 *
 * Throws `store-damaged` naming the reason, `store-newer` for a file of a newer version, `file-unwritable` when
 * the folder of the history has no room.
 */
export const readCaseFile = ({ file, name, target: targetFile, progress }: ReadCaseFile): CaseManifest => {
  checkHeader(file, name);
  let source: Database.Database | undefined;
  let target: Database.Database | undefined;
  try {
    source = new Database(file, { readonly: true, fileMustExist: true });
    source.pragma('trusted_schema = OFF');
    source.pragma('cell_size_check = ON');
    source.pragma('mmap_size = 0');
    const version = Number(source.pragma('user_version', { simple: true }));
    if (version > migrations.length) {
      throw new AppError({
        code: 'store-newer',
        message: `${name} was written by a newer version of this program.`,
        advice: 'Use the newer version. Nothing was changed.',
        file: name,
      });
    }
    if (version < 1) throw refused(name, 'it was written by an older version, or is no case file');
    const foreign = foreignObject(source, version);
    if (foreign !== null) throw refused(name, `its "${foreign}" is not what a case file of its version has`);
    const from = createStatements(source);
    source.exec('BEGIN');
    const manifest = readManifest(from, name, version);
    target = new Database(targetFile);
    migrate(target, targetFile);
    const to = createStatements(target);
    target
      .transaction(() => {
        copyHistory(from, to, { ofPeriod: false, ofSubjects: false, redact: null, progress, version });
        checkRows(to, name);
      })
      .immediate();
    return manifest;
  } catch (error) {
    const known = targetFailure(error, dirname(targetFile)) ?? toStoreError(error, name);
    if (isAppError(known)) throw known;
    // What a hostile file holds may break any rule of the tables, or any reader of its documents.
    if (isOfTheContent(known)) throw refused(name, 'a row of it has not the shape that it should have', known);
    throw known;
  } finally {
    target?.close();
    source?.close();
  }
};
