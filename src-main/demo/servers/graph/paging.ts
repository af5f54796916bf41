import type { HttpRequest } from '../http-server.ts';
import type { Signing } from '../signing.ts';
import type { TenantSettings } from '../tenant-settings.ts';
import { badRequest } from './graph-error.ts';

/** Where a list goes on. */
export interface Position {
  /** The next element. */
  offset: number;
  /** Pages answered so far, empty ones included. */
  page: number;
  /** Fixed by the first page, such as the end of the range or the moment of a delta round. */
  fixed: Record<string, number | string | null>;
}

export interface Paging {
  /** The position of a request: the start, or what its token says. Throws 400 for a token made for another request. */
  start(request: HttpRequest, skipToken: string | null): Position | null;
  /** An absolute link from the origin that the client used. The first request's own options stay in it. */
  link(request: HttpRequest, position: Position): string;
  /** A deterministic order of one page's rows: the service promises none. graph-provisioning.md 3. */
  shuffle<T>(rows: T[], seed: number): T[];
  /** Whether the page at this position is answered empty, with a link to go on. */
  isEmptyPage(position: Position): boolean;
}

/** The request without its token, so that a token serves only the request that it was made for. */
const requestKey = (request: HttpRequest): string => {
  const query = [...request.url.searchParams]
    .filter(([name]) => !/^\$?skiptoken$/iu.test(name))
    .map(([name, value]) => `${name}=${value}`);
  return `${request.url.pathname}?${query.join('&')}`;
};

const isPosition = (value: unknown): value is Position & { key: string } =>
  typeof value === 'object' && value !== null && 'offset' in value && 'key' in value;

/** Opaque paging over sealed tokens. */
export const createPaging = (
  signing: Signing,
  settings: () => Pick<TenantSettings, 'emptyPages' | 'pageLinks'>,
): Paging => ({
  start(request, skipToken) {
    if (skipToken === null) return null;
    const value = signing.unseal(skipToken);
    if (!isPosition(value) || value.key !== requestKey(request)) {
      throw badRequest('Invalid skip token: the link must be followed unchanged.');
    }
    if (settings().pageLinks === 'expired') {
      throw badRequest('The specified page token value has expired.', 'Directory_ExpiredPageToken');
    }
    return { offset: value.offset, page: value.page, fixed: value.fixed };
  },
  link(request, position) {
    const url = new URL(request.url.href);
    for (const name of [...url.searchParams.keys()]) {
      if (/^\$?skiptoken$/iu.test(name)) url.searchParams.delete(name);
    }
    const key = requestKey({ ...request, url });
    const rest = url.search === '' ? '?' : `${url.search}&`;
    return `${request.origin}${url.pathname}${rest}$skiptoken=${signing.seal({ ...position, key })}`;
  },
  shuffle(rows, seed) {
    const shuffled = [...rows];
    let state = (seed * 2_654_435_761 + 97) >>> 0;
    for (let index = shuffled.length - 1; index > 0; index -= 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const other = state % (index + 1);
      const kept = shuffled[index] as (typeof shuffled)[number];
      shuffled[index] = shuffled[other] as (typeof shuffled)[number];
      shuffled[other] = kept;
    }
    return shuffled;
  },
  isEmptyPage: (position) => settings().emptyPages && (position.page === 1 || position.page % 40 === 11),
});
