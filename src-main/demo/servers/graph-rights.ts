import type { Capability } from '../../contract/models/connection.ts';

/** What a permission is needed for. */
export type Area = Capability | 'application';

/** Any one of these permissions gives the area. graph-provisioning.md 2; for `job-settings` nothing is documented for reading. */
export const acceptedPermissions: Readonly<Record<Area, readonly string[]>> = {
  log: ['ProvisioningLog.Read.All', 'AuditLog.Read.All', 'Directory.Read.All'],
  job: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
  schema: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
  'job-settings': ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
  application: ['Application.Read.All', 'Directory.Read.All'],
  assignments: ['Application.Read.All', 'Directory.Read.All'],
  directory: ['User.Read.All', 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
  'deleted-users': ['User.Read.All', 'Directory.Read.All'],
  audit: ['AuditLog.Read.All', 'Directory.Read.All'],
};

/** Everything that an administrator of the demo tenant has consented to. */
export const consentedPermissions: readonly string[] = [
  'User.Read',
  'ProvisioningLog.Read.All',
  'AuditLog.Read.All',
  'Synchronization.Read.All',
  'Application.Read.All',
  'User.Read.All',
  'GroupMember.Read.All',
];

/** Permissions that Graph knows at all. */
export const knownPermissions: readonly string[] = [
  ...consentedPermissions,
  'User.ReadBasic.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
];
