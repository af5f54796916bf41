interface Entry {
  atMs: number;
  order: number;
  run(atMs: number): void;
}

/** What will happen when. Entries of the same moment happen in the order in which they were planned. */
export interface Agenda {
  plan(atMs: number, run: (atMs: number) => void): void;
  /** Runs everything planned up to and including this moment, also what is planned meanwhile. */
  runUntil(ms: number): void;
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);

/** A binary heap: planning and taking cost log(n). */
export const createAgenda = (): Agenda => {
  const heap: Entry[] = [];
  let planned = 0;

  const swap = (one: number, other: number): void => {
    [heap[one], heap[other]] = [heap[other] as Entry, heap[one] as Entry];
  };

  const rise = (from: number): void => {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap[index] as Entry, heap[parent] as Entry)) return;
      swap(index, parent);
      index = parent;
    }
  };

  const sink = (): void => {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const smaller = right < heap.length && isBefore(heap[right] as Entry, heap[left] as Entry) ? right : left;
      if (!isBefore(heap[smaller] as Entry, heap[index] as Entry)) return;
      swap(index, smaller);
      index = smaller;
    }
  };

  const take = (): Entry => {
    const first = heap[0] as Entry;
    const last = heap.pop() as Entry;
    if (heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return first;
  };

  return {
    plan(atMs, run) {
      heap.push({ atMs, order: planned, run });
      planned += 1;
      rise(heap.length - 1);
    },
    runUntil(ms) {
      while (heap.length > 0 && (heap[0] as Entry).atMs <= ms) {
        const entry = take();
        entry.run(entry.atMs);
      }
    },
  };
};
