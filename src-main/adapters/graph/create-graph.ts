import type { Connection } from '../../contract/models/connection.ts';
import type { Clock, Fetch, Graph, TokenProvider } from '../../services/ports.ts';
import type { Timing } from '../net/wait.ts';
import { createApplicationSource } from './applications.ts';
import { createAuditSource } from './audit.ts';
import { createCapabilityProbe } from './capability-probe.ts';
import { createGraphClient } from './graph-client.ts';
import { createGroupSource } from './groups.ts';
import { createMemberSource } from './members.ts';
import { createPersonLookup } from './person-lookup.ts';
import { createProvisioningLogs } from './provisioning-logs.ts';
import { createSynchronizationSource } from './synchronization.ts';
import { createUserSource } from './users.ts';

export interface CreateGraphOptions {
  connection: Connection;
  tokens: TokenProvider;
  fetch: Fetch;
  /** The application's clock. Pacing and retries run on real time whatever it says. */
  clock: Clock;
  /** Read: `UNIFI_MONITOR_REPORTS_PER_10S`, for a Graph on loopback only. */
  env: Record<string, string | undefined>;
  /** Left out: real time. */
  timing?: Timing;
}

/** All of Graph for one connection. Throws `input-invalid` when its hosts cannot be used. */
export const createGraph = (options: CreateGraphOptions): Graph => {
  const client = createGraphClient(options);
  return {
    log: createProvisioningLogs(client),
    synchronization: createSynchronizationSource(client),
    applications: createApplicationSource(client),
    directory: { ...createUserSource(client), ...createGroupSource(client), ...createMemberSource(client) },
    audit: createAuditSource(client),
    person: createPersonLookup(client),
    probe: createCapabilityProbe(client),
  };
};
