import type { JobState, JobStatus } from '../../contract/models/job-status.ts';
import type { Verdict } from '../../contract/models/investigation.ts';
import type { CaseBase } from './case-base.ts';

/** What a job that needs attention adds to a sentence about somebody else. */
export const jobRemark = ({ sentence }: JobStatus): string => ` The job itself needs attention: ${sentence}`;

/** Rules of their own look at a job that stands still; in these it should run, and does not come to anything. */
const doubtful: readonly JobState[] = ['failing', 'silent', 'late'];

/** Who is told to wait for the next cycle has to know that this job may not bring one. */
export const doubtWaiting = (verdict: Verdict, { jobStatus }: CaseBase): Verdict => {
  if (verdict.actor !== 'wait' || !jobStatus || !doubtful.includes(jobStatus.state)) return verdict;
  const certainty = verdict.certainty === 'certain' ? 'likely' : verdict.certainty;
  return { ...verdict, sentence: `${verdict.sentence}${jobRemark(jobStatus)}`, certainty };
};
