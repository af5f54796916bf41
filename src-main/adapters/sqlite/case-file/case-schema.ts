import Database from 'better-sqlite3';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { migrate, migrations } from '../migrate.ts';

/** A case file holds the tables of a history and, in one row, what it says about itself. */
export const caseSchema = `
CREATE TABLE case_manifest (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  json TEXT NOT NULL
) STRICT;
`;

const everyObject = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name';

interface SchemaObject {
  type: string;
  name: string;
  tbl_name: string;
  sql: string | null;
}

const expected = new Map<number, SchemaObject[]>();

const read = (database: SqliteDatabase): SchemaObject[] => database.prepare<[], SchemaObject>(everyObject).all();

/** The objects of a case file of a version, made once in memory. */
const expectedSchema = (version: number): SchemaObject[] => {
  const known = expected.get(version);
  if (known) return known;
  const database = new Database(':memory:');
  try {
    migrate(database, ':memory:', migrations.slice(0, version));
    database.exec(caseSchema);
    const made = read(database);
    expected.set(version, made);
    return made;
  } finally {
    database.close();
  }
};

/** The first object that a case file of a version would not have, or has otherwise; null when all are the same. */
export const foreignObject = (database: SqliteDatabase, version: number): string | null => {
  const found = read(database);
  const wanted = expectedSchema(version);
  const text = ({ type, name, tbl_name, sql }: SchemaObject): string => JSON.stringify([type, name, tbl_name, sql]);
  const known = new Set(wanted.map(text));
  const strange = found.find((object) => !known.has(text(object)));
  if (strange) return strange.name;
  const there = new Set(found.map(text));
  return wanted.find((object) => !there.has(text(object)))?.name ?? null;
};
