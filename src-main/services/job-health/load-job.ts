import { timeOf } from '../../core/health/describe-time.ts';
import type { JobHealthInput } from '../../core/health/job-facts.ts';
import { learnCadence } from '../../core/health/learn-cadence.ts';
import { decideScopeMode } from '../../core/cross-check/entitlement.ts';
import type { JobReading, LogHour } from '../../core/model/job-history.ts';
import type { JobSettings, SynchronizationJob } from '../../core/model/synchronization.ts';
import type { HistoryReads, JobHistoryStore } from '../ports.ts';

const dayMs = 86_400_000;
/** Four weeks show every weekday four times. */
const learnedDays = 28;

/** What job health is judged from, and what of the job's past the judgement was learned from. */
export interface LoadedJob {
  input: JobHealthInput;
  settings: JobSettings | null;
  readings: JobReading[];
  hours: LogHour[];
}

/** Of several jobs of the application the one that the connection watches; without a choice the only one. */
const chooseJob = (jobs: readonly SynchronizationJob[], jobId: string | null): SynchronizationJob | null =>
  (jobId === null ? (jobs.length === 1 ? jobs[0] : undefined) : jobs.find((item) => item.id === jobId)) ?? null;

const loadPast = async (
  jobHistory: JobHistoryStore,
  options: { jobId: string | null; end: string },
): Promise<Pick<LoadedJob, 'readings' | 'hours'> & { cycles: Awaited<ReturnType<JobHistoryStore['logCycles']>> }> => {
  const from = new Date(Date.parse(options.end) - learnedDays * dayMs).toISOString();
  const bounds = { from, to: options.end };
  const [readings, hours, cycles] = await Promise.all([
    jobHistory.readings({ jobId: options.jobId, from }),
    jobHistory.logHours(bounds),
    jobHistory.logCycles(bounds),
  ]);
  return { readings, hours, cycles };
};

/** Everything that the job's health is judged from, as stored. */
export const loadJob = async (store: HistoryReads, now: Date, jobId: string | null): Promise<LoadedJob> => {
  const [sources, document, settingsDocument, logNewestAt, position] = await Promise.all([
    store.runs.freshness(),
    store.snapshots.document('jobs'),
    store.snapshots.document('job-settings'),
    store.log.newestAt(),
    store.log.position(),
  ]);
  const job = chooseJob(document ? (JSON.parse(document.json) as SynchronizationJob[]) : [], jobId);
  const settings = settingsDocument ? (JSON.parse(settingsDocument.json) as JobSettings) : null;
  const { jobHistory } = store;
  const input = { jobId, job, sources, now, logNewestAt };
  const past = await loadPast(jobHistory, { jobId: job?.id ?? jobId, end: position.completeTo ?? now.toISOString() });
  const cadence = learnCadence({ ...past, scheduleMs: job?.schedule.intervalMs ?? null, logNewestAt });
  const isInitial = job !== null && timeOf(job.status.steadyStateFirstAchievedAt) === null;
  const mode = decideScopeMode({ settings, scopeHints: await store.log.scopeHints() });
  const wasRead = sources.some(({ source, lastCompleteAt }) => source === 'assignments' && lastCompleteAt !== null);
  return {
    input: {
      ...input,
      readings: past.readings,
      cadence,
      assigned: isInitial && wasRead ? await jobHistory.assignedEntries() : null,
      syncAll: mode.assumed ? null : mode.everyone,
    },
    settings,
    readings: past.readings,
    hours: past.hours,
  };
};
