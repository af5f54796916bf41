import type { CauseId, Verdict } from '../../contract/models/investigation.ts';
import { jobTiming } from '../cross-check/job-timing.ts';
import { describeDay, describeMoment, timeOf } from '../health/describe-time.ts';
import { explainQuarantine } from '../health/explain-quarantine.ts';
import { is } from '../health/job-facts.ts';
import type { SynchronizationJob } from '../model/synchronization.ts';
import { evidence, type PersonCase } from './person-case.ts';
import { cause, note, ruledOut, type Rule } from './rule.ts';

/** In what way the job does not run; null: it does. provisioning-semantics.md 8, A3. */
export const stoppage = (
  job: SynchronizationJob | null,
): 'no-job' | 'disabled' | 'paused' | 'not-configured' | 'not-run' | null => {
  if (!job) return 'no-job';
  const { schedule, status } = job;
  if (is(status.code, 'notconfigured')) return 'not-configured';
  // In its initial cycle a job still says "NotRun".
  const ran =
    timeOf(status.lastExecution?.startedAt) !== null ||
    timeOf(status.steadyStateFirstAchievedAt) !== null ||
    status.progress.some(({ completedUnits }) => completedUnits > 0);
  if (!ran && !status.quarantine && (is(status.code, 'notrun') || is(schedule.state, 'active'))) return 'not-run';
  if (is(schedule.state, 'disabled')) return 'disabled';
  return is(schedule.state, 'paused') || is(status.code, 'paused') ? 'paused' : null;
};

const because: Record<NonNullable<ReturnType<typeof stoppage>>, { why: string; fix: string }> = {
  'no-job': {
    why: 'the provisioning job that did this does not exist any more',
    fix: 'Set up provisioning again in the enterprise application in Entra, and connect this program to the new job.',
  },
  disabled: {
    why: 'provisioning to UNIFI is switched off in Entra',
    fix: 'Find out who switched provisioning off and why, then start it in the enterprise application in Entra.',
  },
  paused: {
    why: 'provisioning to UNIFI is paused in Entra',
    fix: 'Find out who paused provisioning and why, then start it in the enterprise application in Entra.',
  },
  'not-configured': {
    why: 'provisioning to UNIFI was never set up completely: the job has no credentials',
    fix: "Enter UNIFI's address and secret token in the provisioning settings, test the connection, and start it.",
  },
  'not-run': {
    why: 'provisioning to UNIFI is set up but was never started',
    fix: 'Start provisioning in the enterprise application in Entra.',
  },
};
const stoppedCauses: Record<NonNullable<ReturnType<typeof stoppage>>, CauseId> = {
  'no-job': 'A3-no-job',
  disabled: 'A3-disabled',
  paused: 'A3-paused',
  'not-configured': 'A3-not-configured',
  'not-run': 'A3-not-run',
};

/** A sentence part for what is wrong with the person's access, such as "is not in UNIFI". */
export const complaint = ({ source, target, name }: PersonCase): string => {
  if (target === 'active') return `${name} is still active in UNIFI`;
  if (target === 'inactive') return `The UNIFI account of ${name} is switched off`;
  if (target === 'unknown') return `Whether ${name} is in UNIFI is not known`;
  return source === 'in-scope' ? `${name} is missing in UNIFI` : `${name} is not in UNIFI`;
};

const stopped = (person: PersonCase, id: CauseId, kind: NonNullable<ReturnType<typeof stoppage>>): Verdict => ({
  cause: id,
  sentence: `${complaint(person)} because ${because[kind].why}.`,
  certainty: 'certain',
  actor: 'entra-admin',
  steps: [because[kind].fix, 'Wait for the first cycle to end, collect again, and ask again.'],
});

const jobEvidence = (person: PersonCase) =>
  evidence(
    'jobs',
    person.job?.id,
    person.job
      ? `Entra says that the schedule of the job is "${person.job.schedule.state}" and its state "${person.job.status.code}".`
      : 'Entra lists no such provisioning job.',
  );

export const quarantineOf = (person: PersonCase): ReturnType<typeof explainQuarantine> | null => {
  const { job } = person;
  if (!job || !(is(job.status.code, 'quarantine') || job.status.quarantine)) return null;
  return explainQuarantine(job.status.quarantine);
};

export const quarantineVerdict = (
  person: PersonCase,
  id: 'A4' | 'B3-quarantine' | 'B7',
  quarantine: NonNullable<ReturnType<typeof quarantineOf>>,
): Verdict => {
  const since = timeOf(quarantine.since);
  const begin = since === null ? '' : ` since ${describeDay(since, person.nowMs)}`;
  const tooMany = is(quarantine.reason, 'toomanydeletes');
  return {
    cause: id,
    sentence: `${complaint(person)} because Entra holds back all changes for UNIFI${begin}: ${quarantine.meaning}.`,
    certainty: 'certain',
    actor: 'entra-admin',
    steps: tooMany
      ? [
          'Look through the removals that Entra holds back: are all of them meant?',
          'If they are, allow them in the provisioning settings. If not, put the assignments right first, then restart.',
        ]
      : [
          'Put right what the quarantine names: a new secret token, the address, or the failing entries.',
          'Test the connection in the provisioning settings in Entra, then restart provisioning.',
        ],
  };
};

const jobOn: Rule = {
  id: 'A3',
  title: 'Is there a provisioning job, and is it switched on?',
  needs: ['jobs'],
  decide(person) {
    const kind = stoppage(person.job);
    return kind
      ? cause(stopped(person, stoppedCauses[kind], kind), jobEvidence(person))
      : ruledOut(jobEvidence(person));
  },
};

const notHeldBack: Rule = {
  id: 'A4',
  title: 'Does Entra hold back all changes (quarantine)?',
  needs: ['jobs'],
  decide(person) {
    const quarantine = quarantineOf(person);
    if (!quarantine) return ruledOut(evidence('jobs', person.job?.id, 'The job is not in quarantine.'));
    const found = evidence('jobs', person.job?.id, `In quarantine: ${quarantine.meaning}.`, quarantine.since);
    const since = timeOf(quarantine.since);
    const changed = timeOf(person.timing.changedAt);
    const due = changed === null ? null : changed + jobTiming(person.job).horizonMs;
    // What should have arrived before it began has another cause.
    if (since !== null && due !== null && due < since) return note(found);
    return cause(quarantineVerdict(person, 'A4', quarantine), found);
  },
};

const initialCycle: Rule = {
  id: 'A5',
  title: 'Has the job finished reading everyone once?',
  needs: ['jobs'],
  decide(person) {
    const steady = timeOf(person.job?.status.steadyStateFirstAchievedAt);
    if (!person.job || steady !== null) {
      return ruledOut(
        evidence(
          'jobs',
          person.job?.id,
          'The initial cycle has ended.',
          person.job?.status.steadyStateFirstAchievedAt ?? null,
        ),
      );
    }
    const found = evidence('jobs', person.job.id, 'The initial cycle has not ended yet.');
    return cause(
      {
        cause: 'A5',
        sentence: `${complaint(person)} because provisioning is still working through everyone for the first time.`,
        actor: 'wait',
        steps: ['Wait until the initial cycle has ended; it can take hours.', 'Collect again, and ask again.'],
      },
      found,
    );
  },
};

/** A3 to A5: the job as a whole. */
export const jobRules: readonly Rule[] = [jobOn, notHeldBack, initialCycle];

/** B3: nothing is sent, whatever the person's state. */
export const stoppedJobRule: Rule = {
  id: 'B3',
  title: 'Does the provisioning job run?',
  needs: ['jobs'],
  decide(person) {
    const kind = stoppage(person.job);
    if (kind === 'paused' || kind === 'disabled') {
      return cause(stopped(person, kind === 'paused' ? 'B3-paused' : 'B3-disabled', kind), jobEvidence(person));
    }
    const quarantine = quarantineOf(person);
    if (quarantine && !is(quarantine.reason, 'toomanydeletes')) {
      const found = evidence('jobs', person.job?.id, `In quarantine: ${quarantine.meaning}.`, quarantine.since);
      return cause(quarantineVerdict(person, 'B3-quarantine', quarantine), found);
    }
    return kind ? note(jobEvidence(person)) : ruledOut(jobEvidence(person));
  },
};

/** What the job as a whole adds where no rule explains the person; empty when it is healthy. */
export const jobRemark = ({ jobStatus, job }: PersonCase): string => {
  if (!job) return ' There is no provisioning job that could act.';
  if (!jobStatus || ['healthy', 'healthy-quiet', 'unknown'].includes(jobStatus.state)) return '';
  return ` The job itself needs attention: ${jobStatus.sentence}`;
};

export const dueText = (person: PersonCase): string => {
  const due = timeOf(person.timing.expectedBy);
  return due === null ? 'the next cycle' : describeMoment(due, person.nowMs);
};
