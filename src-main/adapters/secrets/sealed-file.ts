import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { AppError } from '../../core/app-error.ts';

const header = 'unifi-monitor-secrets-1';
const ivLength = 12;
const tagLength = 16;

/** Sealed secrets by binding; each value is iv, tag and cipher text in one, base64. */
export type Sealed = Map<string, string>;

/** The binding is authenticated with the secret: moved to another connection or origin, it does not open. */
export const seal = (key: Buffer, binding: string, secret: string): string => {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(`${header}|${binding}`));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
};

/** Null when the key, the binding or the content is another one. */
export const unseal = (key: Buffer, binding: string, sealed: string): string | null => {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < ivLength + tagLength) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength));
    decipher.setAAD(Buffer.from(`${header}|${binding}`));
    decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]).toString('utf8');
  } catch {
    // Not authentic; why does not matter, and nothing of it may be told.
    return null;
  }
};

const isSealed = (value: unknown): value is { header: string; secrets: Record<string, unknown> } =>
  typeof value === 'object' &&
  value !== null &&
  'header' in value &&
  value.header === header &&
  'secrets' in value &&
  typeof value.secrets === 'object' &&
  value.secrets !== null;

const isBinding = (name: string): boolean => /^\["(?:[^"\\]|\\.)*","(?:[^"\\]|\\.)*","[\w-]+"\]$/.test(name);

/** What the file holds; empty when it is missing or damaged: secrets can be entered again. */
export const readSealed = async (file: string): Promise<Sealed> => {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (!isSealed(parsed)) return new Map();
    const entries = Object.entries(parsed.secrets);
    return new Map(
      entries.filter((entry): entry is [string, string] => isBinding(entry[0]) && typeof entry[1] === 'string'),
    );
  } catch {
    return new Map();
  }
};

/** Replaces the file as a whole, readable for its owner only. Throws `file-unwritable`. */
export const writeSealed = async (file: string, sealed: Sealed): Promise<void> => {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify({ header, secrets: Object.fromEntries(sealed) }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    throw new AppError(
      {
        code: 'file-unwritable',
        message: `The file ${file} could not be written, so that the secret was not stored.`,
        advice: 'Make the data directory writable, or free space on the disk, and enter the secret again.',
        file,
      },
      { cause },
    );
  } finally {
    await rm(temporary, { force: true });
  }
};
