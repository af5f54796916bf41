import { is } from '../health/job-facts.ts';
import { evidence, type CaseBase } from './case-base.ts';
import { isInInitialCycle } from './initial-cycle.ts';
import { initialCycleVerdict, quarantineOf, quarantineVerdict } from './job-rules.ts';
import { rowEvidence } from './log-rules.ts';
import { cause, note, ruledOut, type Rule } from './rule.ts';

/** B4: accounts of people who lose the access are left alone. */
export const leftAlone: Rule<CaseBase> = {
  id: 'B4',
  title: 'Is the job told to leave accounts alone?',
  needs: [],
  uses: ['job-settings'],
  decide(subject) {
    const value = subject.settings?.SkipOutOfScopeDeletions;
    if (value === undefined || !subject.settings)
      return note(evidence('job-settings', null, 'The setting could not be read, or is not set.'));
    if (!is(value.trim(), 'true'))
      return ruledOut(evidence('job-settings', null, 'Accounts of people who left the scope are switched off.'));
    return cause(
      {
        cause: 'B4',
        sentence: `${subject.complaint} because the provisioning job is set to leave accounts alone when people lose their access.`,
      },
      evidence('job-settings', null, 'SkipOutOfScopeDeletions is true.'),
    );
  },
};

/** B7: the guard against accidental deletions. provisioning-semantics.md 4. */
export const heldBack: Rule<CaseBase> = {
  id: 'B7',
  title: 'Is the removal held back until somebody approves?',
  needs: ['provisioning-log', 'jobs'],
  decide(subject) {
    const staged = subject.rowsSince.find((row) => is(row.action, 'stageddelete'));
    const quarantine = quarantineOf(subject);
    if (quarantine && is(quarantine.reason, 'toomanydeletes')) {
      const found = evidence('jobs', subject.job?.id, `In quarantine: ${quarantine.meaning}.`, quarantine.since);
      return cause(quarantineVerdict(subject, 'B7', quarantine), found, ...(staged ? [rowEvidence(staged)] : []));
    }
    if (!staged) return ruledOut(evidence('provisioning-log', null, 'No removal is held back.'));
    return cause(
      {
        cause: 'B7',
        sentence: `${subject.complaint} because Entra holds the removal back until an administrator allows it.`,
      },
      rowEvidence(staged),
    );
  },
};

/** B13: a cycle that could take the access away is not due yet. */
export const notYet: Rule<CaseBase> = {
  id: 'B13',
  title: 'Is it too early?',
  needs: ['audit'],
  decide(subject) {
    const { timing, job } = subject;
    if (job && isInInitialCycle(job)) {
      return cause(
        initialCycleVerdict(subject, 'B13'),
        evidence('jobs', job.id, 'The initial cycle has not ended yet.'),
      );
    }
    if (timing.state !== 'pending')
      return ruledOut(evidence('audit', null, 'The change is long past.', timing.changedAt ?? null));
    return cause(
      {
        cause: 'B13',
        sentence: `${subject.complaint} because the access was taken away in Entra only a moment ago; UNIFI should know of it by ${subject.due}.`,
        ...(timing.expectedBy === undefined ? {} : { expectedBy: timing.expectedBy }),
      },
      ...timing.evidence,
    );
  },
};
