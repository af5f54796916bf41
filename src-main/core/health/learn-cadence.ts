import type { JobCadence } from '../../contract/models/job-health.ts';
import type { JobReading, LogCycle, LogHour } from '../model/job-history.ts';
import { median } from '../statistics/robust.ts';
import { describeSpan, timeOf } from './describe-time.ts';
import { usualIntervalMs } from './job-facts.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Fewer intervals, or stretches without rows, are chance. */
const fewestMeasured = 5;
const fewestDays = 7;
/** Rows come hours after a change at the latest when cycles run: below this no silence is worth a word. */
const shortestQuietMs = 4 * hourMs;
/** A silence is unusual when the log was silent for longer only this share of the time. */
const unusualShare = 0.02;

export interface CadenceInput {
  /** Oldest first. */
  readings: readonly JobReading[];
  hours: readonly LogHour[];
  cycles: readonly LogCycle[];
  /** What the schedule says; null when it says nothing usable. */
  scheduleMs: number | null;
  /** `activityDateTime` of the newest stored row. */
  logNewestAt: string | null;
}

const rowsOf = (hour: LogHour): number =>
  hour.success + hour.failure + hour.warning + hour.skippedOther + hour.skippedBenign;

/**
 * Start to start of cycles that were seen one after the other: the time in which nobody looked was at most half of it,
 * so that no cycle can have come and gone in between.
 */
const measuredIntervals = (readings: readonly JobReading[]): number[] => {
  const intervals: number[] = [];
  let before: { startedMs: number; seenMs: number } | null = null;
  for (const { execution, since, seenAt } of readings) {
    const startedMs = timeOf(execution?.startedAt);
    const [sinceMs, seenMs] = [timeOf(since), timeOf(seenAt)];
    if (startedMs === null || sinceMs === null || seenMs === null) continue;
    if (before && startedMs > before.startedMs) {
      const interval = startedMs - before.startedMs;
      if (sinceMs - before.seenMs <= interval / 2) intervals.push(interval);
    }
    before = { startedMs, seenMs };
  }
  return intervals;
};

/** Stretches between two hours with rows, as far as every hour between them was collected. */
const quietStretches = (hours: readonly LogHour[]): number[] => {
  const stretches: number[] = [];
  let last: number | null = null;
  for (const hour of hours) {
    const at = Date.parse(hour.at);
    if (!hour.covered) last = null;
    else if (rowsOf(hour) > 0) {
      if (last !== null) stretches.push(at - last);
      last = at;
    }
  }
  return stretches;
};

/**
 * How long the log is usually without a row at most: for only two hundredths of the past time it had been silent for
 * longer. Time counts, not stretches: fifty short silences by day do not make the one of every night unusual.
 */
const usualQuiet = (stretches: readonly number[]): number => {
  const total = stretches.reduce((sum, stretch) => sum + stretch, 0);
  const sorted = stretches.toSorted((one, other) => other - one);
  let longest = 0;
  for (const [index, stretch] of sorted.entries()) {
    longest += stretch;
    const count = index + 1;
    // Time spent beyond the length of the next shorter one, in the `count` longest ones.
    const beyond = longest - count * (sorted[count] ?? 0);
    if (beyond >= unusualShare * total) return Math.round((longest - unusualShare * total) / count);
  }
  return 0;
};

const weekdaysOf = (hours: readonly LogHour[]): JobCadence['weekdays'] => {
  const days = new Map<string, { rows: number; hours: number }>();
  for (const hour of hours) {
    const day = hour.at.slice(0, 10);
    const sum = days.get(day) ?? { rows: 0, hours: 0 };
    days.set(day, { rows: sum.rows + rowsOf(hour), hours: sum.hours + (hour.covered ? 1 : 0) });
  }
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    const whole = [...days].filter(
      ([day, { hours: covered }]) => covered === 24 && (new Date(day).getUTCDay() || 7) === weekday,
    );
    return { weekday, rows: median(whole.map(([, { rows }]) => rows)), days: whole.length };
  });
};

const sayCadence = (cadence: Omit<JobCadence, 'sentence'>): string => {
  const { intervalFrom, measured } = cadence;
  const every = `A cycle begins every ${describeSpan(cadence.intervalMs)}`;
  const basis = {
    executions: `${every}, measured between ${measured} pairs of cycles.`,
    schedule: `${every}, as the schedule says; too few cycles were seen one after the other to measure it.`,
    documented: `${every} by Microsoft's documentation; the schedule says nothing, and too few cycles were seen to measure it.`,
  }[intervalFrom];
  if (cadence.usualQuietMs === null) {
    return `${basis} How often rows come is not learned yet: that takes ${fewestDays} collected days.`;
  }
  const rows =
    cadence.rowsPerCycle === null
      ? ''
      : `; a cycle that does something leaves about ${Math.round(cadence.rowsPerCycle)} ${Math.round(cadence.rowsPerCycle) === 1 ? 'row' : 'rows'}`;
  return `${basis} Over ${cadence.days} collected days the log was without a row for longer than ${describeSpan(cadence.usualQuietMs)} only 2 % of the time${rows}.`;
};

/**
 * Learns how the job usually runs: the interval between cycles from the job's own readings where collections came
 * often enough, and how long its log is usually without rows. A stretch that still goes on, and hours that were not
 * collected, teach nothing. Without enough to learn from, the schedule, then the documented 40 minutes apply, and a
 * day without rows counts as quiet. provisioning-semantics.md 1 and 11.
 */
export const learnCadence = (input: CadenceInput): JobCadence => {
  const intervals = measuredIntervals(input.readings);
  const learned = intervals.length >= fewestMeasured ? median(intervals) : null;
  const intervalMs = learned ?? input.scheduleMs ?? usualIntervalMs;
  // Before its first row the job may not have been there.
  const first = input.hours.findIndex((hour) => rowsOf(hour) > 0);
  const hours = first === -1 ? [] : input.hours.slice(first);
  const days = Math.floor(hours.filter((hour) => hour.covered).length / 24);
  const stretches = quietStretches(hours);
  const knows = days >= fewestDays && stretches.length >= fewestMeasured;
  const usualQuietMs = knows ? usualQuiet(stretches) : null;
  const cadence = {
    intervalMs,
    intervalFrom: learned !== null ? 'executions' : input.scheduleMs !== null ? 'schedule' : 'documented',
    measured: intervals.length,
    days,
    rowsPerCycle: median(input.cycles.map(({ rows }) => rows)),
    weekdays: weekdaysOf(hours),
    usualQuietMs,
    longestQuietMs: knows ? Math.max(...stretches) : null,
    quietSince: input.logNewestAt,
    // Rows are counted by the hour: one more may lie between.
    quietLimitMs: usualQuietMs === null ? dayMs : Math.max(shortestQuietMs, 6 * intervalMs, usualQuietMs + hourMs),
  } as const;
  return { ...cadence, sentence: sayCadence(cadence) };
};
