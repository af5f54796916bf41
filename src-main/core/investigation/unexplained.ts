import type { Verdict } from '../../contract/models/investigation.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { is } from '../health/job-facts.ts';
import type { CaseBase } from './case-base.ts';
import { adviceFor } from './causes.ts';
import { jobRemark } from './job-remark.ts';
import { unclearJob } from './job-rules.ts';
import { cause, type CauseVerdict, type Rule } from './rule.ts';
import { isUnseen } from './standstill.ts';
import { stoppage, stoppedBecause, stoppedCauses } from './stoppage.ts';

/** A job that only may be late is not waited for: somebody looks after it. */
const advised = ({ jobStatus }: CaseBase): Partial<Pick<Verdict, 'actor' | 'steps'>> =>
  jobStatus === null
    ? {}
    : { steps: jobStatus.steps, ...(is(jobStatus.actor, 'wait') ? {} : { actor: jobStatus.actor }) };

/**
 * Where no rule about the subject explains it, the job does: by not existing, or by having done nothing since the change.
 * Else nothing does, and what is wrong with the job is only added.
 */
const remaining = (subject: CaseBase): Pick<CauseVerdict, 'sentence' | 'actor' | 'steps'> => {
  const { complaint, job, jobStatus, nowMs, timing } = subject;
  const kind = stoppage(job);
  if (kind) {
    return {
      sentence: `${complaint}, and no provisioning job works on it: ${stoppedBecause[kind]}.`,
      ...adviceFor(stoppedCauses[kind], subject.words),
    };
  }
  const needsCare = jobStatus !== null && !['healthy', 'healthy-quiet', 'unknown'].includes(jobStatus.state);
  const changedMs = timeOf(timing.changedAt);
  if (needsCare && changedMs !== null && isUnseen(subject, timing.changedAt)) {
    const moment = describeMoment(changedMs, nowMs);
    return {
      sentence: `${complaint} because the provisioning job has not worked since something changed in Entra on ${moment}. ${jobStatus.sentence}`,
      ...advised(subject),
    };
  }
  const remark = needsCare ? jobRemark(jobStatus) : '';
  return { sentence: `${complaint}, and nothing that is stored explains it.${remark}` };
};

/** A13, for whoever or whatever should be there; also for an account that is switched off. */
export const unexplainedAbsence: Rule<CaseBase> = {
  id: 'A13',
  title: 'Nothing of the above explains it.',
  needs: [],
  isLast: true,
  decide: (subject) =>
    subject.doubt
      ? { outcome: 'blind', source: 'schema', evidence: [], instead: subject.doubt }
      : cause({ cause: 'A13', certainty: 'likely', ...remaining(subject) }),
};

/**
 * B15, for whoever or whatever should not be there.
 *
 * @param byHand what takes the access away at once, whatever the job does
 */
export const unexplainedPresence = (byHand: string): Rule<CaseBase> => ({
  id: 'B15',
  title: 'Nothing of the above explains it.',
  needs: [],
  uses: ['job-settings'],
  isLast: true,
  decide: (subject) => {
    const unclear = unclearJob(subject);
    if (unclear) return { outcome: 'blind', source: 'jobs', evidence: [], instead: unclear };
    // B4 is no cause as long as it cannot be read, but it may well be the one.
    if (subject.job && !subject.settings) return { outcome: 'blind', source: 'job-settings', evidence: [] };
    const { steps = adviceFor('B15', subject.words).steps.slice(1), ...verdict } = remaining(subject);
    return cause({ cause: 'B15', certainty: 'likely', ...verdict, steps: [byHand, ...steps] });
  },
});
