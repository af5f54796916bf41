import { describe, expect, test } from 'vitest';
import { describeJump } from '../../../../src-main/core/blame/describe-jump.ts';
import { findEvaluationJumps, findHourlyJumps, type Count } from '../../../../src-main/core/blame/find-jumps.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const endMs = Date.parse('2026-11-20T12:00:00Z');

/** Hours of the last `days` days; `count` says how many rows an hour has, given how many hours before the end it began. */
const hours = (days: number, count: (hoursAgo: number) => number, lost: (hoursAgo: number) => boolean = () => false) =>
  Array.from({ length: days * 24 }, (_, index): Count => {
    const hoursAgo = days * 24 - index;
    return { at: endMs - hoursAgo * hourMs, count: lost(hoursAgo) ? 0 : count(hoursAgo), covered: !lost(hoursAgo) };
  });
/** About two rows in three hours, never quite the same. */
const usual = (hoursAgo: number): number => ((hoursAgo * 7) % 3 === 0 ? 0 : 1) + ((hoursAgo * 5) % 11 === 0 ? 1 : 0);

describe('a jump of hourly counts', () => {
  test('begins at the hour at which the level changed, and goes on', () => {
    const { jumps, judgedDays } = findHourlyJumps(hours(28, (ago) => usual(ago) + (ago <= 41 ? 15 : 0)));
    expect(judgedDays).toBe(21);
    expect(jumps).toMatchObject([{ startMs: endMs - 41 * hourMs, endMs: null }]);
    expect(jumps[0]?.usual).toBeLessThan(25);
    expect(jumps[0]?.highest).toBeGreaterThan(350);
  });

  test('ends with the last day that has more', () => {
    const { jumps } = findHourlyJumps(hours(28, (ago) => usual(ago) + (ago <= 10 * 24 && ago > 8 * 24 ? 15 : 0)));
    expect(jumps).toMatchObject([{ startMs: endMs - 10 * dayMs, endMs: endMs - 8 * dayMs }]);
  });

  test('is found in a single burst, and two bursts are two', () => {
    const burst = (ago: number): number => usual(ago) + (ago === 100 ? 200 : 0) + (ago === 300 ? 200 : 0);
    const { jumps } = findHourlyJumps(hours(28, burst));
    expect(jumps.map(({ startMs }) => startMs)).toEqual([endMs - 300 * hourMs, endMs - 100 * hourMs]);
  });

  test('is none in what varies as always, in a few more than none, or in a rise of a third', () => {
    expect(findHourlyJumps(hours(28, usual)).jumps).toEqual([]);
    expect(findHourlyJumps(hours(28, (ago) => (ago === 5 ? 9 : 0))).jumps).toEqual([]);
    expect(findHourlyJumps(hours(28, (ago) => (ago <= 24 ? 130 : 100))).jumps).toEqual([]);
    const wild = (ago: number): number => (Math.floor(ago / 24) % 2 === 0 ? 10 : 40);
    expect(findHourlyJumps(hours(28, wild)).jumps).toEqual([]);
  });

  test('is neither found in nor hidden by days that were not collected', () => {
    const lost = (ago: number): boolean => ago > 3 * 24 && ago <= 5 * 24;
    const { jumps } = findHourlyJumps(hours(28, (ago) => usual(ago) + (ago <= 7 * 24 ? 15 : 0), lost));
    expect(jumps).toMatchObject([{ startMs: endMs - 7 * dayMs, endMs: null }]);
    expect(findHourlyJumps(hours(28, () => 0, lost)).jumps).toEqual([]);
  });

  test('takes eight days to be judged', () => {
    expect(findHourlyJumps(hours(7, (ago) => (ago <= 24 ? 500 : 0)))).toEqual({ jumps: [], judgedDays: 0 });
    expect(findHourlyJumps(hours(8, (ago) => (ago <= 24 ? 500 : 0))).jumps).toHaveLength(1);
    expect(findHourlyJumps([])).toEqual({ jumps: [], judgedDays: 0 });
  });
});

describe('a jump of findings', () => {
  const evaluations = (...counts: number[]): Count[] =>
    counts.map((count, index) => ({ at: endMs - (counts.length - index) * dayMs, count, covered: true }));

  test('is a cross-check that newly found far more than those before it', () => {
    const { jumps, judged } = findEvaluationJumps(evaluations(2, 4, 3, 60, 2));
    expect(judged).toBe(2);
    expect(jumps).toMatchObject([{ startMs: endMs - 2 * dayMs, highest: 60, usual: 3, limit: 13 }]);
    expect(findEvaluationJumps(evaluations(2, 60)).jumps).toEqual([]);
  });
});

test('is told in one sentence', () => {
  const jump = { startMs: endMs, endMs: null, highest: 1_214, usual: 0, limit: 10 };
  expect(describeJump('failures', jump, endMs).sentence).toBe(
    'Failures rose on 20 November at 12:00 UTC: up to 1,214 failed rows a day, where none are usual. It goes on.',
  );
  expect(describeJump('skips', { ...jump, usual: 3, endMs: endMs + dayMs }, endMs).sentence).toContain(
    'where 3 are usual. It was over on 21 November at 12:00 UTC.',
  );
  expect(describeJump('findings', jump, endMs).sentence).toBe(
    'The cross-check of 20 November at 12:00 UTC newly found 1,214 differences, where none are usual.',
  );
});
