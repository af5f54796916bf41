import type { CauseId } from '../../../contract/models/investigation.ts';
import type { CauseEntry } from './cause-entry.ts';
import { missingCauses } from './missing-causes.ts';

const tree = (rule: string): string => `provisioning-semantics.md 9, ${rule}`;

type ActiveCause = Extract<CauseId, `B${string}`>;

/** Tree B: why somebody who should not be is still active. */
export const stillActiveCauses: Readonly<Record<ActiveCause, CauseEntry>> = {
  B1: {
    title: 'A second account of the same person',
    meaning: 'The person is rightly active, and UNIFI has more than one active account for this person.',
    actor: 'unifi-admin',
    steps: [
      'Find out which of the accounts is in use; Entra keeps only one of them up to date.',
      'Have the other one removed in UNIFI.',
    ],
    source: tree('B1'),
  },
  B2: {
    title: 'Nobody in Entra belongs to it',
    meaning: 'The account or group was made in UNIFI itself. Entra never managed it, and never will.',
    actor: 'unifi-admin',
    steps: [
      'Find out what it is for, such as an external partner or a service.',
      'If nobody needs it, have it removed in UNIFI; Entra will not do it.',
    ],
    source: tree('B2'),
  },
  'B3-paused': {
    title: 'Provisioning is paused',
    meaning: 'An administrator paused the provisioning job: nothing is taken away in UNIFI either.',
    actor: 'entra-admin',
    steps: missingCauses['A3-paused'].steps,
    source: tree('B3'),
  },
  'B3-disabled': {
    title: 'Provisioning is switched off',
    meaning: 'The schedule of the provisioning job is disabled: nothing is taken away in UNIFI either.',
    actor: 'entra-admin',
    steps: missingCauses['A3-disabled'].steps,
    source: tree('B3'),
  },
  'B3-quarantine': {
    title: 'Entra holds back all changes (quarantine)',
    meaning: 'The provisioning job is in quarantine, and takes nothing away in UNIFI until the reason is put right.',
    actor: 'entra-admin',
    steps: missingCauses.A4.steps,
    source: tree('B3'),
  },
  B4: {
    title: 'The job is set to leave accounts alone',
    meaning: 'The setting "SkipOutOfScopeDeletions" keeps the accounts of everybody who loses the access.',
    actor: 'entra-admin',
    steps: [
      'Decide whether that is still wanted: it also keeps people who left.',
      'Set "SkipOutOfScopeDeletions" of the job back to false, and have this account switched off in UNIFI meanwhile.',
    ],
    source: tree('B4'),
  },
  B5: {
    title: 'The job never says who is active',
    meaning: 'Nothing maps the computed value IsSoftDeleted to "active", so that no switching-off is ever sent.',
    actor: 'entra-admin',
    steps: [
      'Add the mapping of "active" with the expression Not([IsSoftDeleted]) to the mapping of users.',
      'Saving it makes Entra look at everybody again; until then have this account switched off in UNIFI.',
    ],
    source: tree('B5'),
  },
  'B6-update': {
    title: 'The job may not change accounts',
    meaning: 'The "Update" action of the mapping is switched off, and switching an account off is an update.',
    actor: 'entra-admin',
    steps: [
      'Tick "Update" under the target object actions of the mapping.',
      'Have this account removed in UNIFI; what was missed meanwhile is not always made up for.',
    ],
    source: tree('B6'),
  },
  'B6-delete': {
    title: 'The job may not delete',
    meaning: 'The "Delete" action of the mapping is switched off, so that what was deleted for good in Entra stays.',
    actor: 'entra-admin',
    steps: [
      'Tick "Delete" under the target object actions of the mapping.',
      'Have this account removed in UNIFI; what was missed meanwhile is not always made up for.',
    ],
    source: tree('B6'),
  },
  B7: {
    title: 'The removal waits for approval',
    meaning: 'The guard against accidental deletions stopped the removal until an administrator allows it.',
    actor: 'entra-admin',
    steps: [
      'Look through the removals that Entra holds back: are all of them meant?',
      'If they are, allow them in the provisioning settings. If not, put the assignments right first, then restart.',
    ],
    source: tree('B7'),
  },
  B8: {
    title: 'The job never managed the account',
    meaning: 'The account was made in UNIFI itself, and no success in the log names it: Entra will not touch it.',
    actor: 'unifi-admin',
    steps: [
      'Find out who made the account and for what.',
      'If nobody needs it, have it switched off or removed in UNIFI.',
    ],
    source: tree('B8'),
  },
  'B10-failure': {
    title: 'Taking the access away failed',
    meaning: 'The newest row of the provisioning log says that the removal was refused, and why.',
    actor: 'entra-admin',
    steps: [
      'Do what the error code asks for.',
      'Afterwards provision {person} on demand in Entra, or wait for the next attempt.',
    ],
    source: tree('B10'),
  },
  'B10-ignored': {
    title: 'UNIFI confirmed the removal, and did not carry it out',
    meaning: 'The log says that the access was taken away, and the account is active and was not changed since.',
    actor: 'unifi-admin',
    steps: [
      'Have the account switched off in UNIFI by hand, today.',
      'Show UNIFI the log row: the request was accepted, and nothing changed.',
      'In Entra, the flag "aadOptscim062020" in the tenant URL makes it write the change in the standard form.',
    ],
    source: tree('B10'),
  },
  B11: {
    title: 'Switched on again in UNIFI',
    meaning: 'Entra switched the account off, and it was changed in UNIFI afterwards. Entra does not notice that.',
    actor: 'unifi-admin',
    steps: [
      'Ask the UNIFI administrator who switched the account on and why.',
      'Have it switched off in UNIFI; Entra does it again only after a restart of provisioning.',
    ],
    source: tree('B11'),
  },
  B13: {
    title: 'Too early to tell',
    meaning: 'The access was taken away in Entra only a moment ago, or the initial cycle has not ended yet.',
    actor: 'wait',
    steps: ['Wait until {due}, collect again, and ask again.'],
    source: tree('B13'),
  },
  B15: {
    title: 'Still active, and nothing stored explains it',
    meaning:
      'Every rule about the person or group was tried and ruled out. A job that is failing, silent or late, or ' +
      'is not there or never ran, is named as what remains.',
    actor: 'entra-admin',
    steps: [
      'Have the account switched off in UNIFI by hand.',
      'Provision {person} on demand in Entra: each step then says at once what it did.',
    ],
    source: tree('B15'),
  },
};
