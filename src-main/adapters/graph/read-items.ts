import type { ReadMeter } from '../../services/ports.ts';

/**
 * Reads the items of one page, each by itself: what cannot be understood is kept aside and counted, the page goes on.
 * Counts what was understood as items.
 */
export const readItems = <I, T>(items: readonly I[], read: (item: I) => T | null, meter: ReadMeter): T[] => {
  const good: T[] = [];
  for (const item of items) {
    const value = read(item);
    if (value === null) meter.malformed += 1;
    else good.push(value);
  }
  meter.items += good.length;
  meter.changed();
  return good;
};
