import type { Evidence } from '../../contract/models/finding.ts';
import type { JobState } from '../../contract/models/job-status.ts';
import { describeSpan } from '../health/describe-time.ts';
import { familyOf } from '../health/explain-quarantine.ts';
import { healthState } from '../health/health-states.ts';
import { is } from '../health/job-facts.ts';
import { evidence } from '../investigation/case-base.ts';
import { chooseJob, chooseJobAdvice, describeJobChoice, isSwitchedOn, jobNoteSentence } from '../model/choose-job.ts';
import type { SynchronizationJob } from '../model/synchronization.ts';
import { isApplicationGone } from './application-checks.ts';
import { counted, notCheckable, right, wrong, type CheckRule, type Decision } from './check-rule.ts';
import type { SetUpFacts } from './facts.ts';

const readAt = ({ sources }: SetUpFacts): string | null =>
  sources.find(({ source }) => source === 'jobs')?.lastCompleteAt ?? null;

const fact = (facts: SetUpFacts, text: string, job: SynchronizationJob | null = facts.job): Evidence =>
  evidence('jobs', job?.id ?? facts.connection.jobId, text, readAt(facts));

const noJob = (): Decision => notCheckable('There is no provisioning job to look at.');

const exists: CheckRule = {
  id: 'job-exists',
  needs: ['jobs'],
  decide(facts) {
    const { connection, job, jobs, profile } = facts;
    const chosen = describeJobChoice(chooseJob(jobs, connection.jobId));
    if (isApplicationGone(facts)) {
      return wrong(
        'The provisioning job went with its enterprise application, which is not in Entra any more.',
        'Restore the application, or set it up again and connect the new one.',
        ...(job ? [fact(facts, `It was the job ${job.id}.`)] : []),
      );
    }
    if (job) {
      return right(
        'The provisioning job of this connection is there.',
        fact(facts, `Its id is ${job.id}${job.templateId ? `, its template "${job.templateId}"` : ''}.`),
        ...(chosen === null ? [] : [fact(facts, jobNoteSentence(chosen))]),
      );
    }
    if (jobs.length === 0) {
      return wrong(
        'The application has no provisioning job, so nothing is ever provisioned.',
        `Open "Provisioning" of the enterprise application, choose "Automatic", and set it up as the article of ${profile.name} describes.`,
        fact(facts, 'Entra lists no job.'),
      );
    }
    const listed = jobs.map((one) => fact(facts, `There is the job ${one.id} ("${one.status.code}").`, one));
    if (connection.jobId === null) {
      return {
        ...notCheckable(
          `The application has ${counted(jobs.length, 'job')}, and none is chosen for this connection.`,
          ...listed,
        ),
        fix: chooseJobAdvice,
      };
    }
    return wrong(
      `The provisioning job that this connection watches is gone; the application has ${jobs.length === 1 ? 'another one' : `${String(jobs.length)} others`} instead: provisioning was set up again.`,
      'Connect again with --replace and --job and the new id; the history stays.',
      fact(facts, `Entra no longer lists the job ${connection.jobId}.`),
      ...listed,
    );
  },
};

const on: CheckRule = {
  id: 'job-on',
  needs: ['jobs'],
  decide(facts) {
    const { job } = facts;
    if (!job) return noJob();
    const words = fact(facts, `Entra calls the schedule "${job.schedule.state}" and the state "${job.status.code}".`);
    if (is(job.status.code, 'notconfigured')) {
      return wrong(
        'Provisioning was never set up completely: the job has no credentials yet.',
        'Give tenant URL and secret token in the provisioning settings, test the connection, save, and start provisioning.',
        words,
      );
    }
    if (isSwitchedOn(job)) {
      const { intervalMs } = job.schedule;
      const cadence = intervalMs === null ? '' : `, a cycle about every ${describeSpan(intervalMs)}`;
      return right(`Provisioning is switched on${cadence}.`, words);
    }
    if (is(job.schedule.state, 'disabled') || is(job.schedule.state, 'paused') || is(job.status.code, 'paused')) {
      const state = is(job.schedule.state, 'disabled') ? 'switched off' : 'paused';
      return wrong(
        `Provisioning is ${state}: nothing is sent.`,
        'Find out in the audit log who did it and why, then start provisioning.',
        words,
      );
    }
    return notCheckable('Entra does not say whether the job is switched on.', words);
  },
};

const goodStates: readonly JobState[] = ['healthy', 'healthy-quiet'];

const healthy: CheckRule = {
  id: 'job-healthy',
  needs: ['jobs'],
  decide(facts) {
    const { job, jobStatus } = facts;
    if (!job || !jobStatus) return noJob();
    const { state, sentence, quarantine } = jobStatus;
    const last = jobStatus.lastExecution;
    const found = [
      ...(last
        ? [
            fact(
              facts,
              `The last cycle wrote ${counted(last.exported, 'change')}; ${counted(last.escrowed, 'entry', 'entries')} failed.`,
            ),
          ]
        : []),
      ...(quarantine?.message ? [fact(facts, `Entra says: ${quarantine.message}`)] : []),
    ];
    if (goodStates.includes(state)) return right(sentence, ...found);
    if (state === 'unknown') return notCheckable(sentence, ...found);
    // A first cycle is neither: how the job runs shows afterwards.
    if (state === 'initial') return notCheckable(sentence, ...found);
    const { steps } = quarantine ? familyOf(quarantine) : healthState(state);
    return wrong(sentence, steps.join(' '), ...found);
  },
};

/** What Entra keeps as JSON inside a setting; null when it is not there or no object. */
export const notificationOf = ({ settings }: SetUpFacts): Record<string, unknown> | null => {
  const text = settings?.SyncNotificationSettings;
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
};

/** A flag of that JSON, whatever its casing and whether it is text; null: not there. */
export const flagOf = (bag: Record<string, unknown>, name: string): boolean | null => {
  const key = Object.keys(bag).find((candidate) => is(candidate, name.toLowerCase()));
  const word = key === undefined ? '' : String(bag[key]).toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : null;
};

const mail: CheckRule = {
  id: 'notification-mail',
  needs: ['job-settings'],
  decide(facts) {
    const bag = notificationOf(facts);
    const isSet = bag && flagOf(bag, 'Enabled');
    const at = facts.sources.find(({ source }) => source === 'job-settings')?.lastCompleteAt ?? null;
    if (!bag || isSet === null) {
      return {
        ...notCheckable('Entra does not say whether anybody is told by mail when provisioning fails.'),
        fix: 'Look under "Settings" of the provisioning page whether "Send an email notification when a failure occurs" is ticked.',
      };
    }
    const fix =
      'Tick "Send an email notification when a failure occurs" under "Settings" of the provisioning page, and give the address of a team, not of one person.';
    const recipients = Object.entries(bag).find(([key]) => is(key, 'recipients'))?.[1];
    if (!isSet) {
      return wrong(
        'Nobody is told by mail when the job enters quarantine.',
        fix,
        evidence('job-settings', null, 'The notification mail is switched off.', at),
      );
    }
    if (typeof recipients === 'string' && recipients.trim() === '') {
      return wrong(
        'The notification mail is switched on, but it has no recipient.',
        fix,
        evidence('job-settings', null, 'The list of recipients is empty.', at),
      );
    }
    return right(
      'Entra sends a mail when the job enters quarantine.',
      evidence('job-settings', null, 'The notification mail is switched on.', at),
    );
  },
};

/** The provisioning job: there, on, well, and watched by somebody. */
export const jobChecks: readonly CheckRule[] = [exists, on, healthy, mail];
