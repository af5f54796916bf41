import { isAppError } from '../../core/app-error.ts';
import type { ReadMeter } from '../../services/ports.ts';
import type { ListPage } from './list-page.ts';

/** Pages by cursor (empty for the first) or by 1-based index. */
export type PageQuery = { cursor: string; count: number } | { startIndex: number; count: number };

export interface ListSource {
  fetch(query: PageQuery): Promise<ListPage>;
  meter: ReadMeter;
  /** Told how many entries without an id were met so far. */
  malformed(count: number): void;
  /** First page size to ask for. */
  count: number;
  /** The server announces cursors and no index paging. */
  cursorOnly: boolean;
  /** `Users` or `Groups`, for messages. */
  what: string;
}

const rejection = (error: unknown): string | null =>
  isAppError(error) && error.code === 'scim-rejected' && error.failure.status === 400
    ? (error.failure.serviceCode ?? '').toLowerCase()
    : null;

/** Any 400: the request as such was not liked. */
export const isBadRequest = (error: unknown): boolean => rejection(error) !== null;

/** 400 without a `scimType` counts, too: a page has nothing else that could be refused. */
export const isTooMany = (error: unknown): boolean =>
  ['toomany', 'invalidcount', ''].includes(rejection(error) ?? 'none');

export const isCursorTrouble = (error: unknown): boolean =>
  ['invalidcursor', 'expiredcursor', 'invalidcount'].includes(rejection(error) ?? 'none');
