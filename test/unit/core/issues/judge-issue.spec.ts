import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasGrown,
  judgeIssue,
  quietMs,
  type IssueFacts,
  type LogReach,
} from '../../../../src-main/core/issues/judge-issue.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.parse('2026-11-20T12:00:00Z');

const facts = (own: Partial<IssueFacts> = {}): IssueFacts => ({
  firstMs: nowMs - 20 * dayMs,
  lastMs: nowMs - 5 * hourMs,
  affected: 3,
  recovered: 0,
  perDay: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  mute: null,
  ...own,
});
const reach = (own: Partial<LogReach> = {}): LogReach => ({
  completeFromMs: nowMs - 30 * dayMs,
  completeToMs: nowMs,
  gaps: [],
  aliveMs: nowMs,
  intervalMs: 40 * 60_000,
  ...own,
});
const mute = { at: '2026-11-18T08:00:00Z', by: 'ada', note: null, affected: 3, rowsPerWeek: 7 };

describe('an issue is resolved', () => {
  test('when everybody affected succeeded afterwards, however fresh it is', () => {
    const judged = judgeIssue(facts({ recovered: 3 }), reach(), nowMs);
    expect(judged).toMatchObject({
      state: 'resolved',
      because: 'All 3 affected succeeded afterwards, or no longer needed it.',
    });
  });

  test('when it was quiet for two days in which the job ran, and says who never succeeded', () => {
    const judged = judgeIssue(facts({ lastMs: nowMs - 2 * dayMs, recovered: 2 }), reach(), nowMs);
    expect(judged.because).toBe(
      'Quiet since 18 November at 12:00 UTC although the job runs. One of those affected has no success since: Entra may have stopped trying.',
    );
  });

  test('later where cycles are far apart', () => {
    expect(quietMs(dayMs)).toBe(3 * dayMs);
    const slow = reach({ intervalMs: dayMs });
    expect(judgeIssue(facts({ lastMs: nowMs - 2.5 * dayMs }), slow, nowMs).state).toBe('open');
    expect(judgeIssue(facts({ lastMs: nowMs - 3 * dayMs }), slow, nowMs).state).toBe('resolved');
  });

  test.each([
    ['the job did not run since', reach({ aliveMs: nowMs - 9 * dayMs })],
    ['the log was not collected since', reach({ completeToMs: nowMs - 9 * dayMs })],
    ['the log was never collected whole', reach({ completeToMs: null, completeFromMs: null })],
    ['nothing shows that the job ever ran', reach({ aliveMs: null })],
    [
      'a gap in the log ended only lately',
      reach({ gaps: [{ from: '2026-11-11T13:00:00Z', to: '2026-11-19T12:00:00Z' }] }),
    ],
  ])('not by silence when %s', (_, blind) => {
    const judged = judgeIssue(facts({ lastMs: nowMs - 9 * dayMs }), blind, nowMs);
    expect(judged.state).toBe('open');
  });

  test('not by a silence that nobody saw, which it says', () => {
    const stopped = reach({ aliveMs: nowMs - 9 * dayMs });
    expect(judgeIssue(facts({ lastMs: nowMs - 9 * dayMs }), stopped, nowMs).because).toBe(
      '3 people and groups still wait for a success. Nothing is known after 11 November at 12:00 UTC, so that the silence since proves nothing.',
    );
  });
});

describe('a muted issue', () => {
  test('stays muted while it does not grow, and says until when', () => {
    expect(judgeIssue(facts({ mute }), reach(), nowMs)).toMatchObject({
      state: 'muted',
      because: 'Muted on 18 November at 08:00 UTC by ada until more than 3 are affected, or a week has 17 rows.',
    });
  });

  test('opens again when one more is affected', () => {
    const judged = judgeIssue(facts({ mute, affected: 4 }), reach(), nowMs);
    expect(judged.state).toBe('open');
    expect(judged.because).toContain(
      'It was muted on 18 November at 08:00 UTC by ada and has grown since: 4 are affected instead of 3.',
    );
  });

  test('opens again when a week has more than twice the rows, and at least ten more', () => {
    const perDay = (rows: number): number[] => [...Array<number>(13).fill(0), rows];
    expect(judgeIssue(facts({ mute, perDay: perDay(16) }), reach(), nowMs).state).toBe('muted');
    expect(judgeIssue(facts({ mute, perDay: perDay(17) }), reach(), nowMs).because).toContain(
      'a week has 17 rows instead of 7.',
    );
    expect(hasGrown({ ...mute, rowsPerWeek: 100 }, { affected: 3, last7Days: 200 })).toBe(false);
    expect(hasGrown({ ...mute, rowsPerWeek: 100 }, { affected: 3, last7Days: 201 })).toBe(true);
  });

  test('is resolved like any other', () => {
    expect(judgeIssue(facts({ mute, recovered: 3 }), reach(), nowMs).state).toBe('resolved');
  });
});

describe('the trend', () => {
  const trend = (before: number, last: number, own: Partial<IssueFacts> = {}, at = reach()): string =>
    judgeIssue(facts({ perDay: [before, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last], ...own }), at, nowMs).direction;

  test('compares the last 7 days with the 7 before', () => {
    expect(trend(8, 11)).toBe('growing');
    expect(trend(8, 10)).toBe('steady');
    expect(trend(8, 5)).toBe('shrinking');
    expect(trend(8, 0)).toBe('quiet');
    expect(trend(0, 3, { firstMs: nowMs - 2 * dayMs })).toBe('new');
    expect(trend(0, 3, { firstMs: nowMs - 90 * dayMs })).toBe('growing');
  });

  test('is unknown where the log does not reach over both weeks', () => {
    expect(trend(8, 11, {}, reach({ completeFromMs: nowMs - 10 * dayMs }))).toBe('unknown');
    expect(trend(8, 11, {}, reach({ gaps: [{ from: '2026-11-09T00:00:00Z', to: '2026-11-10T00:00:00Z' }] }))).toBe(
      'unknown',
    );
  });
});

test('more people, or fewer recovered, never make an open issue resolved', () => {
  fc.assert(
    fc.property(
      fc.record({
        lastMs: fc.integer({ min: nowMs - 40 * dayMs, max: nowMs }),
        affected: fc.integer({ min: 0, max: 20 }),
        recovered: fc.integer({ min: 0, max: 20 }),
        aliveMs: fc.option(fc.integer({ min: nowMs - 40 * dayMs, max: nowMs })),
        more: fc.integer({ min: 0, max: 5 }),
      }),
      ({ lastMs, affected, recovered, aliveMs, more }) => {
        const known = Math.min(recovered, affected);
        const judge = (all: number, good: number): string =>
          judgeIssue(facts({ lastMs, affected: all, recovered: good }), reach({ aliveMs }), nowMs).state;
        if (judge(affected, known) !== 'open' || affected === 0) return;
        expect(judge(affected + more, known)).toBe('open');
        expect(judge(affected, Math.max(0, known - more))).toBe('open');
      },
    ),
  );
});
