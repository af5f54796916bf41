import type { QuarantineForecast } from '../../contract/models/job-status.ts';
import type { JobReading } from '../model/job-history.ts';
import type { JobExecution } from '../model/synchronization.ts';
import { usualSlope } from '../statistics/robust.ts';
import { describeDay, isoTime, timeOf } from './describe-time.ts';

const dayMs = 24 * 3_600_000;

/** When Entra puts a job into quarantine for failing entries. provisioning-semantics.md 5. */
const limits = {
  /** From this many failures on the share counts. */
  withShare: 5_000,
  share: 0.4,
  /** Whatever the share; failing references are not counted. */
  absolute: 40_000,
};
/** Readings older than this say nothing about the present pace. */
const paceDays = 7;
const fewestReadings = 4;
const soonMs = 14 * dayMs;

const count = (number: number): string => number.toLocaleString('en');
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Growth of the failing entries a day, over the readings of the last week. */
const pace = (readings: readonly JobReading[], nowMs: number): number | null => {
  const points = readings.flatMap(({ execution }) => {
    const at = timeOf(execution?.startedAt);
    return execution && at !== null && nowMs - at <= paceDays * dayMs ? [{ at, value: execution.escrowed }] : [];
  });
  const distinct = [...new Map(points.map((point) => [point.at, point])).values()];
  const times = distinct.map(({ at }) => at);
  if (distinct.length < fewestReadings || Math.max(...times) - Math.min(...times) < dayMs) return null;
  const slope = usualSlope(distinct);
  return slope === null ? null : slope * dayMs;
};

/** Of all that the cycles of the last day had to write; one cycle alone may have had a single retry to write. */
const failingShare = (execution: JobExecution, readings: readonly JobReading[]): number | null => {
  const newestMs = timeOf(execution.startedAt) ?? 0;
  const cycles = new Map([
    [execution.startedAt, { exports: execution.countExports, exported: execution.countExported }],
  ]);
  for (const { execution: one } of readings) {
    if (one && newestMs - (timeOf(one.startedAt) ?? 0) < dayMs) cycles.set(one.startedAt, one);
  }
  const sum = (name: 'exports' | 'exported'): number =>
    [...cycles.values()].reduce((total, one) => total + one[name], 0);
  const tried = sum('exports');
  return tried === 0 ? null : Math.max(0, tried - sum('exported')) / tried;
};

/**
 * How far the failing entries are from the thresholds at which Entra quarantines a job: more than 40 % failed and at
 * least 5,000, or more than 40,000. The total limit of 60,000 counts failing references too, which a job does not tell
 * apart. provisioning-semantics.md 5.
 *
 * @param execution the newest cycle
 * @param readings the job's past, oldest first; the pace is learned from it
 */
export const forecastQuarantine = (
  execution: JobExecution,
  readings: readonly JobReading[],
  nowMs: number,
): QuarantineForecast => {
  const failed = execution.countEscrowed;
  const share = failingShare(execution, readings);
  const mostFail = share !== null && share > limits.share;
  const threshold = mostFail ? limits.withShare : limits.absolute;
  const perDay = pace(readings, nowMs);
  const reached = failed > threshold || (mostFail && failed >= limits.withShare);
  const daysLeft = perDay !== null && perDay > 0 && !reached ? (threshold - failed) / perDay : null;
  const reachedMs = daysLeft !== null && daysLeft <= 365 ? nowMs + daysLeft * dayMs : null;
  const near = failed > threshold / 2 || (reachedMs !== null && reachedMs - nowMs <= soonMs);
  const rule = mostFail
    ? `${count(threshold)} at which Entra quarantines a job of which more than ${percent(limits.share)} fails`
    : `${count(threshold)} at which Entra quarantines a job whatever the share`;
  const have =
    failed === 0
      ? 'No entry fails'
      : `${count(failed)} ${failed === 1 ? 'entry fails' : 'entries fail'}${share === null ? '' : `, ${percent(share)} of what the cycles of the last day had to write`}`;
  const growth =
    perDay === null
      ? 'How fast that grows is not known yet: it takes four collected cycles over a day.'
      : Math.round(perDay) === 0
        ? 'That has not grown over the last week.'
        : perDay < 0
          ? `That falls by about ${count(Math.round(-perDay))} a day.`
          : `That grows by about ${count(Math.round(perDay))} a day${reachedMs === null ? '' : `: at this pace the number is reached about ${describeDay(reachedMs, nowMs)}`}.`;
  return {
    level: reached ? 'reached' : near ? 'near' : 'far',
    failed,
    share,
    threshold,
    perDay,
    reachedAt: reachedMs === null ? null : isoTime(reachedMs),
    sentence: reached ? `${have}: that is beyond the ${rule}.` : `${have}; the next limit is the ${rule}. ${growth}`,
  };
};
