import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { createDemoWorld } from '../../../../src-main/demo/create-world.ts';
import { openWorld, portrait, rowTexts } from './open-world.ts';

test('makes the same company, byte for byte, from the same seed', () => {
  expect(portrait(openWorld({ seed: 11, people: 300 }))).toBe(portrait(openWorld({ seed: 11, people: 300 })));
});

test('makes another company from another seed', () => {
  expect(portrait(openWorld({ seed: 11, people: 100 }))).not.toBe(portrait(openWorld({ seed: 12, people: 100 })));
});

test('takes the start of the current hour as its present when none is given', () => {
  const before = Date.now();
  const world = createDemoWorld({ people: 50, days: 2, scratchDirectory: tmpdir() });
  onTestFinished(() => world.close());
  expect(world.nowMs % 3_600_000).toBe(0);
  expect(world.nowMs).toBeLessThanOrEqual(Date.now());
  expect(world.nowMs).toBeGreaterThan(before - 3_600_001);
});

test('goes on after its first moment without changing what it said before', () => {
  const world = openWorld({ seed: 3, people: 300 });
  const before = rowTexts(world);
  const newest = before.at(-1) ?? '';
  const firstNowMs = world.nowMs;
  world.advanceTo(firstNowMs + 26 * 3_600_000);
  expect(world.nowMs).toBe(firstNowMs + 26 * 3_600_000);
  const after = rowTexts(world);
  const place = after.indexOf(newest);
  expect(place).toBeGreaterThan(0);
  expect(after.length - place).toBeGreaterThan(1);
  // Rows older than the retention of 30 days are no longer served.
  expect(after.slice(0, place + 1)).toEqual(before.slice(before.length - place - 1));
  expect(world.directory.usersChangedSince(firstNowMs).length).toBeGreaterThan(0);
});

test('heals what was only waiting for the next cycle', () => {
  const world = openWorld({ seed: 3, people: 300 });
  const pending = world.truth().filter((entry) => entry.pending);
  expect(new Set(pending.map(({ cause }) => cause))).toEqual(new Set(['A8-too-recent', 'A12-wait', 'B13', 'M7', null]));
  world.advanceTo(world.nowMs + 2 * 3_600_000);
  expect(world.truth().filter((entry) => entry.pending)).toEqual([]);
});

test('stays where it is when told to go back', () => {
  const world = openWorld({ people: 50, days: 3 });
  const { nowMs } = world;
  world.advanceTo(nowMs - 1);
  expect(world.nowMs).toBe(nowMs);
});
