import type { CauseId } from '../../../contract/models/investigation.ts';
import type { CauseEntry } from './cause-entry.ts';

const nextCycle = 'Wait for the next provisioning cycle.';
const askAgain = 'Collect again, and ask again.';
const afterFirstCycle = 'Wait for the first cycle to end, collect again, and ask again.';
const untilDue = 'Wait until {due}, collect again, and ask again.';
const onDemand = 'Provision {person} on demand in Entra: each step then says at once what it did.';
const tree = (rule: string): string => `provisioning-semantics.md 8, ${rule}`;

type MissingCause = Extract<CauseId, `A${string}` | `I${string}`>;

/** Tree A, and I1: why somebody has no account, or one that is switched off. */
export const missingCauses: Readonly<Record<MissingCause, CauseEntry>> = {
  'A2-soft-deleted': {
    title: 'Deleted in Entra, and still restorable',
    meaning:
      'The user was deleted in Entra less than 30 days ago. Entra switches the account off, and creates none for deleted users.',
    actor: 'entra-admin',
    steps: [
      'If that was a mistake, restore {person} in Entra under "Deleted users".',
      'Memberships of groups in UNIFI come back only with a restart of provisioning.',
    ],
    source: tree('A2'),
  },
  'A2-not-found': {
    title: 'Not in Entra any more',
    meaning: 'Neither the users nor the deleted users of Entra name the user, or the groups of Entra the group.',
    actor: 'entra-admin',
    steps: ['If that was not meant, make {person} in Entra anew and assign UNIFI.'],
    source: tree('A2'),
  },
  'A3-no-job': {
    title: 'There is no provisioning job',
    meaning: 'The enterprise application has no provisioning job, so that nothing is sent to UNIFI at all.',
    actor: 'entra-admin',
    steps: [
      'Set up provisioning again in the enterprise application in Entra, and connect this program to the new job.',
      afterFirstCycle,
    ],
    source: tree('A3'),
  },
  'A3-disabled': {
    title: 'Provisioning is switched off',
    meaning: 'The schedule of the provisioning job is disabled: nothing is sent to UNIFI.',
    actor: 'entra-admin',
    steps: [
      'Find out who switched provisioning off and why, then start it in the enterprise application in Entra.',
      afterFirstCycle,
    ],
    source: tree('A3'),
  },
  'A3-paused': {
    title: 'Provisioning is paused',
    meaning: 'An administrator paused the provisioning job: nothing is sent to UNIFI.',
    actor: 'entra-admin',
    steps: [
      'Find out who paused provisioning and why, then start it in the enterprise application in Entra.',
      afterFirstCycle,
    ],
    source: tree('A3'),
  },
  'A3-not-configured': {
    title: 'Provisioning was never set up completely',
    meaning: 'The provisioning job has no credentials for UNIFI, and so never ran.',
    actor: 'entra-admin',
    steps: [
      "Enter UNIFI's address and secret token in the provisioning settings, test the connection, and start it.",
      afterFirstCycle,
    ],
    source: tree('A3'),
  },
  'A3-not-run': {
    title: 'Provisioning was never started',
    meaning: 'The provisioning job is set up, and never ran.',
    actor: 'entra-admin',
    steps: ['Start provisioning in the enterprise application in Entra.', afterFirstCycle],
    source: tree('A3'),
  },
  A4: {
    title: 'Entra holds back all changes (quarantine)',
    meaning: 'The provisioning job is in quarantine, and tries again at most once a day until the reason is put right.',
    actor: 'entra-admin',
    steps: [
      'Put right what the quarantine names: a new secret token, the address, or the failing entries.',
      'Test the connection in the provisioning settings in Entra, then restart provisioning.',
    ],
    source: tree('A4'),
  },
  A5: {
    title: 'The initial cycle is still running',
    meaning: 'Provisioning still works through everybody for the first time, which takes from minutes to many hours.',
    actor: 'wait',
    steps: ['Wait until the initial cycle has ended; it can take hours.', askAgain],
    source: tree('A5'),
  },
  A6: {
    title: 'The job creates no accounts',
    meaning: 'The mapping of users is switched off, or may not create accounts.',
    actor: 'entra-admin',
    steps: [
      'Open the mapping of users in the provisioning settings, and tick "Create" under the target object actions.',
    ],
    source: tree('A6'),
  },
  A7: {
    title: 'Disabled in Entra',
    meaning: 'Sign-in is blocked in Entra. Entra never creates accounts for disabled people.',
    actor: 'entra-admin',
    steps: ['Enable {person} in Entra if they should work.', nextCycle],
    source: tree('A7'),
  },
  'A8-not-assigned': {
    title: 'Not assigned to UNIFI',
    meaning: 'Nobody assigned the application, neither to the person nor to a group of which the person is a member.',
    actor: 'entra-admin',
    steps: [
      'If {person} should work in UNIFI, add the person to an assigned group, or assign the application directly.',
      nextCycle,
    ],
    source: tree('A8'),
  },
  'A8-nested-group': {
    title: 'Only in a group that is nested in the assigned group',
    meaning: 'Entra provisions direct members of an assigned group only; it does not look into groups inside of it.',
    actor: 'group-owner',
    steps: ['Add {person} to {group} itself, or assign {inner} to UNIFI as well.', nextCycle],
    source: tree('A8'),
  },
  'A8-not-security-enabled': {
    title: 'The assigned group is not a security group',
    meaning: 'Entra provisions members of security groups only; an assigned group of another kind gives nobody access.',
    actor: 'entra-admin',
    steps: ['Assign a security group with the members of {group} to UNIFI, or assign {person} directly.', nextCycle],
    source: tree('A8'),
  },
  'A8-too-recent': {
    title: 'Assigned only a moment ago',
    meaning: 'The assignment or the membership is younger than a provisioning cycle needs.',
    actor: 'wait',
    steps: [untilDue],
    source: tree('A8'),
  },
  A9: {
    title: 'Left out by the scoping filter',
    meaning: 'The person is assigned, and a condition of the scoping filter of the provisioning job is not met.',
    actor: 'entra-admin',
    steps: [
      'If the value is wrong, have it corrected where it is maintained (often the HR system).',
      'If the value is right and {person} should be in UNIFI, widen the scoping filter; Entra then looks at everybody again.',
    ],
    source: tree('A9'),
  },
  'A10-missing': {
    title: 'No value to look for the account by',
    meaning: 'The attribute from which the user name in UNIFI is made is empty in Entra.',
    actor: 'entra-admin',
    steps: ['Fill in the missing value in Entra (or where it is maintained).', nextCycle],
    source: tree('A10'),
  },
  'A10-duplicate': {
    title: 'Somebody else has the same user name',
    meaning: 'Two people of Entra come to the same user name in UNIFI, and the account belongs to the other one.',
    actor: 'entra-admin',
    steps: [
      'Find out whether both are the same human being, such as an employee who was also invited as a guest.',
      'If so, take the assignment from the one that is not needed; otherwise give one of them another user name.',
    ],
    source: tree('A10'),
  },
  'A11-failure': {
    title: 'The last attempt failed',
    meaning: 'The newest row of the provisioning log says that UNIFI or Entra refused the change, and why.',
    actor: 'entra-admin',
    steps: [
      'Do what the error code asks for.',
      'Afterwards provision {person} on demand in Entra, or wait for the next attempt.',
    ],
    source: tree('A11'),
  },
  'A11-skipped': {
    title: 'Entra left the person out',
    meaning: 'The newest row of the provisioning log says that Entra decided to send nothing, and why.',
    actor: 'entra-admin',
    steps: [
      'Do what the reason of the log row asks for.',
      'Afterwards provision {person} on demand in Entra, or wait for the next attempt.',
    ],
    source: tree('A11'),
  },
  'A11-warning': {
    title: 'The last attempt ended with a warning',
    meaning: 'The newest row of the provisioning log was written with a caveat that explains the state.',
    actor: 'entra-admin',
    steps: [
      'Do what the warning asks for.',
      'Afterwards provision {person} on demand in Entra, or wait for the next attempt.',
    ],
    source: tree('A11'),
  },
  A11s: {
    title: 'Written successfully, and yet not there',
    meaning:
      'The log says that the account was written, and UNIFI has none: it was removed or hidden there, or Entra writes to another UNIFI tenant.',
    actor: 'unifi-admin',
    steps: [
      'Ask the UNIFI administrator whether the account was removed by hand.',
      'Compare the tenant URL of the provisioning job with the address of this UNIFI.',
      'When both are right, restart provisioning with a full match, so that Entra makes the account again.',
    ],
    source: tree('A11s'),
  },
  'A12-wait': {
    title: 'Changed only a moment ago',
    meaning: 'Something about the person or group changed in Entra, and the provisioning cycle for it is not due yet.',
    actor: 'wait',
    steps: [untilDue],
    source: tree('A12'),
  },
  'A12-gap': {
    title: 'Too long ago for the log',
    meaning: 'What happened lies before the stored provisioning log begins, so that it cannot be told any more.',
    actor: 'entra-admin',
    steps: [
      'Provision {person} on demand in Entra: that shows at once what stands in the way.',
      'If that is refused, restart provisioning, so that Entra looks at everybody again.',
    ],
    source: tree('A12'),
  },
  A13: {
    title: 'Missing, and nothing stored explains it',
    meaning:
      'Every rule about the person or group was tried and ruled out. A job that is failing, silent ' +
      'or late is named as what remains.',
    actor: 'entra-admin',
    steps: [onDemand, 'If that changes nothing, restart provisioning, so that Entra looks at everybody again.'],
    source: tree('A13'),
  },
  I1: {
    title: 'Switched off in UNIFI itself',
    meaning: "Somebody switched the account off in UNIFI after Entra's last write. Entra does not notice such changes.",
    actor: 'unifi-admin',
    steps: [
      'Ask the UNIFI administrator why the account was switched off.',
      'Switch it on in UNIFI, or restart provisioning, so that Entra writes it again.',
    ],
    source: 'provisioning-semantics.md 1, "blindness"',
  },
};
