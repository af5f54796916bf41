import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../../core/app-error.ts';
import type { PurgeKey } from '../../services/ports.ts';
import { readKeyFile, readOrMakeKeyFile } from './key-file.ts';

/** Hashes from a key: HMAC-SHA-256, since ids and addresses can be guessed. */
export const purgeHashesOf = (key: Buffer): PurgeKey => ({
  id: createHash('sha256').update('purge-key-id').update(key).digest('hex').slice(0, 12),
  hash: (text) => createHmac('sha256', key).update('purge\0').update(text).digest('base64url'),
});

const damaged =
  (file: string) =>
  (cause?: unknown): AppError =>
    new AppError(
      {
        code: 'store-damaged',
        message: `The key of purges ${file} cannot be read.`,
        advice: 'Restore it from a backup of the data directory; without it nobody can tell who was purged.',
        file,
      },
      { cause },
    );

const fileIn = (dataDirectory: string): string => join(dataDirectory, 'purge.key');

/** The key of this computer; null while nobody was purged. Throws `store-damaged` when the file is no key. */
export const readPurgeKey = async (dataDirectory: string): Promise<PurgeKey | null> => {
  const file = fileIn(dataDirectory);
  const key = await readKeyFile(file, damaged(file));
  return key && purgeHashesOf(key);
};

/** The same, made with the first purge. Throws `file-unwritable`, too. */
export const makePurgeKey = async (dataDirectory: string): Promise<PurgeKey> => {
  const file = fileIn(dataDirectory);
  return purgeHashesOf(await readOrMakeKeyFile(file, damaged(file)));
};
