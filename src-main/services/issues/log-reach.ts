import type { LogReach } from '../../core/issues/judge-issue.ts';
import { timeOf } from '../../core/health/describe-time.ts';
import type { SynchronizationJob } from '../../core/model/synchronization.ts';
import type { HistoryStore } from '../ports.ts';

/** The documented cadence, where the schedule says nothing usable. provisioning-semantics.md 1. */
const usualIntervalMs = 40 * 60_000;

/** How far the stored log reaches, and up to when the job is known to have run. */
export const readReach = async (store: HistoryStore, jobId: string | null): Promise<LogReach> => {
  const [position, gaps, newestAt, document] = await Promise.all([
    store.log.position(),
    store.runs.gaps(),
    store.log.newestAt(),
    store.snapshots.document('jobs'),
  ]);
  const jobs = document ? (JSON.parse(document.json) as SynchronizationJob[]) : [];
  const job = jobs.find(({ id }) => id === jobId) ?? (jobs.length === 1 ? jobs[0] : undefined);
  const signs = [timeOf(newestAt), timeOf(job?.status.lastSuccessfulExecution?.endedAt)].filter((ms) => ms !== null);
  return {
    completeFromMs: timeOf(position.completeFrom),
    completeToMs: timeOf(position.completeTo),
    gaps,
    aliveMs: signs.length === 0 ? null : Math.max(...signs),
    intervalMs: job?.schedule.intervalMs ?? usualIntervalMs,
  };
};
