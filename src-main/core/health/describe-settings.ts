import type { JobSettingFact } from '../../contract/models/job-health.ts';
import type { JobSettings, SynchronizationJob } from '../model/synchronization.ts';
import { describeSpan } from './describe-time.ts';

/** Parts of `SyncNotificationSettings`, which is JSON inside text. graph-provisioning.md 6. */
interface Notification {
  isOn: boolean | null;
  guardIsOn: boolean | null;
}

const unreadNotification: Notification = { isOn: null, guardIsOn: null };

const readNotification = (text: string | undefined): Notification => {
  if (text === undefined) return unreadNotification;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return unreadNotification;
    const flag = (name: string): boolean | null => {
      const found = (value as Record<string, unknown>)[name];
      return typeof found === 'boolean' ? found : null;
    };
    return { isOn: flag('Enabled'), guardIsOn: flag('DeleteThresholdEnabled') };
  } catch {
    // A shape that nobody documented: it says nothing.
    return unreadNotification;
  }
};

const flagOf = (value: string | undefined): boolean | null => {
  const word = value?.trim().toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : null;
};

const notRead = 'It could not be read, so that nothing can be said about it.';

const scope = (settings: JobSettings | null): Omit<JobSettingFact, 'id' | 'title'> => {
  const everyone = flagOf(settings?.SyncAll);
  if (everyone === null) return { value: null, meaning: notRead, notable: true };
  return everyone
    ? { value: 'everyone', meaning: 'Everyone of the directory is in scope, assigned or not.', notable: true }
    : {
        value: 'assigned only',
        meaning: 'Only assigned people, and direct members of assigned groups, are in scope.',
        notable: false,
      };
};

const removals = (settings: JobSettings | null): Omit<JobSettingFact, 'id' | 'title'> => {
  if (settings === null) return { value: null, meaning: notRead, notable: true };
  return flagOf(settings.SkipOutOfScopeDeletions) === true
    ? {
        value: 'kept',
        meaning: 'Those who leave the scope keep their account in UNIFI: nobody is deactivated.',
        notable: true,
      }
    : { value: 'deactivated', meaning: 'Those who leave the scope are deactivated in UNIFI.', notable: false };
};

const guard = (job: SynchronizationJob, { guardIsOn }: Notification): Omit<JobSettingFact, 'id' | 'title'> => {
  const threshold = job.settings['QuarantineTooManyDeletesThreshold'] ?? null;
  if (guardIsOn === false) {
    return { value: 'off', meaning: 'Nothing holds removals back, however many there are in a cycle.', notable: true };
  }
  if (guardIsOn === null && threshold === null) return { value: null, meaning: notRead, notable: true };
  return {
    value: threshold === null ? 'on' : `more than ${threshold}`,
    meaning:
      threshold === null
        ? 'Too many removals in one cycle are held back, and the job is quarantined until somebody allows them.'
        : `More than ${threshold} removals in one cycle are held back, and the job is quarantined until somebody allows them.`,
    notable: false,
  };
};

const notification = ({ isOn }: Notification): Omit<JobSettingFact, 'id' | 'title'> => {
  if (isOn === null) return { value: null, meaning: notRead, notable: true };
  return isOn
    ? { value: 'on', meaning: 'Entra sends a mail when it quarantines the job, if an address is set.', notable: false }
    : { value: 'off', meaning: 'Nobody is told when Entra quarantines the job.', notable: true };
};

/**
 * The settings that decide what provisioning does, in words. What could not be read is told as such.
 * graph-provisioning.md 5 and 6, provisioning-semantics.md 2 and 4.
 *
 * @param settings null when they could not be read
 */
export const describeSettings = (job: SynchronizationJob, settings: JobSettings | null): JobSettingFact[] => {
  const mail = readNotification(settings?.SyncNotificationSettings);
  const { intervalMs } = job.schedule;
  const address = settings?.BaseAddress ?? null;
  return [
    { id: 'scope', title: 'Who is in scope', ...scope(settings) },
    { id: 'skip-removals', title: 'Those who leave', ...removals(settings) },
    { id: 'deletion-guard', title: 'Deletion guard', ...guard(job, mail) },
    { id: 'notification', title: 'Mail about trouble', ...notification(mail) },
    {
      id: 'interval',
      title: 'Schedule',
      value: intervalMs === null ? null : `every ${describeSpan(intervalMs)}`,
      meaning:
        intervalMs === null
          ? 'The schedule names no interval, as that of a disabled job.'
          : 'The time between the beginnings of two cycles; it cannot be set.',
      notable: false,
    },
    {
      id: 'address',
      title: 'Address of UNIFI',
      value: address,
      meaning: address === null ? notRead : 'Where Entra writes to.',
      notable: address === null,
    },
  ];
};
