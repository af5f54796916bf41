import type { FindingKind } from './finding.ts';
import type { VerdictActor } from './investigation.ts';

/** What is known of a kind of finding before it is found with anybody; a finding's own advice goes before it. */
export interface FindingKindWords {
  /** A few words, as a heading. */
  title: string;
  /** One whole sentence. */
  meaning: string;
  /** Who usually has to act. */
  actor: VerdictActor;
  /** What to do, in order. */
  steps: readonly string[];
}

/** Every kind of finding: what it is called, what it means, who usually acts, and what they do. findings.md 1 to 3. */
export const findingKindWords: Readonly<Record<FindingKind, FindingKindWords>> = {
  'missing-in-target': {
    title: 'Missing in UNIFI',
    meaning: 'Entitled in Entra and in scope, but UNIFI has no account for this person.',
    actor: 'entra-admin',
    steps: [
      'Investigate the person: the verdict names the cause.',
      'Put the cause right, then provision the person on demand in Entra.',
    ],
  },
  'inactive-in-target': {
    title: 'Inactive in UNIFI',
    meaning: 'Entitled in Entra and in scope, but the account in UNIFI is inactive.',
    actor: 'unifi-admin',
    steps: [
      'Investigate the person: the verdict says whether somebody switched the account off in UNIFI.',
      'Have the account switched on in UNIFI, or restart provisioning so that Entra does it.',
    ],
  },
  'active-not-entitled': {
    title: 'Active, not entitled',
    meaning: 'The account in UNIFI is active, although Entra does not entitle this person.',
    actor: 'entra-admin',
    steps: [
      'Assign the person in Entra if they should work in UNIFI, or correct the attributes that the scoping filter asks for.',
      'Otherwise have the account switched off in UNIFI.',
    ],
  },
  'active-source-gone': {
    title: 'Active, gone in Entra',
    meaning: 'The account in UNIFI is active, although the person is disabled or deleted in Entra.',
    actor: 'unifi-admin',
    steps: [
      'Have the account switched off in UNIFI, today.',
      'Investigate the person: the verdict says why Entra did not do it.',
    ],
  },
  'orphan-in-target': {
    title: 'Account without person',
    meaning: 'UNIFI has an active account that belongs to nobody in Entra.',
    actor: 'unifi-admin',
    steps: [
      'Ask in UNIFI who uses the account.',
      'Have it switched off when nobody needs it; otherwise make the person in Entra, so that Entra takes the account over.',
    ],
  },
  'attribute-drift': {
    title: 'Attribute differs',
    meaning: 'UNIFI holds another value than the mapping would write.',
    actor: 'entra-admin',
    steps: [
      'Correct the value in Entra (or where it is maintained) if UNIFI is right.',
      'Otherwise provision the person on demand, so that Entra writes its value again. An empty value is never sent: have it removed in UNIFI by hand.',
    ],
  },
  'duplicate-in-target': {
    title: 'Several accounts',
    meaning: 'UNIFI has more than one active account or group for the same person or group of Entra.',
    actor: 'unifi-admin',
    steps: [
      'Find out which of them Entra manages: the one that the provisioning log names.',
      'Have the others switched off or removed in UNIFI.',
    ],
  },
  'duplicate-match-value': {
    title: 'Match value not unique',
    meaning: 'Several people or groups in Entra have the same value by which UNIFI accounts are matched.',
    actor: 'entra-admin',
    steps: [
      'Find out whether they are the same human being, such as an employee who was also invited as a guest.',
      'If so, take the assignment from the one that is not needed; otherwise give each of them a value of their own.',
    ],
  },
  'missing-match-value': {
    title: 'No match value',
    meaning: 'The attribute by which UNIFI accounts are matched is empty in Entra.',
    actor: 'entra-admin',
    steps: ['Fill in the value in Entra, or where it is maintained.', 'Wait for the next provisioning cycle.'],
  },
  'stale-link': {
    title: 'Stale link',
    meaning: 'Entra still points at an account that is gone or belongs to somebody else.',
    actor: 'entra-admin',
    steps: [
      'Ask in UNIFI whether the account was removed or renamed there.',
      'Restart provisioning with a full match, so that Entra finds the present account or makes a new one.',
    ],
  },
  'group-missing-in-target': {
    title: 'Group missing in UNIFI',
    meaning: 'The group is in scope, but UNIFI does not have it.',
    actor: 'entra-admin',
    steps: [
      'Investigate the group: the verdict names the cause.',
      'Put the cause right, and wait for the next provisioning cycle.',
    ],
  },
  'group-orphan-in-target': {
    title: 'Group without source',
    meaning: 'UNIFI has a group that no group in scope of Entra stands behind.',
    actor: 'unifi-admin',
    steps: [
      'Assign the group in Entra if it should be in UNIFI.',
      'Otherwise have it removed in UNIFI when nobody needs it.',
    ],
  },
  'member-missing': {
    title: 'Member missing',
    meaning: 'A member of the group in Entra is not a member of the group in UNIFI.',
    actor: 'entra-admin',
    steps: [
      "Investigate the group with this member: the verdict says whether the member's own account is the cause.",
      'Remove and add the member in Entra, or restart provisioning, so that Entra writes the members anew.',
    ],
  },
  'member-extra': {
    title: 'Member too many',
    meaning: 'A member of the group in UNIFI is not a member of the group in Entra.',
    actor: 'unifi-admin',
    steps: ['Have the member removed in UNIFI, or add the person to the group in Entra if they should be in it.'],
  },
};
