import Database from 'better-sqlite3';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isHistory, migrate, migrations } from './migrate.ts';
import { storeNewer, toStoreError } from './sqlite-failure.ts';

export interface OpenDatabaseOptions {
  file: string;
  /** Reads only: the file must exist; one of an earlier version is brought up to date first. */
  readOnly?: boolean;
  /** How long to wait for another writer, in milliseconds. */
  busyTimeoutMs?: number;
}

/** In KiB, negative as SQLite wants it: a writer, two readers and the rest stay well under the memory limits. */
const cacheKib = 24 * 1024;

/**
 * In bytes, for new files. A row's JSON takes 4 to 5 KB: in pages of SQLite's usual 4 KB most of it would need a page
 * more than it fills, which makes the file half as large again and every commit longer.
 */
const pageBytes = 16 * 1024;

/** Pages in the write-ahead log before they move to the file: pages that many rows touch move once, not every time. */
const logPages = 4_000;

/** A history that is only read may be of an earlier version: a case file that was opened long ago. */
const bringUpToDate = (file: string): void => {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  let isOlder: boolean;
  try {
    const version = Number(database.pragma('user_version', { simple: true }));
    isOlder = version > 0 && version < migrations.length && isHistory(database, file);
  } finally {
    database.close();
  }
  if (isOlder) openDatabase({ file }).close();
};

/**
 * Opens the history of one connection, made or brought up to date on the way. WAL: readers never wait for the writer,
 * and a program killed at any moment leaves a file that opens and goes on.
 *
 * Throws `store-locked`, `store-full`, `store-newer`, `store-damaged`, `file-unwritable`, `file-unreadable`.
 */
export const openDatabase = (options: OpenDatabaseOptions): SqliteDatabase => {
  const { file, readOnly = false } = options;
  let database: SqliteDatabase | undefined;
  try {
    if (!readOnly) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    else bringUpToDate(file);
    database = new Database(file, { readonly: readOnly, timeout: options.busyTimeoutMs ?? 10_000 });
    // Before the cache: its size is counted in pages, and it would keep four times as much.
    if (!readOnly) database.pragma(`page_size = ${pageBytes}`);
    database.pragma(`cache_size = -${cacheKib}`);
    if (readOnly) {
      if (Number(database.pragma('user_version', { simple: true })) > migrations.length) throw storeNewer(file);
    } else {
      migrate(database, file);
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.pragma(`wal_autocheckpoint = ${logPages}`);
      database.pragma(`journal_size_limit = ${logPages * pageBytes}`);
    }
    database.pragma('foreign_keys = ON');
    return database;
  } catch (error) {
    database?.close();
    throw toStoreError(error, file);
  }
};
