import type { SnapshotItems, SnapshotName, SnapshotStore } from '../ports.ts';

/** The whole current list of a snapshot; for lists that fit in memory. */
export const readAll = async <N extends SnapshotName>(
  snapshots: SnapshotStore,
  name: N,
): Promise<SnapshotItems[N][]> => {
  const items: SnapshotItems[N][] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof snapshots.read<N>>> = await snapshots.read(name, { after, limit: 5000 });
    for (const entry of page.items) items.push(entry.item);
    after = page.next;
  } while (after !== null);
  return items;
};
