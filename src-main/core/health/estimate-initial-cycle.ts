import type { InitialEstimate } from '../../contract/models/job-status.ts';
import type { AssignedEntries } from '../model/job-history.ts';
import type { SynchronizationJob } from '../model/synchronization.ts';
import { describeMoment, describeSpan, isoTime } from './describe-time.ts';

const minuteMs = 60_000;
/** Microsoft's rates, in minutes per assigned person, group or member; and no initial cycle is shorter than 20 minutes. */
const rates = { shortest: 0.01, longest: 0.08, leastMs: 20 * minuteMs };

/**
 * How long the initial cycle should take: 0.01 to 0.08 minutes for each assigned person, assigned group and member of
 * these groups. The rates are documented for assigned people only; when everyone is in scope none is known.
 * provisioning-semantics.md 1.
 *
 * @param entries null when the assignments were not read
 * @param syncAll true when everyone is in scope, null when nobody knows
 * @param startedMs when the cycle began, epoch milliseconds; null when the job does not say
 */
export const estimateInitialCycle = (
  job: SynchronizationJob,
  options: { entries: AssignedEntries | null; syncAll: boolean | null; startedMs: number | null; nowMs: number },
): InitialEstimate => {
  const { startedMs, nowMs } = options;
  const step = job.status.progress[0];
  const progress = step && step.totalUnits > 0 ? { completed: step.completedUnits, total: step.totalUnits } : null;
  const frame = { startedAt: startedMs === null ? null : isoTime(startedMs), progress };
  if (options.syncAll === true || options.entries === null) {
    const why =
      options.syncAll === true
        ? 'Everyone of the directory is in scope, for which Microsoft names no rates: it takes longer than for assigned people.'
        : 'How long it takes cannot be estimated, because the assignments were not read.';
    const nothing = { entries: null, shortestMs: null, longestMs: null, earliestEnd: null, latestEnd: null };
    return { ...frame, ...nothing, sentence: why };
  }
  const entries = options.entries.users + options.entries.groups + options.entries.members;
  const shortestMs = Math.max(rates.leastMs, Math.round(entries * rates.shortest * minuteMs));
  const longestMs = Math.max(shortestMs, Math.round(entries * rates.longest * minuteMs));
  const span =
    shortestMs === longestMs
      ? `about ${describeSpan(longestMs)}`
      : `between ${describeSpan(shortestMs)} and ${describeSpan(longestMs)}`;
  const size = `${entries.toLocaleString('en')} assigned entries`;
  const takes = `By Microsoft's rates an initial cycle of ${size} takes ${span}`;
  const latestMs = startedMs === null ? null : startedMs + longestMs;
  const ending =
    latestMs === null
      ? '.'
      : latestMs < nowMs
        ? '; this one has taken longer, as it does when many entries fail or UNIFI answers slowly.'
        : `: it should end by ${describeMoment(latestMs, nowMs)}, if new accounts do not slow it down.`;
  return {
    ...frame,
    entries,
    shortestMs,
    longestMs,
    earliestEnd: startedMs === null ? null : isoTime(startedMs + shortestMs),
    latestEnd: latestMs === null ? null : isoTime(latestMs),
    sentence: takes + ending,
  };
};
