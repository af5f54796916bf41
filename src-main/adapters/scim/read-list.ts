import { isAppError } from '../../core/app-error.ts';
import type { Failure } from '../../contract/failure.ts';
import type { ListEnd, ReadMeter } from '../../services/ports.ts';
import type { ScimObject } from './json-keys.ts';
import { isObject } from './json-keys.ts';
import type { ListPage } from './list-page.ts';
import { idOf } from './read-resources.ts';
import { unexpectedAnswer } from './scim-failure.ts';

const maxPages = 10_000;
const smallestCount = 10;

export interface ListSource {
  /** One page: by cursor (empty for the first) or by 1-based index. */
  fetch(query: { cursor: string; count: number } | { startIndex: number; count: number }): Promise<ListPage>;
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

export interface ListedResource {
  id: string;
  resource: ScimObject;
}

const complete: ListEnd = { complete: true, failure: null };

const partialList = (what: string, because: string, advice?: string): ListEnd => {
  const failure: Failure = unexpectedAnswer(
    `UNIFI's list of ${what} is not complete: ${because}.`,
    advice ?? 'Nothing is concluded from what the list lacks. Report the paging to the vendor of UNIFI.',
    '$.Resources',
  ).failure;
  return { complete: false, failure };
};

/** What one walk has seen so far, whatever order and overlap the server gave it. */
interface Seen {
  ids: Set<string>;
  /** Entries without an id, as text, so that a repeated page does not count them twice. */
  malformed: Set<string>;
  total: number | null;
  largestPage: number;
  pages: number;
}

/** True when the server's own total is reached by entries that could be read; a list without a total never is. */
const reached = (seen: Seen): boolean => seen.total !== null && seen.ids.size >= seen.total;

/**
 * A whole list, de-duplicated by id, page by page, from servers that page as the RFCs say and from those that do not:
 * every quirk of scim-entra.md 4 ends in a complete list or in an honest `complete: false`. What the list yields is
 * compared with the server's total; a page is never believed to be the last because it is short, only because it is
 * empty or brings nothing new.
 */
export async function* readList(source: ListSource): AsyncGenerator<ListedResource[], ListEnd> {
  const seen: Seen = { ids: new Set(), malformed: new Set(), total: null, largestPage: 0, pages: 0 };
  let { count } = source;

  const take = (page: ListPage): ListedResource[] => {
    seen.pages += 1;
    seen.total = page.total ?? seen.total;
    seen.largestPage = Math.max(seen.largestPage, page.resources.length);
    const fresh: ListedResource[] = [];
    for (const resource of page.resources) {
      const id = idOf(resource);
      if (id === null || !isObject(resource)) {
        seen.malformed.add(JSON.stringify(resource));
      } else if (!seen.ids.has(id)) {
        seen.ids.add(id);
        fresh.push({ id, resource });
      }
    }
    source.meter.total = seen.total;
    source.meter.pages += 1;
    source.meter.items += fresh.length;
    source.malformed(seen.malformed.size);
    source.meter.changed();
    return fresh;
  };

  /** The first page, smaller when the server says that it is asked for too much (400 `tooMany`, `invalidCount`). */
  const first = async (): Promise<ListPage> => {
    for (;;) {
      try {
        return await source.fetch(source.cursorOnly ? { cursor: '', count } : { startIndex: 1, count });
      } catch (error) {
        if (!isTooMany(error) || count <= smallestCount) throw error;
        count = Math.max(smallestCount, Math.floor(count / 2));
      }
    }
  };

  /** Follows `nextCursor` to its end. RFC 9865, 2. */
  async function* byCursor(start: ListPage): AsyncGenerator<ListedResource[], ListEnd> {
    const used = new Set<string>();
    let page = start;
    for (;;) {
      const cursor = page.nextCursor;
      if (cursor === null) {
        const whole = seen.total === null ? seen.malformed.size === 0 : reached(seen);
        return whole ? complete : partialList(source.what, shortOf(seen));
      }
      if (used.has(cursor)) {
        return reached(seen) ? complete : partialList(source.what, 'its cursors lead in a circle');
      }
      if (seen.pages >= maxPages) return partialList(source.what, 'it has too many pages');
      used.add(cursor);
      try {
        page = await source.fetch({ cursor, count });
      } catch (error) {
        if (!isCursorTrouble(error)) throw error;
        return partialList(source.what, 'a cursor of the server expired in the middle', 'Collect again.');
      }
      yield take(page);
    }
  }

  /** Advances by the number received, until a page is empty or brings nothing new. */
  async function* byIndex(
    start: number,
    overlap: boolean,
  ): AsyncGenerator<ListedResource[], 'empty' | 'repeated' | 'capped' | 'reached'> {
    let startIndex = start;
    for (;;) {
      if (seen.pages >= maxPages) return 'capped';
      let page = await source.fetch({ startIndex, count });
      if (page.resources.length === 0 && !overlap && !reached(seen) && seen.total !== null) {
        // Some servers answer nothing when `count` is smaller than `startIndex`: ask for more once at this place.
        page = await fetchLarger(startIndex, page);
      }
      if (page.resources.length === 0) {
        take(page);
        return 'empty';
      }
      const before = seen.ids.size + seen.malformed.size;
      const fresh = take(page);
      if (fresh.length > 0) yield fresh;
      if (overlap && reached(seen)) return 'reached';
      if (!overlap && seen.ids.size + seen.malformed.size === before) return 'repeated';
      // While overlapping, repeated pages are expected; beyond the total there is nothing left to find.
      if (overlap && startIndex > (seen.total ?? 0) + seen.largestPage) return 'repeated';
      startIndex += overlap ? Math.max(1, Math.floor(page.resources.length / 2)) : page.resources.length;
    }
  }

  const fetchLarger = async (startIndex: number, empty: ListPage): Promise<ListPage> => {
    try {
      return await source.fetch({ startIndex, count: startIndex + count });
    } catch (error) {
      if (isTooMany(error)) return empty;
      throw error;
    }
  };

  const opening = await first();
  const firstItems = take(opening);
  if (firstItems.length > 0) yield firstItems;
  if (opening.nextCursor !== null || source.cursorOnly) return yield* byCursor(opening);
  if (opening.resources.length === 0) {
    return opening.total === 0 || (opening.total === null && opening.declared)
      ? complete
      : partialList(source.what, shortOf(seen));
  }

  const ended = yield* byIndex(1 + opening.resources.length, false);
  if (ended === 'capped') return partialList(source.what, 'it has too many pages');
  if (ended === 'empty' && seen.total === null) {
    return seen.malformed.size === 0 ? complete : partialList(source.what, shortOf(seen));
  }
  if (ended === 'repeated' && seen.total === null) {
    return partialList(source.what, 'the server repeats a page and gives no total');
  }
  // Pages that repeat although each was full, with a total of just that size: the total may be the page's.
  if (ended === 'repeated' && seen.pages === 2 && opening.resources.length >= count && seen.total !== null) {
    if (seen.total <= opening.resources.length) {
      return partialList(source.what, 'the server repeats its first page, so that its total proves nothing');
    }
  }
  if (reached(seen)) return complete;

  // Items were lost between the pages: counting from 0 finds what servers with 0-based indexes left out, one page of
  // the whole size what those that ignore `startIndex` hold back, and overlapping pages the rest.
  yield* retake(() => source.fetch({ startIndex: 0, count }));
  if (!reached(seen)) yield* retake(() => source.fetch({ startIndex: 1, count: seen.total ?? count }));
  if (!reached(seen) && ended === 'empty') yield* byIndex(0, true);
  return reached(seen) ? complete : partialList(source.what, shortOf(seen));

  async function* retake(fetch: () => Promise<ListPage>): AsyncGenerator<ListedResource[], void> {
    try {
      const fresh = take(await fetch());
      if (fresh.length > 0) yield fresh;
    } catch (error) {
      if (!isAppError(error) || error.failure.status !== 400) throw error;
    }
  }
}

const shortOf = ({ total, ids, malformed }: Seen): string => {
  const unread = malformed.size === 0 ? '' : `, beside ${malformed.size} that cannot be understood`;
  return `the server says ${total ?? 'nothing'} in all, and gave ${ids.size}${unread}`;
};

const rejection = (error: unknown): string | null =>
  isAppError(error) && error.code === 'scim-rejected' && error.failure.status === 400
    ? (error.failure.serviceCode ?? '').toLowerCase()
    : null;

/** 400 without a `scimType` counts, too: the first page has nothing else that could be refused. */
const isTooMany = (error: unknown): boolean => ['toomany', 'invalidcount', ''].includes(rejection(error) ?? 'none');

const isCursorTrouble = (error: unknown): boolean =>
  ['invalidcursor', 'expiredcursor', 'invalidcount'].includes(rejection(error) ?? 'none');
