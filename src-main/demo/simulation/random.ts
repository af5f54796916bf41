/** A seeded source of chance. Same seed and name, same sequence, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [0, limit). */
  below(limit: number): number;
  between(low: number, high: number): number;
  isTrue(chance: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** How many of a rare thing happen when `mean` are expected. */
  poisson(mean: number): number;
  guid(): string;
  shuffle<T>(list: T[]): T[];
}

const hash = (text: string): number => {
  let value = 2166136261;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  }
  return value >>> 0;
};

const hex = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));
const byte = (word: number, shift: number): string => hex[(word >>> shift) & 255] as string;

/** Streams of different names are independent, so that one part's draws never shift another's. */
export const createRandom = (seed: number, name: string): Random => {
  let a = hash(`${name}:${seed}`);
  let b = hash(`b${seed}:${name}`);
  let c = seed >>> 0;
  let counter = 1;
  /** The generator sfc32: 32 bits per step. */
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 16; round += 1) word();

  const next = (): number => word() / 4294967296;
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + next() * (high - low),
    isTrue: (chance) => next() < chance,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    poisson(mean) {
      if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * (next() + next() + next() - 1.5) * 2));
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count += 1;
      return count;
    },
    guid() {
      const [p, q, r, s] = [word(), word(), word(), word()];
      return (
        `${byte(p, 24)}${byte(p, 16)}${byte(p, 8)}${byte(p, 0)}-${byte(q, 24)}${byte(q, 16)}-` +
        `4${byte(q, 8).slice(1)}${byte(q, 0)}-${hex[128 + ((r >>> 24) & 63)] as string}${byte(r, 16)}-` +
        `${byte(r, 8)}${byte(r, 0)}${byte(s, 24)}${byte(s, 16)}${byte(s, 8)}${byte(s, 0)}`
      );
    },
    shuffle(list) {
      for (let index = list.length - 1; index > 0; index -= 1) {
        const other = below(index + 1);
        [list[index], list[other]] = [list[other] as (typeof list)[number], list[index] as (typeof list)[number]];
      }
      return list;
    },
  };
};
