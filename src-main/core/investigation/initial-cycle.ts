import { isoTime, timeOf } from '../health/describe-time.ts';
import type { SynchronizationJob } from '../model/synchronization.ts';
import type { CaseBase } from './case-base.ts';
import { stoppage } from './stoppage.ts';

/** Whether the job reads everyone for the first time, and has begun with it. */
export const isInInitialCycle = (job: SynchronizationJob | null): boolean =>
  job !== null && timeOf(job.status.steadyStateFirstAchievedAt) === null && stoppage(job) === null;

/**
 * By when the initial cycle should have ended at the slower documented rate, ISO 8601: from its beginning, or, where the
 * job does not say that, from how far the newest collection found it. Null when it is not known how many are in scope,
 * or when it has taken longer already.
 */
export const initialCycleEnd = ({ jobStatus, observedAt, nowMs }: CaseBase): string | null => {
  const estimate = jobStatus?.initial;
  const observedMs = timeOf(observedAt);
  if (!estimate || estimate.longestMs === null || observedMs === null) return null;
  const { progress } = estimate;
  const done = progress === null ? 0 : Math.min(1, progress.completed / progress.total);
  const end = timeOf(estimate.latestEnd) ?? observedMs + Math.ceil((1 - done) * estimate.longestMs);
  return end > nowMs ? isoTime(end) : null;
};
