import type { JobStatus } from '../../src-main/contract/models/job-status.ts';

/** The next cycle as the window shows it; `missed`: it was due then and did not come. */
export interface NextCycle {
  at: string;
  missed: boolean;
}

/**
 * The next cycle at this moment. The window stays open while cycles come and go: one that should have begun since the
 * status was read is followed by the next one, of a job that keeps its times.
 *
 * @param now epoch milliseconds
 */
export const nextCycle = (job: JobStatus, now: number): NextCycle | null => {
  if (job.nextExpectedAt === undefined) return null;
  const due = Date.parse(job.nextExpectedAt);
  const missed = job.state === 'late' || job.state === 'silent';
  if (missed || job.quarantine !== undefined || due >= now || job.intervalMs === null || job.intervalMs <= 0) {
    return { at: job.nextExpectedAt, missed: missed || due < now };
  }
  const at = due + Math.ceil((now - due) / job.intervalMs) * job.intervalMs;
  return { at: new Date(at).toISOString(), missed: false };
};
