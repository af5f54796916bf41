import { AppError } from '../../core/app-error.ts';

/** Which list a cursor belongs to; a cursor of one list is no good for another. */
type CursorKind = 'log' | 'findings' | 'people' | 'runs' | 'diff';

type CursorPart = string | number;

const invalid = (): AppError =>
  new AppError({
    code: 'input-invalid',
    message: 'The cursor of the page is not one that this list gave.',
    advice: 'Start again from the first page.',
    fields: [{ field: 'page.cursor', reason: 'is not a cursor of this list' }],
  });

/** Opaque to callers: version, list and position, base64url. */
export const encodeCursor = (kind: CursorKind, parts: CursorPart[]): string =>
  Buffer.from(JSON.stringify([1, kind, ...parts])).toString('base64url');

/**
 * The position inside a cursor, checked part by part against `shape`.
 *
 * Throws `input-invalid` for anything that `encodeCursor` did not make for this list.
 */
export const decodeCursor = <const S extends readonly ('string' | 'number')[]>(
  kind: CursorKind,
  cursor: string,
  shape: S,
): { -readonly [I in keyof S]: S[I] extends 'number' ? number : string } => {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    // Not even JSON: said below like any other forgery.
  }
  if (!Array.isArray(value) || value.length !== shape.length + 2 || value[0] !== 1 || value[1] !== kind) {
    throw invalid();
  }
  const parts: unknown[] = value.slice(2);
  const fits = parts.every(
    (part, index) => typeof part === shape[index] && (typeof part !== 'number' || Number.isSafeInteger(part)),
  );
  if (!fits) throw invalid();
  return parts as { -readonly [I in keyof S]: S[I] extends 'number' ? number : string };
};
