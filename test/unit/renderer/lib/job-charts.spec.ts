import { describe, expect, test } from 'vitest';
import type { JobStatus } from '../../../../src-main/contract/models/job-status.ts';
import { hourBars } from '../../../../src-renderer/lib/cadence-bars.ts';
import { nextCycle } from '../../../../src-renderer/lib/next-cycle.ts';

const minuteMs = 60_000;
const due = '2026-08-11T12:10:00.000Z';
const dueMs = Date.parse(due);

describe('the next cycle', () => {
  const job = (own: Partial<JobStatus> = {}): JobStatus => ({
    id: 'unifi.job',
    state: 'healthy',
    title: 'Healthy',
    sentence: 'Healthy: the last cycle ended.',
    actor: 'nobody',
    steps: [],
    nextExpectedAt: due,
    intervalMs: 40 * minuteMs,
    ...own,
  });

  test('is the expected one until it comes, and then the one after it', () => {
    expect(nextCycle(job(), dueMs - minuteMs)).toEqual({ at: due, missed: false });
    expect(nextCycle(job(), dueMs + minuteMs)).toEqual({ at: '2026-08-11T12:50:00.000Z', missed: false });
    expect(nextCycle(job(), dueMs + 200 * minuteMs)?.at).toBe('2026-08-11T15:30:00.000Z');
  });

  test('is the one that did not come of a late job, and of one without an interval', () => {
    expect(nextCycle(job({ state: 'late' }), dueMs + minuteMs)).toEqual({ at: due, missed: true });
    expect(nextCycle(job({ intervalMs: null }), dueMs + minuteMs)).toEqual({ at: due, missed: true });
  });

  test('is none of a job that is not expected to run', () => {
    const { nextExpectedAt: _, ...stopped } = job({ state: 'paused' });
    expect(nextCycle(stopped, dueMs)).toBeNull();
  });
});

test('an hour with any row has a bar, with its failures on the line', () => {
  const hour = (rows: number, failures: number) => ({ at: due, rows, failures, covered: true });
  const { bars, top } = hourBars([hour(400, 100), hour(1, 1), hour(0, 0)], 100);
  expect(top).toBe(500);
  expect(bars.map(({ failures, rest }) => [failures, rest])).toEqual([
    [20, 60],
    [1, 0],
    [0, 0],
  ]);
  expect(hourBars([], 100)).toEqual({ bars: [], top: 1 });
});
