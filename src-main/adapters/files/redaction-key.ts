import { createHash, createHmac, randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './is-missing.ts';
import { AppError, isAppError } from '../../core/app-error.ts';
import type { Pseudonym } from '../../core/redaction/redact-text.ts';
import type { SecretBinding, SecretVault } from '../../services/ports.ts';
import { fileUnwritable, writeAtomically } from './write-atomically.ts';

const keyBytes = 32;

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

/** The key as it is kept, for whoever makes pseudonyms in another thread. */
export interface StoredRedactionKey {
  /** Hexadecimal. */
  key: string;
  /** Where it lies, as the rest of a sentence: "It lies ...". */
  place: string;
}

const damaged = (file: string, message: string, cause?: unknown): AppError =>
  new AppError(
    {
      code: 'store-damaged',
      message,
      advice: `Restore it from a backup. Only if pseudonyms need not be compared with those of earlier files any more: remove ${file}, and a new key is made.`,
      file,
    },
    { cause },
  );

const isKey = (text: string | null): text is string => text !== null && /^[0-9a-f]{64}$/u.test(text);
const idOf = (key: string): string => pseudonymsOf(Buffer.from(key, 'hex')).id;

/** No connection has an empty id, and no host this origin: nothing else is stored there. */
const binding: SecretBinding = { connectionId: '', origin: 'pseudonyms', kind: 'redaction-key' };

const inKeyStore = 'in the key store of this computer';
const markOf = (key: string): string => `in-key-store ${idOf(key)}`;

/** Keeps a key in the key store and leaves in its file only that it is there. False: the key store did not keep it. */
const moveToKeyStore = async (file: string, key: string, vault: SecretVault): Promise<boolean> => {
  await vault.write(binding, key);
  if ((await vault.read(binding)) !== key) return false;
  await writeAtomically(file, [`${markOf(key)}\n`], { force: true, mode: 0o600 });
  return true;
};

/** The key that a file says is in the key store: that one or none, never another. */
const readFromKeyStore = async (file: string, mark: string, vault: SecretVault): Promise<StoredRedactionKey> => {
  if (!(await vault.isPersistent())) {
    throw new AppError({
      code: 'not-available',
      message: 'The key of pseudonyms lies in the key store of this computer, which cannot be reached now.',
      advice: 'Unlock the key store, or run this where it can be reached, and try again. Nothing was written.',
      file,
    });
  }
  const key = await vault.read(binding);
  if (!isKey(key) || markOf(key) !== mark) {
    throw damaged(
      file,
      'The key of pseudonyms that should lie in the key store of this computer is not there any more.',
    );
  }
  return { key, place: inKeyStore };
};

const readText = async (file: string): Promise<string | null> => {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isMissing(error)) return null;
    throw damaged(file, `The key of pseudonyms ${file} cannot be read.`, error);
  }
};

/** A new key in its file. Whoever comes first makes it; the file and not the key store, since only it can refuse a second. */
const makeKey = async (file: string, vault: SecretVault): Promise<string | null> => {
  // The file may be gone while the key store has the key still.
  const known = await vault.read(binding);
  const text = isKey(known) ? markOf(known) : randomBytes(keyBytes).toString('hex');
  try {
    await writeAtomically(file, [`${text}\n`], { force: false, mode: 0o600 });
  } catch (error) {
    if (!isAppError(error) || error.failure.code !== 'file-exists') throw error;
  }
  return readText(file);
};

/**
 * The key of this computer, kept apart from what is redacted with it; made when it is first needed. It lies in the key
 * store where there is one, and a key that lay in a file moves there; else in a file that only its owner reads. It never
 * becomes another one: pseudonyms of earlier files stay comparable.
 *
 * Throws `store-damaged` when the file is no key or the key store lost it, `not-available` when that cannot be reached,
 * `file-unwritable`.
 */
export const readRedactionKey = async (dataDirectory: string, vault: SecretVault): Promise<StoredRedactionKey> => {
  const file = join(dataDirectory, 'redaction.key');
  const text = (await readText(file)) ?? (await makeKey(file, vault));
  if (text?.startsWith('in-key-store ')) return readFromKeyStore(file, text, vault);
  if (!isKey(text)) throw damaged(file, `The key of pseudonyms ${file} cannot be read.`);
  if ((await vault.isPersistent()) && (await moveToKeyStore(file, text, vault))) {
    return { key: text, place: inKeyStore };
  }
  // A copy of a data directory may have other rights.
  await chmod(file, 0o600).catch((error: unknown) => {
    throw fileUnwritable(file, error);
  });
  return {
    key: text,
    place: `in ${file}, since this computer offers no key store; keep that file apart from what you give away`,
  };
};
