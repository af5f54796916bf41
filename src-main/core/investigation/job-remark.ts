import type { JobState, JobStatus } from '../../contract/models/job-status.ts';
import type { Verdict } from '../../contract/models/investigation.ts';
import type { CaseBase } from './case-base.ts';

const remarkOf = ({ sentence }: JobStatus): string => ` The job itself needs attention: ${sentence}`;

/** What the job as a whole adds where no rule explains the subject; empty when it is healthy. */
export const jobRemark = ({ jobStatus, job }: CaseBase): string => {
  if (!job) return ' There is no provisioning job that could act.';
  if (!jobStatus || ['healthy', 'healthy-quiet', 'unknown'].includes(jobStatus.state)) return '';
  return remarkOf(jobStatus);
};

/** Rules of their own look at a job that stands still; in these it should run, and does not come to anything. */
const doubtful: readonly JobState[] = ['failing', 'silent', 'late'];

/** Who is told to wait for the next cycle has to know that this job may not bring one. */
export const doubtWaiting = (verdict: Verdict, { jobStatus }: CaseBase): Verdict => {
  if (verdict.actor !== 'wait' || !jobStatus || !doubtful.includes(jobStatus.state)) return verdict;
  const certainty = verdict.certainty === 'certain' ? 'likely' : verdict.certainty;
  return { ...verdict, sentence: `${verdict.sentence}${remarkOf(jobStatus)}`, certainty };
};
