import { timeOf } from '../../core/health/describe-time.ts';
import { usualIntervalMs } from '../../core/health/job-facts.ts';
import type { LogReach } from '../../core/issues/judge-issue.ts';
import { loadJob } from '../job-health/load-job.ts';
import type { HistoryStore } from '../ports.ts';

/** How far the stored log reaches, how often the job runs, as learned from its past, and up to when it is known to. */
export const readReach = async (store: HistoryStore, now: Date, jobId: string | null): Promise<LogReach> => {
  const [position, gaps, { input }] = await Promise.all([
    store.log.position(),
    store.runs.gaps(),
    loadJob(store, now, jobId),
  ]);
  const { job, cadence, logNewestAt } = input;
  const signs = [timeOf(logNewestAt), timeOf(job?.status.lastSuccessfulExecution?.endedAt)].filter((ms) => ms !== null);
  return {
    completeFromMs: timeOf(position.completeFrom),
    completeToMs: timeOf(position.completeTo),
    gaps,
    aliveMs: signs.length === 0 ? null : Math.max(...signs),
    intervalMs: Math.max(job?.schedule.intervalMs ?? 0, cadence?.intervalMs ?? 0) || usualIntervalMs,
  };
};
