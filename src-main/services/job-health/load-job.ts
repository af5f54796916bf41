import { timeOf } from '../../core/health/describe-time.ts';
import type { JobHealthInput } from '../../core/health/job-facts.ts';
import { learnCadence } from '../../core/health/learn-cadence.ts';
import { decideScopeMode } from '../../core/cross-check/entitlement.ts';
import { chooseJob, describeJobChoice, type JobChoice } from '../../core/model/choose-job.ts';
import type { JobReading, LogHour } from '../../core/model/job-history.ts';
import type { JobSettings, SynchronizationJob } from '../../core/model/synchronization.ts';
import type { HistoryReads, JobHistoryStore } from '../ports.ts';

const dayMs = 86_400_000;
/** Four weeks show every weekday four times. */
const learnedDays = 28;

/** What job health is judged from, and what of the job's past the judgement was learned from. */
export interface LoadedJob {
  choice: JobChoice;
  input: JobHealthInput;
  settings: JobSettings | null;
  scopeHints: { assignedOnly: number; syncAll: number };
  /** Of the chosen job; of one that is not listed any more, as it was. Oldest first. */
  readings: JobReading[];
  hours: LogHour[];
}

/** Which of the stored jobs is meant, and which are not. Throws the store's failures. */
export const loadChoice = async (
  { snapshots }: Pick<HistoryReads, 'snapshots'>,
  jobId: string | null,
): Promise<JobChoice> => {
  const document = await snapshots.document('jobs');
  return chooseJob(document ? (JSON.parse(document.json) as SynchronizationJob[]) : [], jobId);
};

const loadPast = async (
  jobHistory: JobHistoryStore,
  { choice, end, withCycles }: { choice: JobChoice; end: string; withCycles: boolean },
): Promise<Pick<LoadedJob, 'readings' | 'hours'> & { cycles: Awaited<ReturnType<JobHistoryStore['logCycles']>> }> => {
  const from = new Date(Date.parse(end) - learnedDays * dayMs).toISOString();
  const bounds = { from, to: end };
  // When a job that is gone was last listed is worth telling however long ago that is.
  const readFrom = choice.found === 'gone' ? new Date(0).toISOString() : from;
  const [readings, hours, cycles] = await Promise.all([
    // Readings of several jobs, one after the other, would look like one that changes all the time.
    choice.jobId === null ? [] : jobHistory.readings({ jobId: choice.jobId, from: readFrom }),
    jobHistory.logHours(bounds),
    withCycles ? jobHistory.logCycles(bounds) : [],
  ]);
  return { readings, hours, cycles };
};

/**
 * Everything that the job's health is judged from, as stored: the one loader for status, health and verdicts, so that
 * they say the same of a job.
 *
 * @param options `withCycles`: also how many rows a cycle leaves, which is shown, and judges nothing
 */
export const loadJob = async (
  store: HistoryReads,
  now: Date,
  jobId: string | null,
  options: { withCycles?: true } = {},
): Promise<LoadedJob> => {
  const [sources, choice, settingsDocument, logNewestAt, position] = await Promise.all([
    store.runs.freshness(),
    loadChoice(store, jobId),
    store.snapshots.document('job-settings'),
    store.log.newestAt(),
    store.log.position(),
  ]);
  const { job } = choice;
  const settings = settingsDocument ? (JSON.parse(settingsDocument.json) as JobSettings) : null;
  const { jobHistory } = store;
  const isInitial = job !== null && timeOf(job.status.steadyStateFirstAchievedAt) === null;
  const wasRead = sources.some(({ source, lastCompleteAt }) => source === 'assignments' && lastCompleteAt !== null);
  const [past, scopeHints, assigned] = await Promise.all([
    loadPast(jobHistory, {
      choice,
      end: position.completeTo ?? now.toISOString(),
      withCycles: options.withCycles === true,
    }),
    // Counting them takes a while, and the setting says more.
    settings?.SyncAll === undefined ? store.log.scopeHints() : { assignedOnly: 0, syncAll: 0 },
    // Only an initial cycle is as long as there are people to read.
    isInitial && wasRead ? jobHistory.assignedEntries() : null,
  ]);
  const mode = decideScopeMode({ settings, scopeHints });
  return {
    choice,
    input: {
      jobId,
      job,
      choiceNote: describeJobChoice(choice),
      sources,
      now,
      logNewestAt,
      readings: past.readings,
      cadence: learnCadence({ ...past, scheduleMs: job?.schedule.intervalMs ?? null, logNewestAt }),
      assigned,
      syncAll: mode.assumed ? null : mode.everyone,
    },
    settings,
    scopeHints,
    readings: past.readings,
    hours: past.hours,
  };
};
