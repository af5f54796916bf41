import type { Database } from 'better-sqlite3';
import { assigned } from './migrations/0001-assigned.ts';
import { auditTargets } from './migrations/0001-audit-targets.ts';
import { history } from './migrations/0001-history.ts';
import { imports } from './migrations/0001-imports.ts';
import { issues } from './migrations/0001-issues.ts';
import { past } from './migrations/0001-past.ts';
import { care } from './migrations/0002-care.ts';
import { notOurs, storeNewer } from './sqlite-failure.ts';

/** Steps in order; number n leads to `user_version` n. Forward only, never edited once released. */
export const migrations: readonly string[] = [
  [history, past, auditTargets, assigned, issues, imports].join('\n'),
  care,
];

/** Marks the file as ours: "UNIF" in ASCII. */
const applicationId = 0x554e4946;

const numberOf = (database: Database, pragma: string): number => Number(database.pragma(pragma, { simple: true }));

const holdsTables = (database: Database): boolean =>
  database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;

/** Whether the file is a history of this program. Throws `store-newer` when a newer version wrote it. */
export const isHistory = (database: Database, file: string): boolean => {
  const version = numberOf(database, 'user_version');
  if (numberOf(database, 'application_id') !== applicationId || version === 0) return false;
  if (version > migrations.length) throw storeNewer(file);
  return true;
};

/**
 * Brings the file to the newest version; each step and its number in one transaction, so that a killed program leaves
 * a whole step or none. A file that is newer, or not ours, is refused before anything is written.
 *
 * Throws `store-newer`, `store-damaged`.
 */
export const migrate = (database: Database, file: string, steps: readonly string[] = migrations): void => {
  const version = numberOf(database, 'user_version');
  const owner = numberOf(database, 'application_id');
  if (owner !== applicationId && (owner !== 0 || version !== 0 || holdsTables(database))) throw notOurs(file);
  if (version > steps.length) throw storeNewer(file);
  const step = database.transaction((): boolean => {
    // Read again under the lock: another process may have just done it.
    const done = numberOf(database, 'user_version');
    const sql = steps[done];
    if (sql === undefined) return false;
    database.exec(sql);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${done + 1}`);
    return true;
  });
  if (version === steps.length) return;
  while (step.immediate());
};
