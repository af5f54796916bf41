import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTextBlocks } from '../../../../src-main/adapters/report/text-blocks.ts';

/** Many short pieces, and some that fill a block alone; wide characters in all of them. */
const pieces = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 200_000 }).map((length) => 'ü😀x'.repeat(length / 4)) },
  ),
  { maxLength: 60 },
);

test('blocks hold the text in order and stay as they are; reused ones until the next piece', () => {
  fc.assert(
    fc.property(pieces, (given) => {
      const [kept, reused] = [createTextBlocks(), createTextBlocks({ reused: true })];
      const keptBlocks: Uint8Array[] = [];
      const copies: Uint8Array[] = [];
      for (const piece of given) {
        keptBlocks.push(...kept.add(piece));
        copies.push(...reused.add(piece).map((block) => Buffer.from(block)));
      }
      keptBlocks.push(...kept.end());
      copies.push(...reused.end().map((block) => Buffer.from(block)));
      const whole = Buffer.from(given.join(''));
      expect(Buffer.concat(keptBlocks).equals(whole)).toBe(true);
      expect(Buffer.concat(copies).equals(whole)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
