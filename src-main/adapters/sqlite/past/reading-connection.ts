import type { Database } from 'better-sqlite3';
import { openDatabase } from '../open-database.ts';

/**
 * How much of the file is mapped into memory, in bytes. An earlier state and a comparison look at rows all over the
 * file: through the mapping each costs half of what reading its page does, and no memory of this program's own.
 */
const mappedBytes = 1024 ** 3;

/** A connection for reading versions of the past. Throws what `openDatabase` throws. */
export const openForReading = (file: string): Database => {
  const database = openDatabase({ file, readOnly: true });
  database.pragma(`mmap_size = ${mappedBytes}`);
  return database;
};
