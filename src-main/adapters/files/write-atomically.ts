import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, isAppError } from '../../core/app-error.ts';
import { isMissing } from './is-missing.ts';
import { makeFolder } from './make-folder.ts';

export interface WriteOptions {
  /** Replaces what is there; otherwise `file-exists`. */
  force: boolean;
  /** Rights of a new file. */
  mode?: number;
}

const blockLength = 65_536;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const because: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  ENOENT: 'the folder is not there and cannot be made',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'another program has it open',
};

export const fileExists = (file: string): AppError =>
  new AppError({
    code: 'file-exists',
    message: `The file ${file} exists already.`,
    advice: 'Choose another name, or say that it may be replaced (--force).',
    file,
  });

export const fileUnwritable = (file: string, error: unknown): AppError =>
  new AppError(
    {
      code: 'file-unwritable',
      message: `The file ${file} could not be written: ${because[codeOf(error)] ?? 'the system refused it'}.`,
      advice: 'Choose another place, or make this one writable, and try again.',
      file,
    },
    { cause: error },
  );

type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Pieces of text joined to blocks worth a write each; bytes are as they come. */
async function* inBlocks(chunks: Chunks): AsyncGenerator<string | Uint8Array> {
  let block = '';
  for await (const chunk of chunks) {
    const isText = typeof chunk === 'string';
    if (isText) block += chunk;
    if (block.length >= blockLength || (!isText && block !== '')) {
      yield block;
      block = '';
    }
    if (!isText) yield chunk;
  }
  if (block !== '') yield block;
}

/** Pieces of a file, and what their maker threw: told apart from the errors of the disk. */
const watch = (
  chunks: Chunks,
): { blocks: AsyncGenerator<string | Uint8Array>; thrown(): { error: unknown } | null } => {
  let thrown: { error: unknown } | null = null;
  async function* blocks(): AsyncGenerator<string | Uint8Array> {
    try {
      yield* inBlocks(chunks);
    } catch (error) {
      thrown = { error };
      throw error;
    }
  }
  return { blocks: blocks(), thrown: () => thrown };
};

/** Gives a finished file its place. Throws what the system throws; `EEXIST` for a file that may not be replaced. */
const placeFile = async (temporary: string, file: string, options: Pick<WriteOptions, 'force'>): Promise<void> => {
  if (options.force) await rename(temporary, file);
  // A link, unlike renaming, fails when somebody else made the file meanwhile.
  else await link(temporary, file);
};

/** A name beside the file for what is not finished yet: the same disk, so that it can be put in its place at once. */
export const besideFile = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.tmp`;

/** Below a file nothing can be; `force` alone means only what is missing in a folder. */
const removeIfThere = async (file: string): Promise<void> => {
  try {
    await rm(file, { force: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
};

/**
 * Lets `build` make a file under another name beside it, and puts it in its place when it is whole; nothing is left of
 * one that failed. Throws `file-exists` (unless `force`; before anything is built), `file-unwritable`, and what `build`
 * throws.
 */
export const buildFile = async <T>(
  file: string,
  options: WriteOptions,
  build: (temporary: string) => Promise<T>,
): Promise<T> => {
  const temporary = besideFile(file);
  try {
    if (!options.force && existsSync(file)) throw fileExists(file);
    makeFolder(dirname(file));
    const built = await build(temporary);
    await chmod(temporary, options.mode ?? 0o666);
    await placeFile(temporary, file, options);
    return built;
  } catch (error) {
    if (isAppError(error)) throw error;
    if (codeOf(error) === 'EEXIST') throw fileExists(file);
    throw codeOf(error) === '' ? error : fileUnwritable(file, error);
  } finally {
    await removeIfThere(temporary);
  }
};

/**
 * Writes a whole file or nothing: into a temporary file beside it, flushed to the disk, then put in its place.
 * Throws `file-exists` (unless `force`) and `file-unwritable`; what was there stays as it was.
 *
 * @param chunks the content in pieces, read one after the other while it is written
 */
export const writeAtomically = async (file: string, chunks: Chunks, options: WriteOptions): Promise<void> => {
  const temporary = besideFile(file);
  const content = watch(chunks);
  try {
    const handle = await open(temporary, 'wx', options.mode ?? 0o666);
    try {
      // The next block is made while this one is written.
      let written: Promise<void> = Promise.resolve();
      for await (const block of content.blocks) {
        await written;
        written = handle.writeFile(block);
        // Asked for above or below; until then nobody listens, also when making the next block fails.
        written.catch(() => undefined);
      }
      await written;
      await handle.sync();
    } finally {
      await handle.close();
    }
    await placeFile(temporary, file, options);
  } catch (error) {
    // What makes the content may fail, too: then the file is not to blame.
    const made = content.thrown();
    if (made !== null) throw made.error;
    if (codeOf(error) === 'EEXIST') throw fileExists(file);
    throw fileUnwritable(file, error);
  } finally {
    await removeIfThere(temporary);
  }
};
