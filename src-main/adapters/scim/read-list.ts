import type { ListEnd } from '../../services/ports.ts';
import type { ListPage } from './list-page.ts';
import { trackList } from './list-progress.ts';
import type { ListedResource } from './list-progress.ts';
import { isTooMany } from './list-source.ts';
import type { ListSource } from './list-source.ts';
import { readByCursor } from './read-by-cursor.ts';
import { readByIndex } from './read-by-index.ts';

const smallestCount = 10;

/** The first page, smaller when the server says that it is asked for too much (400 `tooMany`, `invalidCount`). */
const fetchFirst = async (source: ListSource): Promise<{ page: ListPage; count: number }> => {
  for (let { count } = source; ;) {
    try {
      return { page: await source.fetch(source.cursorOnly ? { cursor: '', count } : { startIndex: 1, count }), count };
    } catch (error) {
      if (!isTooMany(error) || count <= smallestCount) throw error;
      count = Math.max(smallestCount, Math.floor(count / 2));
    }
  }
};

/**
 * A whole list, de-duplicated by id, page by page, from servers that page as the RFCs say and from those that do not:
 * every quirk of scim-entra.md 4 ends in a complete list or in an honest `complete: false`. What could be read is
 * compared with the server's total. A server may force cursors on a client that sent none (RFC 9865, 2.3).
 */
export async function* readList(source: ListSource): AsyncGenerator<ListedResource[], ListEnd> {
  const progress = trackList(source.what, source.meter, source.malformed);
  const first = await fetchFirst(source);
  const fresh = progress.take(first.page);
  if (fresh.length > 0) yield fresh;
  return first.page.nextCursor !== null || source.cursorOnly
    ? yield* readByCursor(source, progress, first)
    : yield* readByIndex(source, progress, first);
}
