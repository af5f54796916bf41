import { AppError } from '../../core/app-error.ts';

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

/** The file cannot be read at all. */
export const importUnreadable = (file: string, cause: unknown): AppError =>
  new AppError(
    {
      code: 'file-unreadable',
      message: `The file ${file} cannot be read.`,
      advice: 'Check its path, and that you may read it.',
      file,
    },
    { cause },
  );
