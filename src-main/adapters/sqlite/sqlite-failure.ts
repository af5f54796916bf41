import { AppError, isAppError } from '../../core/app-error.ts';

/** SQLite's result code of a thrown error, such as `SQLITE_BUSY`; null for anything else. */
const codeOf = (error: unknown): string | null =>
  error instanceof Error && error.name === 'SqliteError' && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;

/** A table of ours that is not there: only a file that somebody else changed can lack it. */
const isForeignShape = (error: Error): boolean => /no such (table|column|index)/.test(error.message);

const damaged = (file: string, cause: unknown): AppError =>
  new AppError(
    {
      code: 'store-damaged',
      message: `The history file ${file} is damaged or is no history of this program.`,
      advice: 'Nothing was changed in it. Move it away or restore a copy, then collect again.',
      file,
    },
    { cause },
  );

/** The history was written by a newer version; it is left alone. */
export const storeNewer = (file: string): AppError =>
  new AppError({
    code: 'store-newer',
    message: `The history file ${file} was written by a newer version of this program.`,
    advice: 'Use the newer version, or another data directory. Nothing was changed in the file.',
    file,
  });

/** A file that SQLite can open, but that another program made. */
export const notOurs = (file: string): AppError => damaged(file, undefined);

/** The Failure that a result code of SQLite means for the file; null for codes that speak of the statement. */
export const failureOfCode = (code: string, file: string, error: unknown): AppError | null => {
  const cause = { cause: error };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AppError(
      {
        code: 'store-locked',
        message: `The history file ${file} is in use by another program.`,
        advice: 'Wait until the other collection or backup has ended, then try again. Nothing was lost.',
        file,
      },
      cause,
    );
  }
  if (code === 'SQLITE_FULL') {
    return new AppError(
      {
        code: 'store-full',
        message: `There is no room left on the disk of the history file ${file}.`,
        advice: 'Make room and try again; what was stored before is kept.',
        file,
      },
      cause,
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR') || code === 'SQLITE_PERM') {
    return new AppError(
      {
        code: 'file-unwritable',
        message: `The history file ${file} cannot be written or read to its end (${code}).`,
        advice: 'Check the rights of the file and its folder, and the disk.',
        file,
      },
      cause,
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new AppError(
      {
        code: 'file-unreadable',
        message: `The history file ${file} cannot be opened.`,
        advice: 'Check that the folder exists and that you may read and write it.',
        file,
      },
      cause,
    );
  }
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' ? damaged(file, error) : null;
};

/** What only writing can end with, and why, as far as the code tells. https://www.sqlite.org/rescode.html */
const whyUnwritten = (code: string): string | null => {
  if (code === 'SQLITE_FULL') return 'the disk is full';
  if (code === 'SQLITE_PERM' || code.startsWith('SQLITE_READONLY')) return 'it may not be written';
  if (code.startsWith('SQLITE_CANTOPEN')) return 'it cannot be made there';
  const isReading = /^SQLITE_IOERR_(?:READ|SHORT_READ|CORRUPTFS|DATA)/u.test(code);
  return code.startsWith('SQLITE_IOERR') && !isReading ? `the disk takes no more of it (${code})` : null;
};

/**
 * Where rows go from one file, which is only read, into another: the Failure that names that other one, when what
 * better-sqlite3 threw speaks of writing; null for everything else.
 *
 * @param target the file as people know it
 */
export const targetFailure = (error: unknown, target: string): AppError | null => {
  const code = codeOf(error);
  const why = code === null ? null : whyUnwritten(code);
  if (why === null) return null;
  return new AppError(
    {
      code: 'file-unwritable',
      message: `${target} could not be written: ${why}.`,
      advice: 'Choose another place, or make room on this one, and try again. Nothing else was changed.',
      file: target,
    },
    { cause: error },
  );
};

/**
 * Turns what better-sqlite3 throws into the store Failure that names the file: locked, full, damaged, unwritable,
 * unreadable. Anything else comes back unchanged: it is a bug of ours.
 */
export const toStoreError = (error: unknown, file: string): unknown => {
  if (isAppError(error)) return error;
  const code = codeOf(error);
  if (code === null) return error;
  const failure = failureOfCode(code, file, error);
  if (failure) return failure;
  return code === 'SQLITE_ERROR' && isForeignShape(error as Error) ? damaged(file, error) : error;
};
