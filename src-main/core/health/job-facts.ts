import type { JobCadence } from '../../contract/models/job-health.ts';
import type { ExecutionInfo, QuarantineForecast, QuarantineInfo } from '../../contract/models/job-status.ts';
import type { SourceFreshness } from '../../contract/models/run.ts';
import type { AssignedEntries, JobReading } from '../model/job-history.ts';
import type { JobExecution, SynchronizationJob } from '../model/synchronization.ts';
import { timeOf } from './describe-time.ts';
import { explainQuarantine } from './explain-quarantine.ts';
import { forecastQuarantine } from './forecast-quarantine.ts';

/** The documented cadence, used where the schedule gives no usable interval. provisioning-semantics.md 1. */
export const usualIntervalMs = 40 * 60_000;

export interface JobHealthInput {
  /** Id of the job that the connection watches; null when none was chosen. */
  jobId: string | null;
  /** The job as last read; null when it never was, or when Graph does not list it any more. */
  job: SynchronizationJob | null;
  /** What has to be said about how the job was chosen (`describeJobChoice`), a sentence without its full stop. */
  choiceNote?: string | null;
  /** Newest report of every source; `jobs` and `provisioning-log` are used. */
  sources: readonly SourceFreshness[];
  now: Date;
  /** `activityDateTime` of the newest stored log row. */
  logNewestAt: string | null;
  /** The job's past, oldest first, to tell rising numbers from steady ones. */
  readings?: readonly JobReading[];
  /** How the job usually runs; without it the schedule counts, and a day without rows is quiet. */
  cadence?: JobCadence | null;
  /** What an initial cycle has to read; null when the assignments were not read. */
  assigned?: AssignedEntries | null;
  /** Whether everyone is in scope; null when nobody knows. */
  syncAll?: boolean | null;
}

/** Failing entries about a day earlier. `at` is the start of that cycle, epoch milliseconds. */
export interface EarlierEscrows {
  count: number;
  atMs: number;
}

/** Everything the rules look at, with times as epoch milliseconds and Graph's sentinels gone. */
export interface JobFacts {
  job: SynchronizationJob;
  nowMs: number;
  /** When the job was read: its age is judged from here, not from now. */
  readMs: number;
  /** Start to start of two cycles: the longer one of what the schedule says and what was learned. */
  intervalMs: number;
  /** Longer than this without a row is quieter than usual. */
  quietLimitMs: number;
  execution: JobExecution | null;
  endedMs: number | null;
  logComplete: boolean;
  logNewestMs: number | null;
  /** The newest sign that a cycle ran. */
  activeMs: number | null;
  earlier: EarlierEscrows | null;
  /** Null for a job that never ran. */
  forecast: QuarantineForecast | null;
  quarantine: QuarantineInfo | null;
}

/** Graph's words, whatever their casing. */
export const is = (word: string, expected: string): boolean => word.toLowerCase() === expected;

/** A job that never ran shows an execution of the year 1. graph-provisioning.md 5, never-run trap. */
export const realExecution = (execution: JobExecution | null): JobExecution | null =>
  execution !== null && timeOf(execution.startedAt) !== null ? execution : null;

/** Whether the job ever worked. In its first cycle it still says "NotRun", and may name no execution, but counts pages. */
export const hasBegun = ({ status }: SynchronizationJob): boolean =>
  realExecution(status.lastExecution) !== null ||
  timeOf(status.steadyStateFirstAchievedAt) !== null ||
  status.progress.some(({ completedUnits }) => completedUnits > 0);

const dayMs = 24 * 3_600_000;

/**
 * The failing entries a day before the newest cycle, so that a retry or two within the day is no trend; of a shorter
 * past the oldest cycle, when it is six hours older at least.
 */
const earlierEscrows = (readings: readonly JobReading[], execution: JobExecution | null): EarlierEscrows | null => {
  const nowMs = timeOf(execution?.startedAt);
  if (nowMs === null) return null;
  const past = readings.flatMap(({ execution: one }): EarlierEscrows[] => {
    const atMs = timeOf(one?.startedAt);
    return one && atMs !== null && atMs <= nowMs - dayMs / 4 ? [{ count: one.escrowed, atMs }] : [];
  });
  return past.findLast(({ atMs }) => atMs <= nowMs - dayMs) ?? past[0] ?? null;
};

/** @param readMs when the job was read, epoch milliseconds */
export const collectFacts = (job: SynchronizationJob, input: JobHealthInput, readMs: number): JobFacts => {
  const execution = realExecution(job.status.lastExecution);
  const endedMs = execution === null ? null : (timeOf(execution.endedAt) ?? timeOf(execution.startedAt));
  const logNewestMs = timeOf(input.logNewestAt);
  const inQuarantine = is(job.status.code, 'quarantine');
  return {
    job,
    nowMs: input.now.getTime(),
    readMs,
    intervalMs: Math.max(job.schedule.intervalMs ?? 0, input.cadence?.intervalMs ?? 0) || usualIntervalMs,
    quietLimitMs: input.cadence?.quietLimitMs ?? dayMs,
    execution,
    endedMs,
    logComplete: input.sources.some(({ source, status }) => source === 'provisioning-log' && status === 'complete'),
    logNewestMs,
    activeMs: endedMs === null ? logNewestMs : Math.max(endedMs, logNewestMs ?? 0),
    earlier: earlierEscrows(input.readings ?? [], execution),
    forecast: execution === null ? null : forecastQuarantine(execution, input.readings ?? [], input.now.getTime()),
    quarantine: inQuarantine ? explainQuarantine(job.status.quarantine, input.now.getTime()) : null,
  };
};

/** An execution as the window shows it; the error code `None` is none. */
export const executionInfo = (execution: JobExecution): ExecutionInfo => {
  const code = execution.error?.code ?? '';
  const meant = code !== '' && !is(code, 'none');
  return {
    state: execution.state,
    startedAt: execution.startedAt,
    endedAt: timeOf(execution.endedAt) === null ? null : execution.endedAt,
    imported: execution.countImported,
    entitled: execution.countEntitled,
    exported: execution.countExported,
    escrowed: execution.countEscrowed,
    errorCode: meant ? code : null,
    errorMessage: meant ? (execution.error?.message ?? null) : null,
  };
};
