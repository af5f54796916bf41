import type { SourceName } from '../../contract/models/run.ts';

/** What is read from Graph; the names that a failure carries as its source. */
export type Resource = Extract<
  SourceName,
  | 'provisioning-log'
  | 'jobs'
  | 'schema'
  | 'job-settings'
  | 'application'
  | 'assignments'
  | 'users'
  | 'groups'
  | 'deleted-users'
  | 'audit'
>;

interface Rights {
  /** Words for a sentence: "Microsoft Graph refused ...". */
  what: string;
  permissions: string[];
  roles: string[];
}

const logReaders = [
  'Reports Reader',
  'Security Reader',
  'Application Administrator',
  'Cloud Application Administrator',
];
const jobReaders = [
  'Application Administrator',
  'Cloud Application Administrator',
  'Hybrid Identity Administrator',
  'owner of the enterprise application',
];

/**
 * The permission and the roles, of which one is needed, that give each resource. graph-provisioning.md 2. Reading the
 * settings has no documented permission: writing them does, so that one is named.
 */
export const rights: Readonly<Record<Resource, Rights>> = {
  'provisioning-log': {
    what: 'the provisioning log',
    permissions: ['ProvisioningLog.Read.All'],
    roles: [...logReaders, 'Global Reader'],
  },
  jobs: { what: 'the provisioning job', permissions: ['Synchronization.Read.All'], roles: jobReaders },
  schema: {
    what: 'the mappings and scoping filters of the job',
    permissions: ['Synchronization.Read.All'],
    roles: jobReaders,
  },
  'job-settings': {
    what: 'the settings of the job',
    permissions: ['Synchronization.ReadWrite.All'],
    roles: jobReaders,
  },
  application: {
    what: 'the enterprise application',
    permissions: ['Application.Read.All'],
    roles: ['Directory Readers'],
  },
  assignments: {
    what: 'the assignments of the application',
    permissions: ['Application.Read.All'],
    roles: ['Directory Readers'],
  },
  users: { what: 'the users of the directory', permissions: ['User.Read.All'], roles: ['Directory Readers'] },
  groups: {
    what: 'the groups of the directory and their members',
    permissions: ['GroupMember.Read.All'],
    roles: ['Directory Readers'],
  },
  'deleted-users': {
    what: 'the deleted users of the directory',
    permissions: ['User.Read.All'],
    roles: ['Global Reader', 'User Administrator'],
  },
  audit: {
    what: 'the audit log of the directory',
    permissions: ['AuditLog.Read.All'],
    roles: ['Reports Reader', 'Security Reader', 'Global Reader'],
  },
};
