import type { ListEnd, ReadMeter } from '../../services/ports.ts';
import { outline } from '../net/outline.ts';
import { isObject } from './json-keys.ts';
import type { ScimObject } from './json-keys.ts';
import type { ListPage } from './list-page.ts';
import { idOf } from './read-resources.ts';
import { unexpectedAnswer } from './scim-failure.ts';

const maxPages = 10_000;

export interface ListedResource {
  id: string;
  resource: ScimObject;
}

/** What one list has given so far, whatever order and overlap the server gave it in. */
export interface ListProgress {
  /** Adds a page; gives what it had that was not seen before. */
  take(page: ListPage): ListedResource[];
  /** The newest total of the server; null when it never said one. */
  total(): number | null;
  pages(): number;
  largestPage(): number;
  /** Entries seen, those that cannot be understood among them: grows as long as pages bring anything new. */
  entries(): number;
  hasMalformed(): boolean;
  /** True when entries that could be read reach the server's total; a list without a total never does. */
  isReached(): boolean;
  /** True after so many pages that the list is given up. */
  isTooLong(): boolean;
  /** The end of a list that is short of its total. */
  endShort(): ListEnd;
  endPartial(because: string, advice?: string): ListEnd;
}

export const completeList: ListEnd = { complete: true, failure: null };

/** @param what `Users` or `Groups`, for messages; `malformed` is told how many entries had no id so far */
export const trackList = (what: string, meter: ReadMeter, malformed: (count: number) => void): ListProgress => {
  const ids = new Set<string>();
  // As text, so that a repeated page does not count them twice.
  const unread = new Set<string>();
  let total: number | null = null;
  let pages = 0;
  let largestPage = 0;

  const endPartial = (
    because: string,
    advice = 'Nothing is concluded from what the list lacks. Report the paging to the vendor of UNIFI.',
  ): ListEnd => ({
    complete: false,
    failure: unexpectedAnswer(`UNIFI's list of ${what} is not complete: ${because}.`, advice, '$.Resources').failure,
  });

  return {
    take(page) {
      pages += 1;
      total = page.total ?? total;
      largestPage = Math.max(largestPage, page.resources.length);
      const fresh: ListedResource[] = [];
      for (const resource of page.resources) {
        const id = idOf(resource);
        if (id === null || !isObject(resource)) {
          unread.add(JSON.stringify(resource));
          meter.keepAside(outline(resource));
        } else if (!ids.has(id)) {
          ids.add(id);
          fresh.push({ id, resource });
        }
      }
      meter.total = total;
      meter.pages += 1;
      meter.items += fresh.length;
      malformed(unread.size);
      meter.changed();
      return fresh;
    },
    total: () => total,
    pages: () => pages,
    largestPage: () => largestPage,
    entries: () => ids.size + unread.size,
    hasMalformed: () => unread.size > 0,
    isReached: () => total !== null && ids.size >= total,
    isTooLong: () => pages >= maxPages,
    endShort: () => {
      const beside = unread.size === 0 ? '' : `, beside ${unread.size} that cannot be understood`;
      return endPartial(`the server says ${total ?? 'nothing'} in all, and gave ${ids.size}${beside}`);
    },
    endPartial,
  };
};
