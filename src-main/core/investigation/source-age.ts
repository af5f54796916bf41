import type { SourceFreshness } from '../../contract/models/run.ts';
import { timeOf } from '../health/describe-time.ts';
import type { JobContext } from './case-base.ts';

/** Older than this, what was read is told with its age: many cycles went by since. */
const staleMs = 24 * 3_600_000;

/** Since when a source is not known to be right any more, epoch milliseconds; null: it was read in time, or not whole. */
export const staleSince = ({ status, endedAt }: SourceFreshness, nowMs: number): number | null => {
  const read = timeOf(endedAt);
  return status === 'complete' && read !== null && nowMs - read > staleMs ? read : null;
};

/** Whether anything that a verdict rests on is that old: then it tells how things were. */
export const isStale = ({ sources, now }: JobContext): boolean =>
  sources.some((report) => staleSince(report, Date.parse(now)) !== null);
