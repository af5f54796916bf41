import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { AppError, isAppError } from '../../core/app-error.ts';

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
  ENOENT: 'the folder does not exist',
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

/** Pieces joined to blocks worth a write each. */
async function* inBlocks(chunks: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let block = '';
  for await (const chunk of chunks) {
    block += chunk;
    if (block.length >= blockLength) {
      yield block;
      block = '';
    }
  }
  yield block;
}

/**
 * Writes a whole file or nothing: into a temporary file beside it, flushed to the disk, then put in its place.
 * Throws `file-exists` (unless `force`) and `file-unwritable`; what was there stays as it was.
 *
 * @param chunks the content in pieces
 */
export const writeAtomically = async (
  file: string,
  chunks: Iterable<string> | AsyncIterable<string>,
  options: WriteOptions,
): Promise<void> => {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx', options.mode ?? 0o666);
    try {
      for await (const block of inBlocks(chunks)) await handle.writeFile(block);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (options.force) await rename(temporary, file);
    // A link, unlike renaming, fails when somebody else made the file meanwhile.
    else await link(temporary, file);
  } catch (error) {
    // What makes the content may fail, too: then the file is not to blame.
    if (isAppError(error)) throw error;
    if (codeOf(error) === 'EEXIST') throw fileExists(file);
    throw fileUnwritable(file, error);
  } finally {
    await rm(temporary, { force: true });
  }
};
