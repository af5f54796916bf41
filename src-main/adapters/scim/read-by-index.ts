import type { ListEnd } from '../../services/ports.ts';
import type { ListPage } from './list-page.ts';
import { completeList } from './list-progress.ts';
import type { ListedResource, ListProgress } from './list-progress.ts';
import { isBadRequest, isTooMany } from './list-source.ts';
import type { ListSource } from './list-source.ts';

type WalkEnd = 'empty' | 'repeated' | 'too-long';

/** Some servers answer nothing when `count` is smaller than `startIndex`: ask for more once at this place. */
const fetchLarger = async (
  source: ListSource,
  startIndex: number,
  count: number,
  empty: ListPage,
): Promise<ListPage> => {
  try {
    return await source.fetch({ startIndex, count: startIndex + count });
  } catch (error) {
    if (isTooMany(error)) return empty;
    throw error;
  }
};

/** Advances by the number received, until a page is empty or brings nothing new. */
async function* walk(
  source: ListSource,
  progress: ListProgress,
  start: { startIndex: number; count: number },
): AsyncGenerator<ListedResource[], WalkEnd> {
  const { count } = start;
  for (let { startIndex } = start; ;) {
    if (progress.isTooLong()) return 'too-long';
    let page = await source.fetch({ startIndex, count });
    if (page.resources.length === 0 && progress.total() !== null && !progress.isReached()) {
      page = await fetchLarger(source, startIndex, count, page);
    }
    const before = progress.entries();
    const fresh = progress.take(page);
    if (page.resources.length === 0) return 'empty';
    if (progress.entries() === before) return 'repeated';
    if (fresh.length > 0) yield fresh;
    startIndex += page.resources.length;
  }
}

/** Walks once more in half steps, from 0, until the total is reached or lies behind: finds what fell between pages. */
async function* walkOverlapping(
  source: ListSource,
  progress: ListProgress,
  count: number,
): AsyncGenerator<ListedResource[], void> {
  for (let startIndex = 0; startIndex <= (progress.total() ?? 0) + progress.largestPage();) {
    if (progress.isTooLong()) return;
    const page = await source.fetch({ startIndex, count });
    const fresh = progress.take(page);
    if (fresh.length > 0) yield fresh;
    if (progress.isReached() || page.resources.length === 0) return;
    startIndex += Math.max(1, Math.floor(page.resources.length / 2));
  }
}

/** One page out of turn; a server that does not like the question has nothing to add. */
async function* tryPage(
  source: ListSource,
  progress: ListProgress,
  query: { startIndex: number; count: number },
): AsyncGenerator<ListedResource[], void> {
  try {
    const fresh = progress.take(await source.fetch(query));
    if (fresh.length > 0) yield fresh;
  } catch (error) {
    if (!isBadRequest(error)) throw error;
  }
}

/**
 * Index paging from a first page to the end, with the defences of scim-entra.md 4. A page is never believed to be the
 * last because it is short, only because it is empty or brings nothing new; then the total decides.
 */
export async function* readByIndex(
  source: ListSource,
  progress: ListProgress,
  first: { page: ListPage; count: number },
): AsyncGenerator<ListedResource[], ListEnd> {
  const { page, count } = first;
  const received = page.resources.length;
  if (received === 0) {
    const nobody = page.total === 0 || (page.total === null && page.declared);
    return nobody ? completeList : progress.endShort();
  }
  const ended = yield* walk(source, progress, { startIndex: 1 + received, count });
  const total = progress.total();
  if (ended === 'too-long') return progress.endPartial('it has too many pages');
  if (total === null) {
    if (ended === 'repeated') return progress.endPartial('the server repeats a page and gives no total');
    return progress.hasMalformed() ? progress.endShort() : completeList;
  }
  // A full first page that repeats, with a total of just that size: the total may be the page's.
  if (ended === 'repeated' && progress.pages() === 2 && received >= count && total <= received) {
    return progress.endPartial('the server repeats its first page, so that its total proves nothing');
  }
  // Items were lost between the pages: counting from 0 finds what servers with 0-based indexes left out, one page of
  // the whole size what those that ignore `startIndex` hold back, and overlapping pages the rest.
  if (!progress.isReached()) yield* tryPage(source, progress, { startIndex: 0, count });
  if (!progress.isReached()) yield* tryPage(source, progress, { startIndex: 1, count: total });
  if (!progress.isReached() && ended === 'empty') yield* walkOverlapping(source, progress, count);
  return progress.isReached() ? completeList : progress.endShort();
}
