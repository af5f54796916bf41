import type { JobState, JobStatus } from '../../contract/models/job-status.ts';
import { describeSpan, isoTime, timeOf } from './describe-time.ts';
import { collectFacts, executionInfo, is } from './job-facts.ts';
import type { JobFacts, JobHealthInput } from './job-facts.ts';
import { judgeJob } from './judge-job.ts';

const nextExpected = ({ job, quarantine, execution, intervalMs }: JobFacts): number | null => {
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
  // The source's own end, where there is one: the run as a whole may go on for long after it.
  const readMs = timeOf(report.status === 'complete' ? report.endedAt : report.lastCompleteAt);
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
  const { state, sentence, since } = judgeJob(facts);
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
