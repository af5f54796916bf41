import type { JobState, JobStatus } from '../../contract/models/job-status.ts';
import { describeMoment, describeSpan, isoTime, timeOf } from './describe-time.ts';
import { estimateInitialCycle } from './estimate-initial-cycle.ts';
import { familyOf } from './explain-quarantine.ts';
import { afterPruning, healthState } from './health-states.ts';
import { jobNoteSentence } from '../model/choose-job.ts';
import { collectFacts, executionInfo, is } from './job-facts.ts';
import type { JobFacts, JobHealthInput } from './job-facts.ts';
import { judgeJob } from './judge-job.ts';

/** Cycles go on at their interval also where nobody collects: the first one due at or after now. */
const nextExpected = (facts: JobFacts, state: JobState): number | null => {
  const { job, quarantine, execution, intervalMs, nowMs } = facts;
  if (quarantine !== null) return timeOf(quarantine.nextAttempt);
  const began = timeOf(execution?.startedAt);
  const runs = is(job.schedule.state, 'active') && !is(job.status.code, 'paused');
  if (!runs || began === null || state === 'initial') return null;
  const due = began + intervalMs;
  if (due >= nowMs || state === 'late' || state === 'silent') return due;
  return began + Math.ceil((nowMs - began) / intervalMs) * intervalMs;
};

/** In these a forecast makes sense: entries are worked on, and some may fail. */
const worksOnEntries: readonly JobState[] = ['healthy', 'healthy-quiet', 'escrows', 'failing', 'late', 'initial'];

/** States that say "all is well", or that only a fresh look can confirm. */
const needFreshLook: readonly JobState[] = ['healthy', 'healthy-quiet', 'escrows', 'late', 'silent', 'initial'];

/** What everybody is told of a state; a quarantine has its own by its reason. */
const advice = (state: JobState, facts: JobFacts | null): Pick<JobStatus, 'title' | 'actor' | 'steps'> => {
  const { title, whoActs, steps } = healthState(state);
  const family = state === 'quarantined' && facts?.quarantine ? familyOf(facts.quarantine) : { whoActs, steps };
  const wasPruned = facts?.job.status.escrowsPruned === true;
  return { title, actor: family.whoActs, steps: family.steps.filter((step) => wasPruned || step !== afterPruning) };
};

/** When a job that is gone was last seen; the readings are its own. */
const lastListed = ({ readings, now }: JobHealthInput): string => {
  const seenMs = timeOf(readings?.at(-1)?.seenAt);
  return seenMs === null ? '' : ` A collection last listed it on ${describeMoment(seenMs, now.getTime())}.`;
};

/** Nothing is expected of a job that is not known now: what was known is told as such. */
const unread = (input: JobHealthInput, why: string, before?: JobStatus): JobStatus => {
  const { nextExpectedAt: _, forecast: __, ...known } = before ?? { id: input.jobId ?? '', intervalMs: null };
  return {
    ...known,
    state: 'unknown',
    ...advice('unknown', null),
    sentence: before === undefined ? why : `${why} Before that it was: ${before.sentence}`,
  };
};

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
    return unread(input, `Unknown: ${input.choiceNote ?? 'no provisioning job is chosen for this connection'}.`);
  }
  if (input.job === null || readMs === null) {
    const why =
      report.status === 'complete'
        ? `Unknown: Microsoft Graph does not list the provisioning job of this connection any more.${lastListed(input)}`
        : `Unknown: the job could not be read. ${report.failure?.message ?? ''}`.trim();
    return unread(input, why);
  }
  const facts = collectFacts(input.job, input, readMs);
  const { state, sentence, since } = judgeJob(facts);
  const next = nextExpected(facts, state);
  const { job, execution, nowMs } = facts;
  const syncAll = input.syncAll ?? null;
  const status: JobStatus = {
    id: job.id,
    state,
    sentence: input.choiceNote ? `${sentence} ${jobNoteSentence(input.choiceNote)}` : sentence,
    ...advice(state, facts),
    ...(since === null || since === undefined ? {} : { since: isoTime(since) }),
    ...(facts.quarantine === null ? {} : { quarantine: facts.quarantine }),
    ...(state === 'initial'
      ? {
          initial: estimateInitialCycle(job, {
            entries: input.assigned ?? null,
            syncAll,
            startedMs: timeOf(execution?.startedAt),
            nowMs,
          }),
        }
      : {}),
    ...(facts.forecast === null || !worksOnEntries.includes(state) ? {} : { forecast: facts.forecast }),
    ...(execution === null ? {} : { lastExecution: executionInfo(execution) }),
    ...(next === null ? {} : { nextExpectedAt: isoTime(next) }),
    intervalMs: job.schedule.intervalMs,
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
