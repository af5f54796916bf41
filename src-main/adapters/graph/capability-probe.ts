import type { CapabilityProbe, ReadOptions } from '../../services/ports.ts';
import type { GraphClient } from './graph-client.ts';
import { quoted } from './odata.ts';
import type { Bucket } from './request-details.ts';
import type { Resource } from './rights.ts';

/** One small real call per capability: it works, or throws the Failure of the refusal. graph-provisioning.md 2. */
export const createCapabilityProbe = (client: GraphClient): CapabilityProbe => {
  const call = async (path: string, resource: Resource, bucket: Bucket, read: ReadOptions): Promise<void> => {
    const { signal, meter } = read;
    await client.get(`${client.origin}/v1.0${path}`, { resource, bucket, signal, meter });
  };
  return {
    async log({ servicePrincipalId, ...read }) {
      const filter =
        servicePrincipalId === null
          ? ''
          : `&$filter=${encodeURIComponent(`servicePrincipal/id eq ${quoted(servicePrincipalId)}`)}`;
      await call(`/auditLogs/provisioning?$top=1${filter}`, 'provisioning-log', 'reports', read);
    },
    audit: (read) => call('/auditLogs/directoryAudits?$top=1', 'audit', 'reports', read),
    async directory(read) {
      await call('/users?$select=id,accountEnabled&$top=1', 'users', 'directory', read);
      await call('/groups?$select=id,displayName&$top=1', 'groups', 'directory', read);
    },
    deletedUsers: (read) =>
      call('/directory/deletedItems/microsoft.graph.user?$select=id&$top=1', 'deleted-users', 'directory', read),
  };
};
