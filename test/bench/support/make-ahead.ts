/** So many rows are kept ready: about 40 MB, in the process of the tenant. */
const ready = 8_000;
/** So many are made before other work gets its turn. */
const atOnce = 50;

/**
 * Gives the texts of rows from `start` to below `end`, and makes those below `start` while nothing is asked: a log is
 * read from its newest row down.
 */
export const makeAhead = (make: (index: number) => string): ((start: number, end: number) => string[]) => {
  const made = new Map<number, string>();
  let next = -1;
  let isMaking = false;

  const makeSome = (): void => {
    for (let count = 0; count < atOnce && next >= 0 && made.size < ready; count += 1) {
      if (!made.has(next)) made.set(next, make(next));
      next -= 1;
    }
    isMaking = next >= 0 && made.size < ready;
    if (isMaking) setImmediate(makeSome);
  };

  return (start, end) => {
    const rows = Array.from({ length: end - start }, (_, place) => made.get(start + place) ?? make(start + place));
    // What lies above was answered; the lower end of a chunk may be asked for again.
    for (const index of made.keys()) if (index >= end) made.delete(index);
    next = Math.min(next < 0 ? start - 1 : next, start - 1);
    if (!isMaking) {
      isMaking = true;
      setImmediate(makeSome);
    }
    return rows;
  };
};
