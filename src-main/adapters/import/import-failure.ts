import { AppError } from '../../core/app-error.ts';

/** Characters that one row may take: rows of the log are some thousands long, and a row is held as a whole. */
export const longestRow = 16_000_000;

/** The file is refused: `reason` continues "FILE is not imported:", and names the line or row. */
export const importRefused = (file: string, reason: string, cause?: unknown): AppError =>
  new AppError(
    {
      code: 'input-invalid',
      message: `${file} is not imported: ${reason}.`,
      advice: 'Download it again, or leave it out. Nothing was changed, also by the other files.',
      fields: [{ field: 'files', reason: 'is refused' }],
      file,
    },
    { cause },
  );

/** A row that is too long to be one; `place` such as `row 12`. */
export const rowTooLong = (file: string, place: string, cause?: unknown): AppError =>
  importRefused(file, `${place} is longer than ${longestRow.toLocaleString('en')} characters`, cause);

/** The file cannot be read at all; `reason` such as "it is a folder", where more is known than that. */
export const importUnreadable = (file: string, cause: unknown, reason?: string): AppError =>
  new AppError(
    {
      code: 'file-unreadable',
      message: `The file ${file} cannot be read${reason === undefined ? '' : `: ${reason}`}.`,
      advice: 'Check its path, and that you may read it.',
      file,
    },
    { cause },
  );
