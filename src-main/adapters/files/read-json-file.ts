import { readFile } from 'node:fs/promises';
import { AppError } from '../../core/app-error.ts';

const maxFileBytes = 1_048_576;

/**
 * The content of a JSON file that a person wrote. `what` names the kind of file in messages, `described` is a sentence
 * part that says where its fields are described. Throws `file-unreadable` naming the file, never quoting it.
 */
export const readJsonFile = async (file: string, names: { what: string; described: string }): Promise<unknown> => {
  const unreadable = (why: string, cause: unknown): AppError =>
    new AppError(
      {
        code: 'file-unreadable',
        message: `The ${names.what} ${file} ${why}.`,
        advice: `Check the path and the content; ${names.described}.`,
        file,
      },
      { cause },
    );
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadable('could not be read', cause);
  }
  if (text.length > maxFileBytes) throw unreadable(`is too large for a ${names.what}`, undefined);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    // The parser's message quotes the text, which may hold anything.
    throw unreadable('is not JSON', undefined);
  }
};
