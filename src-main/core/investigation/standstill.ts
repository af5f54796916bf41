import type { JobState } from '../../contract/models/job-status.ts';
import { timeOf } from '../health/describe-time.ts';
import { is } from '../health/job-facts.ts';
import { completeSources, type CaseBase, type JobContext, type Standstill } from './case-base.ts';
import { stoppage } from './stoppage.ts';

/** Switched on in Entra, and without effect. provisioning-semantics.md 11. */
const standing: readonly JobState[] = ['failing', 'silent', 'late'];

const lastWork = ({ job, jobStatus, readings }: JobContext): number | null => {
  const status = job?.status;
  const isFailing = jobStatus?.state === 'failing';
  const executions = [
    isFailing ? null : status?.lastExecution,
    status?.lastSuccessfulExecution,
    status?.lastSuccessfulExecutionWithExports,
    ...readings.map(({ execution }) => execution),
  ];
  const moments = [
    ...executions.map((one) =>
      one && !is(one.state, 'failed') ? (timeOf(one.endedAt) ?? timeOf(one.startedAt)) : null,
    ),
    timeOf(status?.steadyStateLastAchievedAt),
    // Silence begins at the newest row, where that is newer than what the job says of itself.
    jobStatus?.state === 'silent' ? timeOf(jobStatus.since) : null,
  ].filter((ms) => ms !== null);
  return moments.length === 0 ? null : Math.max(...moments);
};

/** Null for a job that works, and for one that nobody could read. */
export const standstillOf = (context: JobContext): Standstill | null => {
  const { job, jobStatus, sources } = context;
  if (!job && !completeSources(sources).has('jobs')) return null;
  const isHeld = job !== null && (job.status.quarantine !== null || is(job.status.code, 'quarantine'));
  const isStanding = jobStatus !== null && standing.includes(jobStatus.state);
  return stoppage(job) !== null || isHeld || isStanding ? { workedMs: lastWork(context) } : null;
};

/** A cycle sees what is some minutes old, and takes some minutes itself. provisioning-semantics.md 1. */
const slackMs = 15 * 60_000;

/** Whether the job stands still, and did so already when something changed in Entra: then it has not seen the change. */
export const isUnseen = ({ standstill }: Pick<CaseBase, 'standstill'>, at: string | null | undefined): boolean => {
  const changedMs = timeOf(at);
  if (standstill === null || changedMs === null) return false;
  return standstill.workedMs === null || changedMs > standstill.workedMs - slackMs;
};
