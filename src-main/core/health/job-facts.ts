import type { ExecutionInfo, QuarantineInfo } from '../../contract/models/job-status.ts';
import type { SourceFreshness } from '../../contract/models/run.ts';
import type { JobExecution, SynchronizationJob } from '../model/synchronization.ts';
import { timeOf } from './describe-time.ts';
import { explainQuarantine } from './explain-quarantine.ts';

/** The documented cadence, used where the schedule gives no usable interval. provisioning-semantics.md 1. */
const usualIntervalMs = 40 * 60_000;

export interface JobHealthInput {
  /** Id of the job that the connection watches; null when none was chosen. */
  jobId: string | null;
  /** The job as last read; null when it never was, or when Graph does not list it any more. */
  job: SynchronizationJob | null;
  /** Newest report of every source; `jobs` and `provisioning-log` are used. */
  sources: readonly SourceFreshness[];
  now: Date;
  /** `activityDateTime` of the newest stored log row. */
  logNewestAt: string | null;
  /** `countEscrowed` of an earlier execution, to tell rising numbers from steady ones. */
  earlierEscrowed?: number | null;
}

/** Everything the rules look at, with times as epoch milliseconds and Graph's sentinels gone. */
export interface JobFacts {
  job: SynchronizationJob;
  nowMs: number;
  /** When the job was read: its age is judged from here, not from now. */
  readMs: number;
  intervalMs: number;
  execution: JobExecution | null;
  endedMs: number | null;
  logComplete: boolean;
  logNewestMs: number | null;
  /** The newest sign that a cycle ran. */
  activeMs: number | null;
  earlierEscrowed: number | null;
  quarantine: QuarantineInfo | null;
}

/** Graph's words, whatever their casing. */
export const is = (word: string, expected: string): boolean => word.toLowerCase() === expected;

/** A job that never ran shows an execution of the year 1. graph-provisioning.md 5, never-run trap. */
export const realExecution = (execution: JobExecution | null): JobExecution | null =>
  execution !== null && timeOf(execution.startedAt) !== null ? execution : null;

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
    intervalMs: job.schedule.intervalMs ?? usualIntervalMs,
    execution,
    endedMs,
    logComplete: input.sources.some(({ source, status }) => source === 'provisioning-log' && status === 'complete'),
    logNewestMs,
    activeMs: endedMs === null ? logNewestMs : Math.max(endedMs, logNewestMs ?? 0),
    earlierEscrowed: input.earlierEscrowed ?? null,
    quarantine: inQuarantine ? explainQuarantine(job.status.quarantine) : null,
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
