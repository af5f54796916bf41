import type { JobState } from '../../contract/models/job-status.ts';
import { describeDay, describeMoment, describeSpan, timeOf } from './describe-time.ts';
import { executionInfo, hasBegun, is, realExecution } from './job-facts.ts';
import type { JobFacts } from './job-facts.ts';

const dayMs = 24 * 3_600_000;
/** Above both, entries that wait for another attempt are no single cases any more; quarantine begins at 40 %. */
const manyEscrows = { count: 10, share: 0.4 };

export interface JobVerdict {
  state: JobState;
  sentence: string;
  /** Epoch milliseconds. */
  since?: number | null;
}

const quarantined = ({ quarantine, nowMs, job }: JobFacts): JobVerdict | null => {
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

const stopped = ({ job, endedMs, nowMs }: JobFacts): JobVerdict | null => {
  // A job without credentials is shown as disabled, too; that it was never set up says more.
  if (is(job.status.code, 'notconfigured')) return null;
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

const failing = ({ job, execution, nowMs }: JobFacts): JobVerdict | null => {
  const count = job.status.countSuccessiveCompleteFailures;
  if (count <= 0 && !(execution !== null && is(execution.state, 'failed'))) return null;
  const error = execution === null ? null : executionInfo(execution);
  const why = error?.errorMessage ?? error?.errorCode ?? 'Entra gives no reason';
  const good = timeOf(realExecution(job.status.lastSuccessfulExecution)?.endedAt);
  const begin = count > 1 ? `The last ${count} cycles failed as a whole` : 'The last cycle failed as a whole';
  const last = good === null ? '' : ` The last good one ended on ${describeMoment(good, nowMs)}.`;
  return { state: 'failing', sentence: `${begin}: ${why.replace(/[.\s]+$/, '')}.${last}`, since: good };
};

const beginning = ({ job, execution, nowMs }: JobFacts): JobVerdict | null => {
  const steady = timeOf(job.status.steadyStateFirstAchievedAt);
  if (is(job.status.code, 'notconfigured')) {
    return { state: 'never-run', sentence: 'Never set up: the job has no credentials for UNIFI yet.' };
  }
  if (!hasBegun(job)) {
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

/**
 * Silent: neither executions nor log rows for a day; late: the last sign is older than three intervals. Where the job
 * names no execution, rows are the only sign, and those may rest for as long as they usually do.
 */
const overdue = (facts: JobFacts): JobVerdict | null => {
  const { readMs, activeMs, endedMs, intervalMs, logComplete, nowMs } = facts;
  const patienceMs = endedMs === null ? Math.max(3 * intervalMs, facts.quietLimitMs) : 3 * intervalMs;
  if (activeMs === null || readMs - activeMs <= patienceMs) return null;
  const cadence = `although a cycle is due every ${describeSpan(intervalMs)}`;
  const log = logComplete ? '' : ' The provisioning log was not read completely, so that it proves nothing.';
  if (readMs - activeMs > Math.max(dayMs, patienceMs) && logComplete) {
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

const escrows = ({ job, execution, earlier, forecast, nowMs }: JobFacts): JobVerdict | null => {
  const count = execution?.countEscrowed ?? 0;
  if (job.status.escrowsPruned) {
    return {
      state: 'escrows',
      sentence: 'Running, but Entra threw away errors of the initial cycle: those people are not tried again.',
    };
  }
  if (execution === null || !is(execution.state, 'entrylevelerrors')) return null;
  const many = count >= manyEscrows.count && count > manyEscrows.share * execution.countExports;
  // A tenth more or less is a retry that fell into one cycle and not into the other.
  const rising = earlier !== null && count > earlier.count + Math.max(1, earlier.count / 10);
  const near = forecast !== null && forecast.level !== 'far';
  if (!rising && !many && !near) return null;
  const change = rising ? `, ${count - earlier.count} more than on ${describeMoment(earlier.atMs, nowMs)}` : '';
  return {
    state: 'escrows',
    sentence: `Running, but ${count} entries failed and wait for another attempt${change}.${near ? ` ${forecast.sentence}` : ''}`,
  };
};

const running = (facts: JobFacts): JobVerdict => {
  const { job, execution, endedMs, logComplete, logNewestMs, readMs, nowMs, quietLimitMs } = facts;
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
  if (logComplete && (logNewestMs === null || readMs - logNewestMs > quietLimitMs)) {
    const rows =
      logNewestMs === null
        ? 'The log has no rows.'
        : `There was nothing to do since ${describeMoment(logNewestMs, nowMs)}, which is longer than usual.`;
    return { state: 'healthy-quiet', sentence: `Healthy and quiet: ${last}. ${rows}${waiting}` };
  }
  return { state: 'healthy', sentence: `Healthy: ${last}.${waiting}` };
};

const rules = [quarantined, stopped, failing, beginning, overdue, escrows];

/** The first rule that fits, in the order of `jobStates`: worst first. provisioning-semantics.md 11. */
export const judgeJob = (facts: JobFacts): JobVerdict => {
  for (const rule of rules) {
    const verdict = rule(facts);
    if (verdict !== null) return verdict;
  }
  return running(facts);
};
