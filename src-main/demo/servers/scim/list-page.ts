import type { Signing } from '../signing.ts';
import type { Quirk } from './quirks.ts';
import { ScimError } from './scim-error.ts';

/** Paging parameters as given; null when absent. */
export interface PageParameters {
  startIndex: number | null;
  count: number | null;
  cursor: string | null;
}

/** Which elements a page holds, and how the page describes itself. */
export interface PagePlan {
  indexes: number[];
  totalResults: number | null;
  startIndex: number | null;
  nextCursor: string | null;
}

/** `filter.maxResults` of ServiceProviderConfig. */
export const maxResults = 200;
const usualCount = 100;

interface Cursor {
  cursor: true;
  offset: number;
  page: number;
  count: number | null;
  /** The rest of the request: it has to stay the same. RFC 9865 2. */
  key: string;
}

const isCursor = (value: unknown): value is Cursor => typeof value === 'object' && value !== null && 'cursor' in value;

const sliceOf = (from: number, count: number, total: number): number[] => {
  const indexes: number[] = [];
  for (let index = Math.max(0, from); index < Math.min(total, from + count); index += 1) indexes.push(index);
  return indexes;
};

const withoutLost = (indexes: number[], has: (quirk: Quirk) => boolean): number[] =>
  has('loses-items') ? indexes.filter((index) => index % 40 !== 39) : indexes;

const countOf = (given: number | null, has: (quirk: Quirk) => boolean): number => {
  if (given !== null && given > 50 && has('too-many-refused')) {
    throw new ScimError(400, 'tooMany', 'At most 50 resources can be asked for at once.');
  }
  return Math.min(Math.max(0, given ?? usualCount), has('small-pages') ? 20 : maxResults);
};

const cursorPage = (
  parameters: PageParameters,
  total: number,
  options: { has(quirk: Quirk): boolean; signing: Signing; key: string },
): PagePlan => {
  const { has, signing, key } = options;
  const count = countOf(parameters.count, has);
  let offset = 0;
  let page = 0;
  if (parameters.cursor !== null && parameters.cursor !== '') {
    const stored = signing.unseal(parameters.cursor);
    if (!isCursor(stored) || stored.key !== key) throw new ScimError(400, 'invalidCursor', 'The cursor is not valid.');
    if (stored.count !== parameters.count) throw new ScimError(400, 'invalidCount', 'count must stay the same.');
    if (has('cursor-expires') && stored.page >= 2) {
      throw new ScimError(400, 'expiredCursor', 'The cursor has expired.');
    }
    ({ offset, page } = stored);
  }
  const end = Math.min(total, offset + count);
  const next: Cursor = { cursor: true, offset: end, page: page + 1, count: parameters.count, key };
  return {
    indexes: withoutLost(sliceOf(offset, count, total), has),
    totalResults: total,
    startIndex: null,
    nextCursor: count > 0 && end < total ? signing.seal(next) : null,
  };
};

const indexPage = (parameters: PageParameters, total: number, has: (quirk: Quirk) => boolean): PagePlan => {
  const startIndex = Math.max(1, parameters.startIndex ?? 1);
  const count = countOf(parameters.count, has);
  let from = startIndex - 1;
  if (has('zero-based-start-index')) from = Math.max(0, parameters.startIndex ?? 0);
  if (has('overlapping-pages') && from > 0) from = Math.max(0, from - 5);
  if (has('start-index-ignored')) from = 0;
  let indexes = sliceOf(from, count, total);
  if (has('results-beyond-end') && from >= total) indexes = sliceOf(total - count, count, total);
  if (has('empty-page-when-count-below-start') && count < startIndex) indexes = [];
  return { indexes: withoutLost(indexes, has), totalResults: total, startIndex, nextCursor: null };
};

const describedTotal = (total: number, onPage: number, has: (quirk: Quirk) => boolean): number => {
  if (has('total-is-page-size')) return onPage;
  if (has('total-too-low')) return Math.floor(total / 2);
  return has('total-too-high') ? total + 7 : total;
};

/** RFC 7644 3.4.2.4 and RFC 9865, with the paging quirks that are on. Throws ScimError. */
export const planPage = (
  parameters: PageParameters,
  total: number,
  options: { has(quirk: Quirk): boolean; signing: Signing; key: string },
): PagePlan => {
  const { has } = options;
  const isCursorAsked = parameters.cursor !== null && (has('cursor-paging') || has('cursor-forced'));
  const plan =
    isCursorAsked || has('cursor-forced') ? cursorPage(parameters, total, options) : indexPage(parameters, total, has);
  return { ...plan, totalResults: describedTotal(total, plan.indexes.length, has) };
};
