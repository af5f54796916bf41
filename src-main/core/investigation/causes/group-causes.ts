import type { CauseId } from '../../../contract/models/investigation.ts';
import type { CauseEntry } from './cause-entry.ts';

const nextCycle = 'Wait for the next provisioning cycle.';
const order = (what: string): string => `provisioning-semantics.md 10, ${what}`;

type GroupCause = Extract<CauseId, `G${string}` | `M${string}`>;

/** The orders of groups (G) and of their members (M). */
export const groupCauses: Readonly<Record<GroupCause, CauseEntry>> = {
  G1: {
    title: 'The job handles no groups',
    meaning: 'The mapping of groups is missing or switched off, so that no group and no membership reaches UNIFI.',
    actor: 'entra-admin',
    steps: ['Switch the mapping of groups on in the provisioning settings, if groups are wanted in UNIFI.', nextCycle],
    source: order('group missing'),
  },
  G2: {
    title: 'The group is not assigned to UNIFI',
    meaning: 'Only groups that are assigned to the enterprise application are provisioned.',
    actor: 'entra-admin',
    steps: [
      'If {group} should be in UNIFI, assign it to the enterprise application; if it should not, have it removed there.',
      nextCycle,
    ],
    source: order('group missing'),
  },
  G3: {
    title: 'The group is left out by the scoping filter',
    meaning: 'The group is assigned, and a condition of the scoping filter for groups is not met.',
    actor: 'entra-admin',
    steps: [
      'If {group} should be in UNIFI, change its value, or widen the scoping filter for groups; Entra then looks at everything again.',
    ],
    source: order('group missing'),
  },
  'G4-missing': {
    title: 'The group has no display name',
    meaning: 'UNIFI finds groups by their display name, and this one has none.',
    actor: 'group-owner',
    steps: ['Give the group a display name in Entra.', nextCycle],
    source: order('group missing'),
  },
  'G4-duplicate': {
    title: 'Another group has the same display name',
    meaning: 'UNIFI finds groups by their display name, so that two groups of one name cannot both be provisioned.',
    actor: 'group-owner',
    steps: ['Give one of the groups of this name another display name in Entra.', nextCycle],
    source: order('group missing'),
  },
  G5: {
    title: 'The last attempt to write the group failed',
    meaning: 'The newest row of the provisioning log about the group says that the change was refused, and why.',
    actor: 'entra-admin',
    steps: [
      'Do what the error code asks for.',
      'Afterwards provision {group} on demand in Entra, or wait for the next attempt.',
    ],
    source: order('group missing'),
  },
  G6: {
    title: 'The group was renamed in UNIFI',
    meaning: 'The display name is what Entra finds groups by: a group renamed in UNIFI drifts away or is made twice.',
    actor: 'unifi-admin',
    steps: [
      'Give the group its name back in UNIFI: the name that it has in Entra.',
      'If there are two groups of it in UNIFI by now, have the one removed that Entra does not keep up to date.',
    ],
    source: order('duplicate group'),
  },
  M1: {
    title: 'Not a direct member of the group',
    meaning: 'Entra provisions the direct members of a group only; members of groups inside of it are not read.',
    actor: 'group-owner',
    steps: ['Add {person} to {group} itself.', nextCycle],
    source: order('member missing'),
  },
  M2: {
    title: "The member's own account is missing",
    meaning: 'A member can be added only when the member has an account in UNIFI; the cause lies with the person.',
    actor: 'entra-admin',
    steps: ['Put right what keeps {person} out of UNIFI; the membership follows.'],
    source: order('member missing'),
  },
  M3: {
    title: 'The member could not be resolved',
    meaning: "A row about the group says that Entra could not find the member's account when it wrote the members.",
    actor: 'entra-admin',
    steps: [
      'Check that {person} has an account in UNIFI that Entra manages.',
      'Take {person} out of {group} and add the person again; the reference is then written anew.',
    ],
    source: order('member missing'),
  },
  M4: {
    title: 'The member came back after having left',
    meaning: 'Entra enables somebody who returns, and does not put the person back into groups until a restart.',
    actor: 'entra-admin',
    steps: [
      'Take {person} out of {group} and add the person again, or restart provisioning: a restart writes all members anew.',
    ],
    source: order('member missing'),
  },
  M5: {
    title: 'UNIFI does not name the members',
    meaning: 'UNIFI answers for this group without its members, so that nobody can tell who is in it.',
    actor: 'unifi-admin',
    steps: [
      'Look at the members of {group} in UNIFI itself.',
      'Ask UNIFI why its interface leaves out the members of this group.',
    ],
    source: order('member missing'),
  },
  M6: {
    title: 'Changed in UNIFI itself',
    meaning: 'The membership was changed in UNIFI by hand. Entra does not notice such changes, and does not undo them.',
    actor: 'unifi-admin',
    steps: [
      'Ask the UNIFI administrator who changed the members of {group} and why.',
      'Have it changed back in UNIFI, or restart provisioning, so that Entra writes the members anew.',
    ],
    source: order('extra member'),
  },
  M7: {
    title: 'The membership changed only a moment ago',
    meaning: 'The membership was taken away in Entra, and the provisioning cycle for it is not due yet.',
    actor: 'wait',
    steps: ['Wait until {due}, collect again, and ask again.'],
    source: order('extra member'),
  },
  M8: {
    title: 'Writing the membership failed',
    meaning:
      'The newest row of the provisioning log about this membership says that UNIFI refused the change, and why.',
    actor: 'entra-admin',
    steps: [
      'Do what the error code asks for.',
      'Afterwards provision {group} with this member on demand in Entra, or wait for the next attempt.',
    ],
    source: order('extra member'),
  },
};
