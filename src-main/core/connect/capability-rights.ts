import type { Capability } from '../../contract/models/connection.ts';

const jobRole =
  'one of the roles Application Administrator, Cloud Application Administrator or Hybrid Identity Administrator, or ownership of the application';
const reportsRole =
  'one of the roles Reports Reader, Security Reader, Security Operator, Security Administrator, Global Reader, Application Administrator or Cloud Application Administrator';

/** The least permission and the role beside it that turn a capability on. graph-provisioning.md 2. */
export const capabilityRights: Record<Capability, { permission: string; role: string }> = {
  log: { permission: 'ProvisioningLog.Read.All', role: reportsRole },
  job: { permission: 'Synchronization.Read.All', role: jobRole },
  schema: { permission: 'Synchronization.Read.All', role: jobRole },
  'job-settings': { permission: 'Synchronization.Read.All', role: jobRole },
  assignments: { permission: 'Application.Read.All', role: 'no special role' },
  directory: { permission: 'User.Read.All and GroupMember.Read.All', role: 'no special role' },
  'deleted-users': { permission: 'User.Read.All', role: 'no special role' },
  audit: { permission: 'AuditLog.Read.All', role: reportsRole },
};
