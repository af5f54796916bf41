import type { StatusResult } from '../contract/models/job-status.ts';
import { assessJobHealth } from '../core/health/assess-job-health.ts';
import type { SynchronizationJob } from '../core/model/synchronization.ts';
import type { Clock, HistoryStore } from './ports.ts';

/** Job health, freshness of every source and the counts, from what is stored. */
export const readStatus = async (store: HistoryStore, clock: Clock, jobId: string | null): Promise<StatusResult> => {
  const [sources, counts, document, logNewestAt] = await Promise.all([
    store.runs.freshness(),
    store.counts(),
    store.snapshots.document('jobs'),
    store.log.newestAt(),
  ]);
  const jobs = document ? (JSON.parse(document.json) as SynchronizationJob[]) : [];
  const job = jobId === null ? (jobs.length === 1 ? jobs[0] : undefined) : jobs.find((item) => item.id === jobId);
  const now = clock.now();
  return {
    now: now.toISOString(),
    job: assessJobHealth({ job: job ?? null, jobId, sources, now, logNewestAt }),
    sources,
    counts,
  };
};
