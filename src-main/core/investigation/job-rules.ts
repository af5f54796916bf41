import type { Evidence } from '../../contract/models/finding.ts';
import type { CauseId } from '../../contract/models/investigation.ts';
import { jobTiming } from '../cross-check/job-timing.ts';
import { describeDay, describeMoment, timeOf } from '../health/describe-time.ts';
import { explainQuarantine } from '../health/explain-quarantine.ts';
import { is } from '../health/job-facts.ts';
import { chooseJobAdvice, jobNoteSentence } from '../model/choose-job.ts';
import { evidence, type CaseBase } from './case-base.ts';
import { adviceFor } from './causes.ts';
import { initialCycleEnd } from './initial-cycle.ts';
import type { Missing } from './why-unread.ts';
import { cause, note, ruledOut, type CauseVerdict, type Rule } from './rule.ts';
import { stoppage, stoppedBecause, stoppedCauses, type Stoppage } from './stoppage.ts';

const stopped = (subject: CaseBase, id: CauseId, kind: Stoppage): CauseVerdict => ({
  cause: id,
  sentence: `${subject.complaint} because ${stoppedBecause[kind]}.`,
});

/** What shows how the job is, how it was chosen, and, of one that is gone, how it was when a collection last listed it. */
const jobEvidence = ({ job, jobNote, jobId, readings }: CaseBase): Evidence[] => {
  const chosen = jobNote === null ? [] : [evidence('jobs', job?.id, jobNoteSentence(jobNote))];
  if (job) {
    const text = `Entra says that the schedule of the job is "${job.schedule.state}" and its state "${job.status.code}".`;
    return [evidence('jobs', job.id, text), ...chosen];
  }
  const last = readings.at(-1);
  const was = last && `with the schedule "${last.scheduleState}" and the state "${last.statusCode}"`;
  return [
    ...(chosen.length > 0 ? chosen : [evidence('jobs', jobId, 'Entra lists no such provisioning job.')]),
    ...(was === undefined
      ? []
      : [
          evidence(
            'jobs',
            jobId,
            `A collection last listed the job ${jobId ?? ''} here, ${was}.`,
            last?.seenAt ?? null,
          ),
        ]),
  ];
};

/**
 * Which job acts is not known: the watched one is gone and the application has another one in its place, or it has
 * several and none is chosen. What those do is not known here.
 */
export const unclearJob = ({ job, jobId, jobNote, otherJobs, isComplete }: CaseBase): Missing | null => {
  if (job !== null || otherJobs.length === 0 || !isComplete('jobs')) return null;
  if (jobId === null && jobNote !== null) return { why: jobNote, steps: [chooseJobAdvice, 'Collect, and ask again.'] };
  return {
    why: 'the provisioning job that this program watches was replaced by another one',
    steps: [
      `Connect this program to the new job (${otherJobs.map(({ id }) => id).join(', ')}), and collect.`,
      'Ask again.',
    ],
  };
};

/** The quarantine of the job, explained; null when it is in none. */
export const quarantineOf = ({ job, nowMs }: CaseBase): ReturnType<typeof explainQuarantine> | null => {
  if (!job || !(is(job.status.code, 'quarantine') || job.status.quarantine)) return null;
  return explainQuarantine(job.status.quarantine, nowMs);
};

/** A quarantine as the cause; one because of too many deletions is left by allowing them. provisioning-semantics.md 4 and 5. */
export const quarantineVerdict = (
  subject: CaseBase,
  id: 'A4' | 'B3-quarantine' | 'B7',
  quarantine: NonNullable<ReturnType<typeof quarantineOf>>,
): CauseVerdict => {
  const since = timeOf(quarantine.since);
  const begin = since === null ? '' : ` since ${describeDay(since, subject.nowMs)}`;
  const isGuard = is(quarantine.reason, 'toomanydeletes');
  return {
    cause: id,
    sentence: `${subject.complaint} because Entra holds back all changes for UNIFI${begin}: ${quarantine.meaning}.`,
    ...(isGuard ? adviceFor('B7', {}) : {}),
  };
};

/** A5: what waiting for the initial cycle reads like; B13 for somebody who should lose the access. */
export const initialCycleVerdict = (subject: CaseBase, id: 'A5' | 'B13'): CauseVerdict => {
  const expectedBy = initialCycleEnd(subject);
  const end = timeOf(expectedBy);
  const until = end === null ? '' : `, which should end by ${describeMoment(end, subject.nowMs)}`;
  return {
    cause: id,
    sentence: `${subject.complaint} because provisioning is still working through everyone for the first time${until}.`,
    steps: adviceFor('A5', subject.words).steps,
    ...(expectedBy === null ? {} : { expectedBy }),
  };
};

const jobOn: Rule<CaseBase> = {
  id: 'A3',
  title: 'Is there a provisioning job, and is it switched on?',
  needs: ['jobs'],
  decide(subject) {
    const unclear = unclearJob(subject);
    if (unclear) return { outcome: 'blind', source: 'jobs', evidence: jobEvidence(subject), instead: unclear };
    const kind = stoppage(subject.job);
    return kind
      ? cause(stopped(subject, stoppedCauses[kind], kind), ...jobEvidence(subject))
      : ruledOut(...jobEvidence(subject));
  },
};

const notHeldBack: Rule<CaseBase> = {
  id: 'A4',
  title: 'Does Entra hold back all changes (quarantine)?',
  needs: ['jobs'],
  decide(subject) {
    const quarantine = quarantineOf(subject);
    if (!quarantine) return ruledOut(evidence('jobs', subject.job?.id, 'The job is not in quarantine.'));
    const found = evidence('jobs', subject.job?.id, `In quarantine: ${quarantine.meaning}.`, quarantine.since);
    const since = timeOf(quarantine.since);
    const changed = timeOf(subject.timing.changedAt);
    const due = changed === null ? null : changed + jobTiming(subject.job).horizonMs;
    // What should have arrived before it began has another cause.
    if (since !== null && due !== null && due < since) return note(found);
    return cause(quarantineVerdict(subject, 'A4', quarantine), found);
  },
};

const initialCycle: Rule<CaseBase> = {
  id: 'A5',
  title: 'Has the job finished reading everyone once?',
  needs: ['jobs'],
  decide(subject) {
    const steady = timeOf(subject.job?.status.steadyStateFirstAchievedAt);
    if (!subject.job || steady !== null) {
      return ruledOut(
        evidence(
          'jobs',
          subject.job?.id,
          'The initial cycle has ended.',
          subject.job?.status.steadyStateFirstAchievedAt ?? null,
        ),
      );
    }
    return cause(
      initialCycleVerdict(subject, 'A5'),
      evidence('jobs', subject.job.id, 'The initial cycle has not ended yet.'),
    );
  },
};

/** A3 to A5: the job as a whole. */
export const jobRules: readonly Rule<CaseBase>[] = [jobOn, notHeldBack, initialCycle];

/** B3: nothing is sent, whatever the subject's state. */
export const stoppedJobRule: Rule<CaseBase> = {
  id: 'B3',
  title: 'Does the provisioning job run?',
  needs: ['jobs'],
  decide(subject) {
    const kind = stoppage(subject.job);
    if (kind === 'paused' || kind === 'disabled') {
      return cause(stopped(subject, kind === 'paused' ? 'B3-paused' : 'B3-disabled', kind), ...jobEvidence(subject));
    }
    const quarantine = quarantineOf(subject);
    if (quarantine && !is(quarantine.reason, 'toomanydeletes')) {
      const found = evidence('jobs', subject.job?.id, `In quarantine: ${quarantine.meaning}.`, quarantine.since);
      return cause(quarantineVerdict(subject, 'B3-quarantine', quarantine), found);
    }
    return kind ? note(...jobEvidence(subject)) : ruledOut(...jobEvidence(subject));
  },
};
