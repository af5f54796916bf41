import type { Capability, ConnectTest, SignInMode } from '../../src-main/contract/models/connection.ts';
import { findingKindWords } from '../../src-main/contract/models/finding-kind-words.ts';
import type { FindingReason, FindingState, Severity } from '../../src-main/contract/models/finding.ts';
import type { JobState } from '../../src-main/contract/models/job-status.ts';
import type { SourceState, TargetState } from '../../src-main/contract/models/person.ts';
import type { LogStatus } from '../../src-main/contract/models/provisioning-event.ts';
import type { SourceName, SourceStatus } from '../../src-main/contract/models/run.ts';
import type { SetUpCheckState } from '../../src-main/contract/models/set-up-check.ts';

/** What a word of the contract is called in the window, and which colour its meaning has. */
export type Tone = 'danger' | 'warning' | 'good' | 'neutral';

export const kindWords = findingKindWords;

export const stateWords: Record<FindingState, { title: string; meaning: string }> = {
  open: { title: 'Open', meaning: 'Somebody has to act: provisioning will not put it right by itself.' },
  pending: { title: 'Pending', meaning: 'Recent: provisioning may still put it right by itself.' },
  resolved: { title: 'Resolved', meaning: 'The newest cross-check no longer finds it.' },
};

export const severityWords: Record<Severity, { title: string; tone: Tone }> = {
  high: { title: 'High', tone: 'danger' },
  medium: { title: 'Medium', tone: 'warning' },
  low: { title: 'Low', tone: 'neutral' },
};

export const reasonWords: Record<FindingReason, string> = {
  'not-assigned': 'not assigned to the application',
  'filtered-out': 'excluded by a scoping filter',
  disabled: 'disabled in Entra',
  'soft-deleted': 'deleted in Entra, can still be restored',
  deleted: 'deleted in Entra',
  local: 'exists in UNIFI only',
  'not-entitled': 'not entitled',
  'source-gone': 'gone in Entra',
};

export const differenceWords: Record<'case-only' | 'source-empty' | 'value', string> = {
  'case-only': 'Only upper and lower case differ.',
  'source-empty': 'Empty in Entra, filled in UNIFI.',
  value: 'The values differ.',
};

const assumedWords: Record<string, string> = {
  'scope-mode': 'that only assigned people and groups are provisioned, because the setting could not be read',
  mapping: 'that the user name in UNIFI is the user principal name, because the mappings could not be read',
};

/** What a finding rests on, as the end of "This assumes ...". */
export const assumedWord = (assumed: string): string => assumedWords[assumed] ?? assumed;

export const sourceWords: Record<SourceName, string> = {
  'provisioning-log': 'Provisioning log',
  jobs: 'Provisioning jobs',
  schema: 'Mappings and scoping filters',
  'job-settings': 'Job settings',
  application: 'Application',
  assignments: 'Assignments',
  users: 'Users',
  groups: 'Groups',
  'deleted-users': 'Deleted users',
  audit: 'Audit log',
  'scim-config': 'UNIFI configuration',
  'scim-users': 'UNIFI accounts',
  'scim-groups': 'UNIFI groups',
};

export const sourceStatusWords: Record<SourceStatus, { title: string; tone: Tone }> = {
  complete: { title: 'Complete', tone: 'good' },
  partial: { title: 'Partial', tone: 'warning' },
  failed: { title: 'Failed', tone: 'danger' },
  skipped: { title: 'Not read', tone: 'neutral' },
};

/** How serious each state of the job is; its name comes with the status. */
export const jobTones: Record<JobState, Tone> = {
  quarantined: 'danger',
  disabled: 'danger',
  paused: 'danger',
  failing: 'danger',
  'never-run': 'warning',
  initial: 'warning',
  silent: 'danger',
  late: 'warning',
  escrows: 'warning',
  'healthy-quiet': 'good',
  healthy: 'good',
  unknown: 'warning',
};

/** Monday first, as the contract counts them. */
export const weekdayWords = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const executionWords: Record<string, string> = {
  Succeeded: 'succeeded',
  Failed: 'failed',
  EntryLevelErrors: 'with errors of single entries',
};

/** How a cycle ended; a word that the service invented since stays as it is. */
export const executionWord = (state: string): string => executionWords[state] ?? state;

export const logStatusWords: Record<LogStatus, { title: string; tone: Tone }> = {
  success: { title: 'Success', tone: 'neutral' },
  failure: { title: 'Failure', tone: 'danger' },
  skipped: { title: 'Skipped', tone: 'neutral' },
  warning: { title: 'Warning', tone: 'warning' },
  unknown: { title: 'Unknown', tone: 'warning' },
};

const actionWords: Record<string, string> = {
  create: 'Create',
  update: 'Update',
  delete: 'Delete',
  disable: 'Disable',
  stagedDelete: 'Staged delete',
  other: 'Other',
};

/** Known actions by name; a word that the service invented since stays as it is. */
export const actionWord = (action: string): string => actionWords[action] ?? action;

/** provisioning-semantics.md 6. */
const skipReasonWords: Record<string, string> = {
  RedundantExport: 'Nothing to change',
  NotEffectivelyEntitled: 'Not entitled',
  ImportSkipped: 'No value to match by',
  EntrySynchronizationSkipped: 'Out of scope, or already right',
};

/** Why a row was skipped, by name; every other reason stays as it is. */
export const skipReasonWord = (reason: string): string => skipReasonWords[reason] ?? reason;

export const personSourceWords: Record<SourceState, string> = {
  'in-scope': 'In scope',
  'filtered-out': 'Filtered out',
  'not-entitled': 'Not entitled',
  disabled: 'Disabled',
  'soft-deleted': 'Soft-deleted',
  deleted: 'Deleted',
  none: 'Not in Entra',
  unknown: 'Not known',
};

export const personTargetWords: Record<TargetState, string> = {
  active: 'Active',
  inactive: 'Inactive',
  absent: 'No account',
  unknown: 'Not known',
};

export const joinedWords: Record<'link' | 'match-value' | 'external-id', string> = {
  link: 'by the link that provisioning recorded',
  'match-value': 'by equal match value',
  'external-id': 'by external id',
};

export const signInWords: Record<SignInMode, { title: string; hint: string }> = {
  interactive: { title: 'In the browser', hint: 'Opens the system browser on this computer.' },
  'device-code': { title: 'With a device code', hint: 'Shows a code to type in a browser on any computer.' },
  'client-secret': { title: 'Client secret', hint: 'Unattended, with a secret of the app registration.' },
  'client-certificate': {
    title: 'Client certificate',
    hint: 'Unattended. AZURE_CLIENT_CERTIFICATE_PATH must name the certificate where the program was started.',
  },
  'access-token': { title: 'Access token', hint: 'A token obtained elsewhere; it lasts about an hour.' },
};

const capabilityWords: Record<Capability, string> = {
  log: 'Provisioning log',
  job: 'Provisioning job',
  schema: 'Mappings and scoping filters',
  'job-settings': 'Job settings',
  assignments: 'Assignments',
  directory: 'Users and groups',
  'deleted-users': 'Deleted users',
  audit: 'Audit log',
};

export const testWords: Record<ConnectTest['id'], string> = {
  token: 'Sign-in',
  application: 'Enterprise application',
  ...capabilityWords,
  'scim-users': 'UNIFI accounts',
  'scim-groups': 'UNIFI groups',
};

export const testStateWords: Record<ConnectTest['state'], { title: string; tone: Tone }> = {
  works: { title: 'Works', tone: 'good' },
  fails: { title: 'Fails', tone: 'danger' },
  'not-tested': { title: 'Not tested', tone: 'neutral' },
};

export const setUpStateWords: Record<SetUpCheckState, { title: string; tone: Tone }> = {
  right: { title: 'Right', tone: 'good' },
  wrong: { title: 'Wrong', tone: 'danger' },
  'not-checkable': { title: 'Not checkable', tone: 'neutral' },
};
