import type { ExecutionInfo, JobState, JobStatus, QuarantineInfo } from '../../contract/models/job-status.ts';
import type { SourceFreshness } from '../../contract/models/run.ts';
import type { JobExecution, SynchronizationJob } from '../model/synchronization.ts';
import { describeDay, describeMoment, describeSpan, isoTime, timeOf } from './describe-time.ts';
import { explainQuarantine } from './explain-quarantine.ts';

/** The documented cadence, used where the schedule gives no usable interval. provisioning-semantics.md 1. */
const usualIntervalMs = 40 * 60_000;
const dayMs = 24 * 3_600_000;
/** Above both, entries that wait for another attempt are no single cases any more; quarantine begins at 40 %. */
const manyEscrows = { count: 10, share: 0.4 };

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
interface Facts {
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

interface Verdict {
  state: JobState;
  sentence: string;
  since?: number | null;
}

/** A job that never ran shows an execution of the year 1. graph-provisioning.md 5, never-run trap. */
const realExecution = (execution: JobExecution | null): JobExecution | null =>
  execution !== null && timeOf(execution.startedAt) !== null ? execution : null;

const is = (word: string, expected: string): boolean => word.toLowerCase() === expected;

const collectFacts = (job: SynchronizationJob, input: JobHealthInput, readMs: number): Facts => {
  const execution = realExecution(job.status.lastExecution);
  const endedMs = execution === null ? null : (timeOf(execution.endedAt) ?? timeOf(execution.startedAt));
  const logNewestMs = timeOf(input.logNewestAt);
  const inQuarantine =
    is(job.status.code, 'quarantine') || (job.status.quarantine !== null && job.status.quarantine.reason !== '');
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

const quarantined = ({ quarantine, nowMs, job }: Facts): Verdict | null => {
  if (quarantine === null) return null;
  const since = timeOf(quarantine.since);
  const next = timeOf(quarantine.nextAttempt);
  const disabled = timeOf(quarantine.disabledAfter);
  const begin = since === null ? 'Quarantined' : `Quarantined since ${describeDay(since, nowMs)}`;
  const parts = [`${begin}: ${quarantine.meaning}`];
  if (is(job.schedule.state, 'disabled')) parts.push('Entra has disabled the job');
  else {
    if (next !== null && next >= nowMs) parts.push(`Entra tries again on ${describeMoment(next, nowMs)}`);
    if (disabled !== null) parts.push(`Entra disables the job about ${describeDay(disabled, nowMs)}`);
  }
  return { state: 'quarantined', sentence: `${parts.join('; ')}.`, since };
};

const stopped = ({ job, endedMs, nowMs }: Facts): Verdict | null => {
  const last = endedMs === null ? 'It never ran.' : `The last cycle ended on ${describeMoment(endedMs, nowMs)}.`;
  if (is(job.schedule.state, 'disabled')) {
    return { state: 'disabled', sentence: `Switched off in Entra: nothing is provisioned. ${last}` };
  }
  if (!is(job.schedule.state, 'paused') && !is(job.status.code, 'paused')) return null;
  const why = job.status.escrowsPruned
    ? 'Paused after too many errors in the initial cycle: they have to be cleaned up before it goes on.'
    : 'Paused: nothing is provisioned until somebody starts it again.';
  return { state: 'paused', sentence: `${why} ${last}` };
};

const failing = ({ job, execution, nowMs }: Facts): Verdict | null => {
  const count = job.status.countSuccessiveCompleteFailures;
  if (count <= 0 && !(execution !== null && is(execution.state, 'failed'))) return null;
  const error = execution === null ? null : executionInfo(execution);
  const why = error?.errorMessage ?? error?.errorCode ?? 'Entra gives no reason';
  const good = timeOf(realExecution(job.status.lastSuccessfulExecution)?.endedAt);
  const begin = count > 1 ? `The last ${count} cycles failed as a whole` : 'The last cycle failed as a whole';
  const last = good === null ? '' : ` The last good one ended on ${describeMoment(good, nowMs)}.`;
  return { state: 'failing', sentence: `${begin}: ${why.replace(/[.\s]+$/, '')}.${last}`, since: good };
};

const beginning = ({ job, execution, nowMs }: Facts): Verdict | null => {
  const steady = timeOf(job.status.steadyStateFirstAchievedAt);
  if (is(job.status.code, 'notconfigured')) {
    return { state: 'never-run', sentence: 'Never set up: the job has no credentials for UNIFI yet.' };
  }
  if (execution === null && steady === null) {
    return { state: 'never-run', sentence: 'Never ran: the job is set up, and its first cycle has not begun.' };
  }
  if (steady !== null) return null;
  const progress = job.status.progress.find(({ totalUnits }) => totalUnits > 0);
  const done = progress ? ` ${Math.floor((100 * progress.completedUnits) / progress.totalUnits)} % was read.` : '';
  const began = timeOf(execution?.startedAt);
  const since = began === null ? '' : `, last worked on ${describeMoment(began, nowMs)}`;
  return {
    state: 'initial',
    sentence: `In its initial cycle${since}: people are missing until it ends, which can take hours.${done}`,
  };
};

/** Silent: neither executions nor log rows for a day; late: the last sign is older than three intervals. */
const overdue = ({ readMs, activeMs, endedMs, intervalMs, logComplete, nowMs }: Facts): Verdict | null => {
  if (activeMs === null || readMs - activeMs <= 3 * intervalMs) return null;
  const cadence = `although a cycle is due every ${describeSpan(intervalMs)}`;
  const log = logComplete ? '' : ' The provisioning log was not read completely, so that it proves nothing.';
  if (readMs - activeMs > Math.max(dayMs, 3 * intervalMs) && logComplete) {
    return {
      state: 'silent',
      since: activeMs,
      sentence:
        `Silent since ${describeMoment(activeMs, nowMs)}: no cycle and no log row ${cadence}. ` +
        'A secret token that UNIFI no longer accepts looks like this.',
    };
  }
  const last = endedMs ?? activeMs;
  return {
    state: 'late',
    since: last + intervalMs,
    sentence: `Late: the last cycle ended ${describeSpan(readMs - last)} ago, ${cadence}.${log}`,
  };
};

const escrows = ({ job, execution, earlierEscrowed }: Facts): Verdict | null => {
  const count = execution?.countEscrowed ?? 0;
  const before = earlierEscrowed ?? count;
  if (job.status.escrowsPruned) {
    return {
      state: 'escrows',
      sentence: 'Running, but Entra threw away errors of the initial cycle: those people are not tried again.',
    };
  }
  if (execution === null || !is(execution.state, 'entrylevelerrors')) return null;
  const many = count >= manyEscrows.count && count > manyEscrows.share * execution.countExports;
  if (count <= before && !many) return null;
  const change = count > before ? `, ${count - before} more than before` : '';
  return {
    state: 'escrows',
    sentence: `Running, but ${count} entries failed and wait for another attempt${change}.`,
  };
};

const running = (facts: Facts): Verdict => {
  const { job, execution, endedMs, logComplete, logNewestMs, readMs, nowMs } = facts;
  if (!is(job.status.code, 'active') || !is(job.schedule.state, 'active') || endedMs === null) {
    const words = [job.status.code, job.schedule.state].filter((word) => word !== '').join(', ') || 'nothing';
    return { state: 'unknown', sentence: `Unclear: Entra reports "${words}" for this job, which says too little.` };
  }
  const count = execution?.countEscrowed ?? 0;
  const waiting =
    count === 0
      ? ''
      : ` ${count} ${count === 1 ? 'entry' : 'entries'} failed and ${count === 1 ? 'waits' : 'wait'} for another attempt.`;
  const last = `the last cycle ended on ${describeMoment(endedMs, nowMs)}`;
  if (logComplete && (logNewestMs === null || readMs - logNewestMs > dayMs)) {
    const rows =
      logNewestMs === null ? 'The log has no rows.' : `Nothing changed since ${describeMoment(logNewestMs, nowMs)}.`;
    return { state: 'healthy-quiet', sentence: `Healthy and quiet: ${last}. ${rows}${waiting}` };
  }
  return { state: 'healthy', sentence: `Healthy: ${last}.${waiting}` };
};

const rules = [quarantined, stopped, failing, beginning, overdue, escrows];

const judge = (facts: Facts): Verdict => {
  for (const rule of rules) {
    const verdict = rule(facts);
    if (verdict !== null) return verdict;
  }
  return running(facts);
};

const executionInfo = (execution: JobExecution): ExecutionInfo => {
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

const nextExpected = ({ job, quarantine, execution, intervalMs }: Facts): number | null => {
  if (quarantine !== null) return timeOf(quarantine.nextAttempt);
  const began = timeOf(execution?.startedAt);
  const runs = is(job.schedule.state, 'active') && !is(job.status.code, 'paused');
  return runs && began !== null ? began + intervalMs : null;
};

/** States that say "all is well", or that only a fresh look can confirm. */
const needFreshLook: readonly JobState[] = ['healthy', 'healthy-quiet', 'escrows', 'late', 'silent', 'initial'];

const unread = (input: JobHealthInput, why: string, before?: JobStatus): JobStatus => ({
  ...(before ?? { id: input.jobId ?? '', intervalMs: null }),
  state: 'unknown',
  sentence: before === undefined ? why : `${why} Before that it was: ${before.sentence}`,
});

/**
 * The job's health as one state and one sentence with the reason. The states are tried in the order of `jobStates`
 * (worst first), so that a long initial cycle does not read as late. A job that could not be read in the newest run,
 * or was read so long ago that a cycle would be overdue by now, is `unknown`: absence of data is never health.
 * provisioning-semantics.md 11.
 */
export const assessJobHealth = (input: JobHealthInput): JobStatus => {
  const report = input.sources.find(({ source }) => source === 'jobs');
  if (report === undefined) return unread(input, 'Unknown: the job was never read; collect first.');
  const readMs = timeOf(report.lastCompleteAt);
  if (input.job === null && input.jobId === null && report.status === 'complete') {
    return unread(input, 'Unknown: no provisioning job is chosen for this connection.');
  }
  if (input.job === null || readMs === null) {
    const why =
      report.status === 'complete'
        ? 'Unknown: Microsoft Graph does not list the provisioning job of this connection any more.'
        : `Unknown: the job could not be read. ${report.failure?.message ?? ''}`.trim();
    return unread(input, why);
  }
  const facts = collectFacts(input.job, input, readMs);
  const { state, sentence, since } = judge(facts);
  const next = nextExpected(facts);
  const status: JobStatus = {
    id: input.job.id,
    state,
    sentence,
    ...(since === null || since === undefined ? {} : { since: isoTime(since) }),
    ...(facts.quarantine === null ? {} : { quarantine: facts.quarantine }),
    ...(facts.execution === null ? {} : { lastExecution: executionInfo(facts.execution) }),
    ...(next === null ? {} : { nextExpectedAt: isoTime(next) }),
    intervalMs: input.job.schedule.intervalMs,
  };
  if (report.status !== 'complete') {
    return unread(input, `Unknown: the job could not be read. ${report.failure?.message ?? ''}`.trim(), status);
  }
  const age = facts.nowMs - readMs;
  if (age > 3 * facts.intervalMs && needFreshLook.includes(state)) {
    return unread(input, `Unknown: the job was last read ${describeSpan(age)} ago; collect again.`, status);
  }
  return status;
};
