import { describe, expect, test } from 'vitest';
import type { JobStatus } from '../../../../src-main/contract/models/job-status.ts';
import { assessJobHealth } from '../../../../src-main/core/health/assess-job-health.ts';
import type { JobHealthInput } from '../../../../src-main/core/health/job-facts.ts';
import { learnCadence, type CadenceInput } from '../../../../src-main/core/health/learn-cadence.ts';
import { dayMs, execution, hourMs, hoursOf, iso, job, minuteMs, nowMs, reading, sources } from './small-job.ts';

const learn = (own: Partial<CadenceInput> = {}): ReturnType<typeof learnCadence> =>
  learnCadence({ readings: [], hours: [], cycles: [], scheduleMs: 40 * minuteMs, logNewestAt: null, ...own });

describe('the interval between cycles', () => {
  test('is measured where collections came often enough that no cycle can have been missed', () => {
    // Every 70 minutes a cycle, looked at every 10 minutes.
    const readings = Array.from({ length: 8 }, (_, index) =>
      reading(nowMs - (8 - index) * 70 * minuteMs, {
        sinceMs: nowMs - (8 - index) * 70 * minuteMs + 5 * minuteMs,
        seenMs: nowMs - (7 - index) * 70 * minuteMs - 5 * minuteMs,
      }),
    );
    expect(learn({ readings })).toMatchObject({ intervalMs: 70 * minuteMs, intervalFrom: 'executions', measured: 7 });
  });

  test('is the schedule when a day lies between two collections, and the documented one when that says nothing', () => {
    const readings = Array.from({ length: 8 }, (_, index) => reading(nowMs - (8 - index) * dayMs));
    expect(learn({ readings })).toMatchObject({ intervalMs: 40 * minuteMs, intervalFrom: 'schedule', measured: 0 });
    expect(learn({ readings, scheduleMs: null })).toMatchObject({ intervalFrom: 'documented' });
  });
});

describe('how long the log is usually without a row', () => {
  test('is a night for a company that works by day, and little for one that never sleeps', () => {
    const offices = hoursOf(14, (hour) => (hour >= 7 && hour < 18 ? 5 : 0));
    // The last row of a day lies in the hour from 17:00, the first in that from 07:00.
    expect(learn({ hours: offices })).toMatchObject({ days: 14, longestQuietMs: 14 * hourMs });
    expect(learn({ hours: offices }).usualQuietMs).toBeGreaterThan(12 * hourMs);
    expect(learn({ hours: hoursOf(14, () => 5) })).toMatchObject({ usualQuietMs: expect.closeTo(0.98 * hourMs, -4) });
  });

  test('is not learned from a week that is not over, nor across hours that were not collected', () => {
    expect(learn({ hours: hoursOf(5, () => 5) })).toMatchObject({ usualQuietMs: null, quietLimitMs: dayMs });
    const lost = { from: nowMs - 6 * dayMs, to: nowMs - 4 * dayMs };
    const hours = hoursOf(
      14,
      () => 5,
      (at) => (at >= lost.from && at < lost.to ? { success: 0, covered: false } : {}),
    );
    expect(learn({ hours }).longestQuietMs).toBe(hourMs);
  });

  test('leaves out what still goes on, and the time before the first row', () => {
    const hours = hoursOf(21, (_, day) => (day < 7 || day > 18 ? 0 : 5));
    expect(learn({ hours })).toMatchObject({ longestQuietMs: hourMs, days: 14 });
  });

  test('comes with the usual rows of each weekday', () => {
    const hours = hoursOf(28, (_, day) => (day % 7 === 4 || day % 7 === 5 ? 1 : 10));
    const { weekdays } = learn({ hours });
    expect(weekdays).toHaveLength(7);
    expect(weekdays.map(({ days }) => days).every((days) => days >= 3)).toBe(true);
    expect(Math.max(...weekdays.map(({ rows }) => rows ?? 0))).toBe(240);
  });
});

describe('a job judged by its own cadence', () => {
  const assess = (own: Partial<JobHealthInput>): JobStatus =>
    assessJobHealth({ jobId: 'unifi.job', job: job(), sources, now: new Date(nowMs), logNewestAt: null, ...own });
  const busy = learn({ hours: hoursOf(14, () => 5) });
  const offices = learn({ hours: hoursOf(14, (hour) => (hour >= 7 && hour < 18 ? 5 : 0)) });
  const quietFor = (hours: number): Partial<JobHealthInput> => ({ logNewestAt: iso(nowMs - hours * hourMs) });

  test('is quiet after a few hours where rows never rest, and not after a night where they do', () => {
    expect(assess({ ...quietFor(6), cadence: busy })).toMatchObject({ state: 'healthy-quiet', actor: 'nobody' });
    expect(assess({ ...quietFor(6), cadence: busy }).sentence).toContain('which is longer than usual');
    expect(assess({ ...quietFor(13), cadence: offices }).state).toBe('healthy');
    expect(assess({ ...quietFor(20), cadence: offices }).state).toBe('healthy-quiet');
  });

  test('is stalled, not quiet, when the cycles stay away too', () => {
    const stopped = (hours: number): Partial<JobHealthInput> => {
      const at = iso(nowMs - hours * hourMs);
      return { ...quietFor(hours), job: job({ lastExecution: execution({ startedAt: at, endedAt: at }) }) };
    };
    expect(assess({ ...stopped(13), cadence: offices }).state).toBe('late');
    expect(assess({ ...stopped(30), cadence: offices }).state).toBe('silent');
  });

  test('is not late while its own, longer interval says so', () => {
    const slow = { ...busy, intervalMs: 90 * minuteMs, intervalFrom: 'executions' as const };
    const at = iso(nowMs - 4 * hourMs);
    const over = { ...quietFor(4), job: job({ lastExecution: execution({ startedAt: at, endedAt: at }) }) };
    expect(assess({ ...over, cadence: busy }).state).toBe('late');
    expect(assess({ ...over, cadence: slow }).state).toBe('healthy');
  });

  test('names no execution: its rows may rest for as long as they usually do', () => {
    const unnamed = job({ lastExecution: null });
    expect(assess({ ...quietFor(13), job: unnamed, cadence: offices }).state).toBe('unknown');
    expect(assess({ ...quietFor(13), job: unnamed, cadence: busy }).state).toBe('late');
  });

  test('has its next cycle after now, also when nobody collected for a while, and no one of a job that is unknown', () => {
    const at = iso(nowMs - 100 * minuteMs);
    const over = { ...quietFor(1), job: job({ lastExecution: execution({ startedAt: at, endedAt: at }) }) };
    expect(assess(over).nextExpectedAt).toBe(iso(nowMs + 20 * minuteMs));
    const later = new Date(nowMs + dayMs);
    expect(assess({ ...over, now: later })).toMatchObject({ state: 'unknown' });
    expect(assess({ ...over, now: later })).not.toHaveProperty('nextExpectedAt');
  });
});
