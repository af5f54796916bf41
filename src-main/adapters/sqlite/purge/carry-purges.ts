import { rmSync } from 'node:fs';
import { AppError } from '../../../core/app-error.ts';
import type { PurgeKey } from '../../../services/ports.ts';
import { openDatabase } from '../open-database.ts';
import { toStoreError } from '../sqlite-failure.ts';
import { createStatements } from '../statements.ts';
import { finishPurges } from './finish-purges.ts';
import { addPurges, readPurges, repeatPurges, type StoredPurge } from './repeat-purges.ts';

export interface CarryOptions {
  key: PurgeKey | null;
  now(): string;
  progress(note: string, items: number): void;
}

/** The purges of a history, lifted ones too. Throws what opening it throws. */
export const purgesOf = (file: string): StoredPurge[] => {
  const database = openDatabase({ file, readOnly: true });
  try {
    return readPurges(createStatements(database));
  } finally {
    database.close();
  }
};

const isInForce = ({ lifted_at: lifted, hashes }: StoredPurge): boolean => lifted === null && hashes.length > 0;

const withoutKey = (file: string): AppError =>
  new AppError({
    code: 'store-damaged',
    message: `People were purged, and the key by which they are recognised (purge.key of the data directory) is not there or is another one: nobody could tell whether ${file} holds them.`,
    advice: 'Put purge.key back from a backup of the data directory, or lift the purges first. Nothing was changed.',
    file,
  });

/**
 * Brings purges into a history that may hold these people, and does them again there, before anybody reads it. Purges
 * that find nobody are only kept with `keepAll`. A file that cannot be cleaned is deleted: it never comes into use.
 *
 * Throws `store-damaged` without the key, and the store's failures.
 */
export const carryPurges = (
  file: string,
  purges: readonly StoredPurge[],
  options: CarryOptions & { keepAll: boolean },
): void => {
  if (purges.length === 0) return;
  const { key } = options;
  try {
    if (purges.some((purge) => isInForce(purge) && purge.key_id !== key?.id)) throw withoutKey(file);
    const database = openDatabase({ file });
    try {
      database.pragma('secure_delete = ON');
      const statements = createStatements(database);
      const work = (): void => {
        const own = new Set(readPurges(statements).map(({ id }) => id));
        addPurges(statements, purges);
        const found = key === null ? new Set<string>() : repeatPurges(statements, key, options);
        if (options.keepAll) return;
        for (const { id } of purges.filter((purge) => !own.has(purge.id) && !found.has(purge.id))) {
          statements.get('DELETE FROM purge_hashes WHERE purge_id = ?').run(id);
          statements.get('DELETE FROM purges WHERE id = ?').run(id);
        }
      };
      database.transaction(work).immediate();
      finishPurges(statements, { file, ...options });
    } finally {
      database.close();
    }
  } catch (error) {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true });
    throw toStoreError(error, file);
  }
};
