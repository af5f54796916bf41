import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAppError } from '../../core/app-error.ts';
import { isMissing } from './is-missing.ts';
import { writeAtomically } from './write-atomically.ts';

const keyBytes = 32;

/**
 * A key of this computer in a file for its owner only, kept apart from what is made with it. Null when there is none.
 * Throws what `damaged` makes when the file is no key.
 */
export const readKeyFile = async (file: string, damaged: (cause?: unknown) => Error): Promise<Buffer | null> => {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw damaged(error);
  }
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== keyBytes) throw damaged();
  return key;
};

/** The same, made when it is first needed. Throws `file-unwritable`, too. */
export const readOrMakeKeyFile = async (file: string, damaged: (cause?: unknown) => Error): Promise<Buffer> => {
  const known = await readKeyFile(file, damaged);
  if (known) return known;
  try {
    await writeAtomically(file, [`${randomBytes(keyBytes).toString('hex')}\n`], { force: false, mode: 0o600 });
  } catch (error) {
    // Another program made it at the same moment: its key is as good.
    if (!isAppError(error) || error.failure.code !== 'file-exists') throw error;
  }
  const made = await readKeyFile(file, damaged);
  if (!made) throw damaged();
  return made;
};
