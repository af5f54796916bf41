import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

/** A request that hangs for longer than this no longer holds its slot: its thread may have ended without a word. */
const abandonedMs = 180_000;
/** Keys and slots of the memory that all threads share; a larger window gets memory of its own thread. */
const sharedKeys = 64;
const sharedSlots = 16;
const entryLength = 1 + sharedSlots;
/** A thread that ended while it held the lock must not stop the others. */
const lockLimitMs = 40;
const environmentKey = 'unifi-monitor graph pacing';

interface Memory {
  lock: Int32Array;
  values: Float64Array;
}

const allocate = (length: number): Memory => {
  const buffer = new SharedArrayBuffer(8 + length * 8);
  return { lock: new Int32Array(buffer, 0, 2), values: new Float64Array(buffer, 8, length) };
};

/**
 * The memory of this process: made by the main thread when this module is loaded there, and inherited by every thread
 * that starts afterwards, so that a collection in a worker counts what the main thread has just asked.
 */
const shared: Memory = (() => {
  const given: unknown = getEnvironmentData(environmentKey);
  if (given instanceof SharedArrayBuffer) {
    return { lock: new Int32Array(given, 0, 2), values: new Float64Array(given, 8) };
  }
  const memory = allocate(sharedKeys * entryLength);
  if (isMainThread) setEnvironmentData(environmentKey, memory.lock.buffer);
  return memory;
})();

const locked = <T>({ lock }: Memory, work: () => T): T => {
  const startedMs = performance.now();
  while (Atomics.compareExchange(lock, 0, 0, 1) !== 0 && performance.now() - startedMs < lockLimitMs) {
    Atomics.wait(lock, 0, 1, 1);
  }
  try {
    return work();
  } finally {
    Atomics.store(lock, 0, 0);
    Atomics.notify(lock, 0);
  }
};

/** FNV-1a, never 0, which marks a free entry. Two keys with one hash would share a window, which harms nobody. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193) >>> 0;
  return hash || 1;
};

/** Where the slots of a key begin. */
const findEntry = (memory: Memory, key: string): number =>
  locked(memory, () => {
    const hash = hashOf(key);
    for (let index = 0; index < sharedKeys; index += 1) {
      const at = index * entryLength;
      if (memory.values[at] === 0) memory.values[at] = hash;
      if (memory.values[at] === hash) return at + 1;
    }
    return (hash % sharedKeys) * entryLength + 1;
  });

export interface SlotTable {
  /** Takes a free slot, or says how long to wait; null: until one of the requests under way is answered. */
  take(nowMs: number): { slot: number } | { waitMs: number | null };
  release(slot: number, nowMs: number): void;
}

/**
 * The slots of one window. A slot holds 0 (free), the moment of the answer, or minus the moment of departure while the
 * request is under way; times are of a clock that all threads share.
 */
export const openSlotTable = (key: string, rule: { limit: number; windowMs: number }): SlotTable => {
  const isShared = rule.limit <= sharedSlots;
  const memory = isShared ? shared : allocate(rule.limit);
  const start = isShared ? findEntry(memory, key) : 0;
  const { values } = memory;
  return {
    take: (nowMs) =>
      locked(memory, () => {
        let freeAtMs = Infinity;
        for (let slot = start; slot < start + rule.limit; slot += 1) {
          const value = values[slot] ?? 0;
          const endsMs = value < 0 ? abandonedMs - value : value === 0 ? 0 : value + rule.windowMs;
          if (endsMs <= nowMs) {
            values[slot] = -nowMs;
            return { slot };
          }
          if (value > 0) freeAtMs = Math.min(freeAtMs, endsMs);
        }
        return { waitMs: freeAtMs === Infinity ? null : Math.max(1, freeAtMs - nowMs) };
      }),
    release: (slot, nowMs) =>
      locked(memory, () => {
        values[slot] = nowMs;
      }),
  };
};
