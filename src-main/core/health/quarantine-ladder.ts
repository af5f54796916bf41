import type { QuarantineStep } from '../../contract/models/job-status.ts';
import { describeSpan, isoTime } from './describe-time.ts';

export interface QuarantineTimes {
  /** Epoch milliseconds; null where the job does not say. */
  since: number | null;
  lastAttempt: number | null;
  nextAttempt: number | null;
  disabledAfter: number | null;
  attempts: number | null;
}

/**
 * How Entra goes on with a quarantine: tried again step by step less often, down to once a day, and disabled after 28
 * days. The job names its last and next attempt; how long the steps between are is not documented.
 * provisioning-semantics.md 5.
 */
export const quarantineLadder = (times: QuarantineTimes, nowMs: number): QuarantineStep[] => {
  const { since, lastAttempt, nextAttempt, disabledAfter } = times;
  const at = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));
  const passed = (ms: number | null): boolean => ms !== null && ms < nowMs;
  const steps: QuarantineStep[] = [
    {
      at: at(since),
      title: 'Quarantined',
      text: 'Entra stopped working normally on this job, and sent a mail to the notification address, if one is set.',
      state: 'past',
    },
  ];
  if (lastAttempt !== null && lastAttempt !== since) {
    const often = times.attempts === null || times.attempts < 2 ? '' : ` It has done so ${times.attempts} times.`;
    steps.push({
      at: at(lastAttempt),
      title: 'Tried again',
      text: `Entra tried again and left the quarantine in force.${often}`,
      state: 'past',
    });
  }
  const spacing =
    lastAttempt !== null && nextAttempt !== null && nextAttempt > lastAttempt
      ? ` It is ${describeSpan(nextAttempt - lastAttempt)} after the last one.`
      : '';
  steps.push({
    at: at(nextAttempt),
    title: 'Next attempt',
    text: passed(nextAttempt)
      ? 'This attempt was due before the present moment; collect again to learn how it went.'
      : `A cycle that works lifts the quarantine.${spacing} Attempts become rarer step by step, down to one a day.`,
    state: passed(nextAttempt) ? 'past' : 'next',
  });
  steps.push({
    at: at(disabledAfter),
    title: 'Disabled',
    text: passed(disabledAfter)
      ? 'Entra disables a job after 28 days of quarantine: it has to be started again by hand.'
      : 'After 28 days of quarantine Entra disables the job: it then has to be started again by hand.',
    state: passed(disabledAfter) ? 'past' : 'coming',
  });
  return steps;
};
