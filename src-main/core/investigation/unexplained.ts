import type { CaseBase } from './case-base.ts';
import { jobRemark } from './job-remark.ts';
import { unclearJob } from './job-rules.ts';
import { cause, type Rule } from './rule.ts';

/** A13, for whoever or whatever should be there; also for an account that is switched off. */
export const unexplainedAbsence: Rule<CaseBase> = {
  id: 'A13',
  title: 'Nothing of the above explains it.',
  needs: [],
  isLast: true,
  decide: (subject) =>
    subject.doubt
      ? { outcome: 'blind', source: 'schema', evidence: [], instead: subject.doubt }
      : cause({
          cause: 'A13',
          sentence: `${subject.complaint}, and nothing that is stored explains it.${jobRemark(subject)}`,
          certainty: 'likely',
        }),
};

/** B15, for whoever or whatever should not be there. */
export const unexplainedPresence: Rule<CaseBase> = {
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
    return cause({
      cause: 'B15',
      sentence: `${subject.complaint}, and nothing that is stored explains it.${jobRemark(subject)}`,
      certainty: 'likely',
    });
  },
};
