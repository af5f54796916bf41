import type { ListEnd } from '../../services/ports.ts';
import type { ListPage } from './list-page.ts';
import { completeList } from './list-progress.ts';
import type { ListedResource, ListProgress } from './list-progress.ts';
import { isCursorTrouble } from './list-source.ts';
import type { ListSource } from './list-source.ts';

/** Follows `nextCursor` from a first page to the end; `count` must stay the same. RFC 9865, 2. */
export async function* readByCursor(
  source: ListSource,
  progress: ListProgress,
  first: { page: ListPage; count: number },
): AsyncGenerator<ListedResource[], ListEnd> {
  const used = new Set<string>();
  for (let page = first.page; ;) {
    const cursor = page.nextCursor;
    if (cursor === null) {
      const whole = progress.total() === null ? !progress.hasMalformed() : progress.isReached();
      return whole ? completeList : progress.endShort();
    }
    if (used.has(cursor)) {
      return progress.isReached() ? completeList : progress.endPartial('its cursors lead in a circle');
    }
    if (progress.isTooLong()) return progress.endPartial('it has too many pages');
    used.add(cursor);
    try {
      page = await source.fetch({ cursor, count: first.count });
    } catch (error) {
      if (!isCursorTrouble(error)) throw error;
      return progress.endPartial('a cursor of the server expired in the middle', 'Collect again.');
    }
    yield progress.take(page);
  }
}
