import Database from 'better-sqlite3';
import { rmSync, statSync } from 'node:fs';
import { AppError, isAppError } from '../../../core/app-error.ts';
import { carryPurges, purgesOf, type CarryOptions } from '../purge/carry-purges.ts';
import { isHistory } from '../migrate.ts';
import { openDatabase } from '../open-database.ts';
import { targetFailure, toStoreError } from '../sqlite-failure.ts';

/** Pages copied between two looks at the progress. */
const pagesAtOnce = 2_000;

/**
 * Copies one moment of a history into `target`, also while somebody writes it: one file, no log beside it. Throws what
 * opening a history throws, and `file-unwritable` for the target.
 *
 * @param place what the target will be called when it is whole, for messages
 */
export const backUpHistory = async (
  file: string,
  target: string,
  progress: (note: string, items: number) => void,
  place = target,
): Promise<void> => {
  const source = openDatabase({ file, readOnly: true });
  try {
    await source.backup(target, {
      progress({ totalPages, remainingPages }) {
        progress('Copying', totalPages - remainingPages);
        return pagesAtOnce;
      },
    });
    const copy = new Database(target);
    copy.pragma('journal_mode = DELETE');
    copy.close();
  } catch (error) {
    throw targetFailure(error, place) ?? toStoreError(error, file);
  } finally {
    source.close();
  }
};

const refused = (file: string, reason: string): AppError =>
  new AppError({
    code: 'store-damaged',
    message: `${file} is not restored: ${reason}.`,
    advice: 'Choose another backup. Nothing was changed.',
    file,
  });

/** Opens a backup that is a whole history of this program. Throws `store-damaged`, `store-newer`. */
const openBackup = (file: string): Database.Database => {
  const backup = new Database(file, { readonly: true, fileMustExist: true });
  try {
    backup.pragma('trusted_schema = OFF');
    if (!isHistory(backup, file)) throw refused(file, 'it is no history of this program');
    const [found] = backup.pragma('integrity_check(1)') as { integrity_check: string }[];
    if (found?.integrity_check !== 'ok') throw refused(file, 'it is damaged');
    return backup;
  } catch (error) {
    backup.close();
    if (isAppError(error)) throw error;
    if (error instanceof Database.SqliteError) throw refused(file, 'it is no history of this program, or damaged');
    throw error;
  }
};

/** Beside the history: a copy in which people who were purged meanwhile are purged again. */
const prepared = (file: string): string => `${file}.restoring`;

const removePrepared = (file: string): void => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(prepared(file) + end, { force: true });
};

/** The backup itself, or, where people were purged from the history, a copy of it without them. */
const prepareBackup = async (backup: string, file: string, options: CarryOptions): Promise<Database.Database> => {
  // One that was left by a program that was killed holds people who may not be kept.
  removePrepared(file);
  const purges = purgesOf(file);
  const source = openBackup(backup);
  if (purges.length === 0) return source;
  try {
    await source.backup(prepared(file));
  } finally {
    source.close();
  }
  carryPurges(prepared(file), purges, { ...options, keepAll: true });
  return openBackup(prepared(file));
};

/**
 * Puts the content of a backup into a history file, page by page under its lock: whoever has it open sees either the
 * old or the new. A backup of an older version is brought up to date. People who were purged from the history meanwhile
 * do not come back: the purges are done again before the backup takes its place. Throws `store-damaged` for what is no
 * whole history and when nobody can tell who was purged, `store-newer`, `store-locked`.
 */
export const restoreHistory = async (
  backup: string,
  file: string,
  progress: CarryOptions['progress'],
  by: Omit<CarryOptions, 'progress'> = { key: null, now: () => new Date().toISOString() },
): Promise<void> => {
  progress('Checking the backup', 0);
  let source: Database.Database;
  try {
    source = await prepareBackup(backup, file, { ...by, progress });
  } catch (error) {
    removePrepared(file);
    throw toStoreError(error, file);
  }
  try {
    await source.backup(file, {
      progress({ totalPages, remainingPages }) {
        progress('Restoring', totalPages - remainingPages);
        return pagesAtOnce;
      },
    });
  } catch (error) {
    throw toStoreError(error, file);
  } finally {
    source.close();
    removePrepared(file);
  }
  // Brings an older one up to date.
  openDatabase({ file }).close();
};

/** Writes a history anew without the room of what was deleted; gives its size before and after, in bytes. */
export const vacuumHistory = (file: string): { bytesBefore: number; bytesAfter: number } => {
  const database = openDatabase({ file });
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
    const bytesBefore = statSync(file).size;
    database.exec('VACUUM');
    database.pragma('wal_checkpoint(TRUNCATE)');
    return { bytesBefore, bytesAfter: statSync(file).size };
  } catch (error) {
    throw toStoreError(error, file);
  } finally {
    database.close();
  }
};
