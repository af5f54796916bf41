import { isAppError } from '../../core/app-error.ts';
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
      const path = '/auditLogs/provisioning?$top=1';
      const ask = (query: string): Promise<void> => call(path + query, 'provisioning-log', 'reports', read);
      if (servicePrincipalId === null) return ask('');
      const filter = encodeURIComponent(`servicePrincipal/id eq ${quoted(servicePrincipalId)}`);
      try {
        await ask(`&$filter=${filter}`);
      } catch (error) {
        // Owners see the rows of their own applications only with a filter, but not every cloud knows this one.
        if (!isAppError(error) || error.failure.status !== 400) throw error;
        await ask('');
      }
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
