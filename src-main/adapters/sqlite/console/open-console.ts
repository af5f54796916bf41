import type * as NodeSqlite from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import { createAuthorizer, type Authorizer } from './authorizer.ts';
import { createView } from './console-view.ts';
import { consoleViews } from './console-views.ts';

export type Sqlite = typeof NodeSqlite;

/** Bytes; a longer value is refused before it is made. */
const longestValue = 16_000_000;
const everyTable = 'SELECT name FROM sqlite_schema UNION SELECT name FROM pragma_module_list';

/**
 * Opens a history read-only, with the views; from here on the authorizer decides. Throws what `node:sqlite` throws.
 *
 * @param sqlite the module of a host that has it, with an authorizer
 */
export const openConsole = (sqlite: Sqlite, file: string): { database: DatabaseSync; authorizer: Authorizer } => {
  const database = new sqlite.DatabaseSync(file, {
    readOnly: true,
    allowExtension: false,
    defensive: true,
    timeout: 5_000,
    limits: { length: longestValue, sqlLength: 200_000, exprDepth: 200, compoundSelect: 50, attach: 0 },
  });
  database.exec('PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
  for (const view of consoleViews) database.exec(createView(view));
  const views = consoleViews.map(({ name }) => name);
  const tables = new Set(
    database
      .prepare(everyTable)
      .all()
      .map(({ name }) => String(name)),
  );
  const authorizer = createAuthorizer(sqlite.constants, { views, tables });
  database.setAuthorizer((...given) => authorizer.decide(...given));
  for (const name of views) database.prepare(`SELECT * FROM ${name}`);
  authorizer.close();
  return { database, authorizer };
};
