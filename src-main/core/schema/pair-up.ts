/** Two versions of the same thing; null where it was not there yet, or is there no more. */
export interface Pair<T> {
  old: T | null;
  now: T | null;
}

/**
 * Pairs the items of two lists that have the same key; several of one key in their order. In the order of the newer
 * list, and after it what only the older one has.
 */
export const pairUp = <T>(before: readonly T[], after: readonly T[], key: (item: T) => string): Pair<T>[] => {
  const waiting = new Map<string, T[]>();
  for (const item of before) {
    const name = key(item);
    const same = waiting.get(name);
    if (same) same.push(item);
    else waiting.set(name, [item]);
  }
  const pairs = after.map((now): Pair<T> => ({ old: waiting.get(key(now))?.shift() ?? null, now }));
  const left = [...waiting.values()].flat().map((old): Pair<T> => ({ old, now: null }));
  return [...pairs, ...left];
};
