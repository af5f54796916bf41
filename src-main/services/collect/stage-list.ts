import type { ReadMeter, SnapshotItems, SnapshotName, SnapshotStore } from '../ports.ts';

/**
 * Stores a whole list page by page. When it breaks off, what came is kept and nothing is taken for gone; the error
 * goes on to the caller. `pages` ends the list, or throws.
 */
export const stageList = async <N extends SnapshotName, E>(
  snapshots: SnapshotStore,
  name: N,
  runId: string,
  pages: AsyncGenerator<SnapshotItems[N][], E> | AsyncIterable<SnapshotItems[N][]>,
  meter: ReadMeter,
  isComplete: (end: E | undefined) => boolean,
): Promise<E | undefined> => {
  await snapshots.begin(name);
  const iterator = pages[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await iterator.next();
      if (step.done) {
        const end = step.value as E | undefined;
        await snapshots.apply(name, { runId, full: isComplete(end) });
        return end;
      }
      meter.withheld += (await snapshots.stage(name, step.value)).withheld;
    }
  } catch (error) {
    await snapshots.apply(name, { runId, full: false });
    throw error;
  } finally {
    await iterator.return?.(undefined as never);
  }
};
