import type { DiffKind, DiffSection, SetupArea } from '../../src-main/contract/models/history-diff.ts';

export const diffSectionWords: Record<DiffSection, string> = {
  people: 'People in Entra',
  accounts: 'Accounts in UNIFI',
  groups: 'Groups in Entra',
  'group-members': 'Members of groups in Entra',
  'target-groups': 'Groups in UNIFI',
  'target-group-members': 'Members of groups in UNIFI',
  assignments: 'Assignments',
  findings: 'Findings',
};

/** One of the kinds of a section, for the narrow column of a list. */
export const diffSubjectWords: Record<DiffSection, string> = {
  people: 'Person in Entra',
  accounts: 'Account in UNIFI',
  groups: 'Group in Entra',
  'group-members': 'Member in Entra',
  'target-groups': 'Group in UNIFI',
  'target-group-members': 'Member in UNIFI',
  assignments: 'Assignment',
  findings: 'Finding',
};

export const diffKindWords: Record<DiffKind, string> = {
  added: 'Added',
  removed: 'Removed',
  enabled: 'Switched on',
  disabled: 'Switched off',
  renamed: 'Renamed',
  changed: 'Changed',
  opened: 'Opened',
  resolved: 'Resolved',
  'still-open': 'Still open',
};

export const setupAreaWords: Record<SetupArea, string> = {
  mappings: 'Mappings',
  'scoping-filter': 'Scoping filter',
  schedule: 'Schedule',
  settings: 'Settings',
  application: 'Enterprise application',
  unifi: 'UNIFI',
};
