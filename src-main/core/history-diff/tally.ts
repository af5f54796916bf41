import type { DiffCount, DiffKind, DiffSection } from '../../contract/models/history-diff.ts';

/** Counts differences as they pass by. */
export interface Tally {
  add(kinds: readonly DiffKind[], changes?: readonly { attribute: string }[], times?: number): void;
  count(): DiffCount;
}

/** Counts of one section: how often each kind occurs, and in how many objects each attribute differs. */
export const createTally = (section: DiffSection): Tally => {
  const kinds = new Map<DiffKind, number>();
  const attributes = new Map<string, number>();
  return {
    add(found, changes = [], times = 1) {
      for (const kind of found) kinds.set(kind, (kinds.get(kind) ?? 0) + times);
      for (const { attribute } of changes) attributes.set(attribute, (attributes.get(attribute) ?? 0) + times);
    },
    count: () => ({
      section,
      kinds: Object.fromEntries(kinds),
      attributes: [...attributes]
        .map(([attribute, count]) => ({ attribute, count }))
        .sort((one, other) => other.count - one.count || (one.attribute < other.attribute ? -1 : 1)),
    }),
  };
};
