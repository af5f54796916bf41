import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../../core/app-error.ts';
import type { Pseudonym } from '../../core/redaction/redact-text.ts';
import { readOrMakeKeyFile } from './key-file.ts';

/** What makes pseudonyms, and by which a reader tells that two files were made with the same key. */
export interface RedactionKey {
  /** First characters of a sum over the key; says nothing about it. */
  id: string;
  pseudonym: Pseudonym;
}

/** Pseudonyms from a key: ten characters, 51 bits of HMAC-SHA-256; the same value of the same sort, the same one. */
export const pseudonymsOf = (key: Buffer): RedactionKey => ({
  id: createHash('sha256').update('key-id').update(key).digest('hex').slice(0, 12),
  pseudonym(sort, value) {
    const mac = createHmac('sha256', key).update(sort).update('\0').update(value).digest();
    return `${sort}-${mac.readBigUInt64BE().toString(36).padStart(13, '0').slice(-10)}`;
  },
});

const damaged = (file: string, cause?: unknown): AppError =>
  new AppError(
    {
      code: 'store-damaged',
      message: `The key of pseudonyms ${file} cannot be read.`,
      advice:
        'Restore it from a backup; without it, pseudonyms of earlier files can no longer be compared with new ones.',
      file,
    },
    { cause },
  );

/**
 * The key of this computer, kept apart from what is redacted with it; made when it is first needed. Throws
 * `store-damaged` when the file is no key, `file-unwritable`.
 */
export const readRedactionKey = async (dataDirectory: string): Promise<RedactionKey> => {
  const file = join(dataDirectory, 'redaction.key');
  return pseudonymsOf(await readOrMakeKeyFile(file, (cause) => damaged(file, cause)));
};
