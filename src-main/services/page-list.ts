import type { Page, PageRequest } from '../contract/models/page.ts';
import { AppError } from '../core/app-error.ts';

const invalid = (): AppError =>
  new AppError({
    code: 'input-invalid',
    message: 'The cursor of the page is not one that this list gave.',
    advice: 'Start again from the first page.',
    fields: [{ field: 'page.cursor', reason: 'is not a cursor of this list' }],
  });

/** The place behind a row: after the row of that id where it is still listed, else where that row was. */
const placeOf = <T extends { id: string }>(rows: readonly T[], cursor: string): number => {
  const [, number, id] = /^(\d{1,9}):(.+)$/su.exec(cursor) ?? [];
  if (number === undefined || id === undefined) throw invalid();
  const at = rows[Number(number) - 1]?.id === id ? Number(number) - 1 : rows.findIndex((row) => row.id === id);
  return at === -1 ? Math.max(0, Number(number) - 1) : at + 1;
};

/**
 * A page of a list that lies in memory as a whole. A cursor holds the last row's id, so that a list that changed
 * meanwhile goes on behind the same row.
 *
 * Throws `input-invalid` for a cursor of another form.
 */
export const pageList = <T extends { id: string }>(rows: readonly T[], page: PageRequest): Page<T> => {
  const start = page.cursor === undefined ? (page.offset ?? 0) : placeOf(rows, page.cursor);
  const shown = rows.slice(start, start + page.limit);
  const last = shown.at(-1);
  const end = start + shown.length;
  return {
    rows: shown,
    nextCursor: end < rows.length && last ? `${end}:${last.id}` : null,
    ...(page.withTotal ? { total: rows.length } : {}),
  };
};
