import type { ReadMeter } from '../../services/ports.ts';
import { outline } from '../net/outline.ts';

/**
 * Reads the items of one page, each by itself: what cannot be understood is kept aside and counted, the page goes on.
 * Counts what was understood as items. `textOf` makes the text that is kept, else an outline without any value.
 */
export const readItems = <I, T>(
  items: readonly I[],
  read: (item: I) => T | null,
  meter: ReadMeter,
  textOf: (item: I) => string = outline,
): T[] => {
  const good: T[] = [];
  for (const item of items) {
    const value = read(item);
    if (value === null) {
      meter.malformed += 1;
      meter.keepAside(textOf(item));
    } else good.push(value);
  }
  meter.items += good.length;
  meter.changed();
  return good;
};
