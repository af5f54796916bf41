import type { HistoryReads } from '../../../services/ports.ts';
import { openPast, type OpenPast } from './open-past.ts';

/** Past states that stay open: somebody looks at one, and compares it with another. */
const keptOpen = 2;

interface Held {
  past: OpenPast;
  /** What the file had seen of commits when this state was opened. */
  version: number;
  /** Questions that are being answered; some take several turns of the thread. */
  busy: number;
  /** No longer handed out; closed with the last answer. */
  retired: boolean;
  reads: HistoryReads;
}

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;

const closeIfDone = (held: Held): void => {
  if (held.retired && held.busy === 0) held.past.close();
};

const retire = (held: Held): void => {
  held.retired = true;
  closeIfDone(held);
};

/** The same methods, counted while they work. */
const counted = <S extends object>(methods: S, held: Held): S =>
  Object.fromEntries(
    Object.entries(methods as Methods).map(([name, method]) => [
      name,
      async (...args: unknown[]): Promise<unknown> => {
        held.busy += 1;
        try {
          return await method(...args);
        } finally {
          held.busy -= 1;
          closeIfDone(held);
        }
      },
    ]),
  ) as S;

const hold = (past: OpenPast): Held => {
  const held: Held = { past, version: past.version(), busy: 0, retired: false, reads: past.reads };
  const { counts, ...stores } = past.reads;
  const reads = Object.fromEntries(Object.entries(stores).map(([name, store]) => [name, counted(store, held)]));
  held.reads = { ...(reads as unknown as typeof stores), ...counted({ counts }, held) };
  return held;
};

/**
 * Past states of one file, opened when they are first read. The one not read for longest is closed, and so is one after
 * anything was written: a run can be evaluated again, and people can be forgotten.
 */
export const createPasts = (file: string): { at(run: number): HistoryReads; close(): void } => {
  const open = new Map<number, Held>();
  return {
    at(run) {
      const known = open.get(run);
      const isFresh = known !== undefined && known.version === known.past.version();
      // Out of the list first: were opening it anew to fail, a closed one would be found for ever.
      open.delete(run);
      if (known && !isFresh) retire(known);
      const held = isFresh ? known : hold(openPast(file, run));
      open.set(run, held);
      for (const [other, past] of open) {
        if (open.size <= keptOpen) break;
        open.delete(other);
        retire(past);
      }
      return held.reads;
    },
    close() {
      for (const { past } of open.values()) past.close();
      open.clear();
    },
  };
};
