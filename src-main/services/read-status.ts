import type { StatusResult } from '../contract/models/job-status.ts';
import { assessJobHealth } from '../core/health/assess-job-health.ts';
import { loadJob } from './job-health/load-job.ts';
import { countSkips } from './issues/count-skips.ts';
import type { Clock, HistoryReads } from './ports.ts';

/** Job health, freshness of every source and the counts, from what is stored. */
export const readStatus = async (store: HistoryReads, clock: Clock, jobId: string | null): Promise<StatusResult> => {
  const now = clock.now();
  const [{ input }, counts, skips] = await Promise.all([
    loadJob(store, now, jobId),
    store.counts(),
    countSkips(store, now),
  ]);
  return { now: now.toISOString(), job: assessJobHealth(input), sources: [...input.sources], counts, skips };
};
