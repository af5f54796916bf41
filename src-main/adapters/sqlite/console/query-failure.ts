import { AppError } from '../../../core/app-error.ts';
import { failureOfCode } from '../sqlite-failure.ts';

/** The statement is refused: `reason` is a sentence, `position` counts UTF-16 units from the start of the SQL. */
export const queryRefused = (reason: string, position: number | null): AppError =>
  new AppError({
    code: 'input-invalid',
    message: reason,
    advice: 'Correct the statement; the documented views and their columns are listed beside it and in docs/schema.md.',
    fields: [{ field: 'sql', reason: 'is refused' }],
    ...(position === null ? {} : { position }),
  });

/** SQLite's result codes that speak of the statement, not of the file: error, too big, mismatch, range, auth. */
const statementCodes = new Set([1, 18, 20, 23, 25]);
const fileCodes: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  26: 'SQLITE_NOTADB',
};

/** What `node:sqlite` threw, as a Failure; anything else comes back unchanged. https://www.sqlite.org/rescode.html */
export const toQueryFailure = (error: unknown, file: string): unknown => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const code = error.errcode & 0xff;
  if (statementCodes.has(code)) return queryRefused(`SQLite refuses it: ${error.message}.`, null);
  return failureOfCode(fileCodes[code] ?? '', file, error) ?? error;
};
