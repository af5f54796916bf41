import { isoTime, timeOf } from '../health/describe-time.ts';
import type { CaseBase } from './case-base.ts';

/** The slower of the documented rates, for each user, group and member in scope. provisioning-semantics.md 1. */
const slowestMs = 0.08 * 60_000;
/** Rows reach the log so long after the work. provisioning-semantics.md 1. */
const logLagMs = 15 * 60_000;

/**
 * By when the initial cycle should have ended at the slower documented rate, ISO 8601, counted from the collection that
 * saw how far it was. Null when it is not known how many
 * are in scope.
 */
export const initialCycleEnd = ({ job, observedAt, scopeSize }: CaseBase): string | null => {
  const observedMs = timeOf(observedAt);
  if (!job || scopeSize === null || observedMs === null) return null;
  const progress = job.status.progress.find(({ totalUnits }) => totalUnits > 0);
  const done = progress ? Math.min(1, progress.completedUnits / progress.totalUnits) : 0;
  return isoTime(observedMs + Math.ceil((1 - done) * scopeSize * slowestMs) + logLagMs);
};
