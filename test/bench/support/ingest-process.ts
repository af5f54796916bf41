import { createGraph } from '../../../src-main/adapters/graph/create-graph.ts';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { Connection } from '../../../src-main/contract/models/connection.ts';
import type { DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { collectLog } from '../../../src-main/services/collect/collect-log.ts';
import type { ReadMeter } from '../../../src-main/services/ports.ts';

/* A process of its own that pulls the whole log of a tenant into a file, and tells how long it took and its memory. */

type Tenant = Pick<DemoTenant, 'graph' | 'authority' | 'scimBaseUrl' | 'ids' | 'nowMs'> & { token: string };

const [, , file = '', description = ''] = process.argv;
const tenant = JSON.parse(description) as Tenant;
const env = { UNIFI_MONITOR_REPORTS_PER_10S: '1000000' };
const clock = { now: () => new Date(tenant.nowMs) };
const connection: Connection = {
  id: 'bench',
  name: 'bench',
  cloud: { authority: tenant.authority, graph: tenant.graph },
  tenantId: tenant.ids.tenantId,
  clientId: tenant.ids.clientId,
  signIn: 'access-token',
  servicePrincipalId: tenant.ids.servicePrincipalId,
  jobId: tenant.ids.jobId,
  scim: { baseUrl: tenant.scimBaseUrl },
  createdAt: clock.now().toISOString(),
  demo: true,
  trustedHosts: [],
};
const tokens = { getToken: () => Promise.resolve(tenant.token) };
const graph = createGraph({ connection, tokens, fetch: createFetch(env), clock, env });
const store = openSqliteHistory({ file });
const meter: ReadMeter = {
  requests: 0,
  pages: 0,
  items: 0,
  malformed: 0,
  withheld: 0,
  throttledMs: 0,
  total: null,
  changed: () => undefined,
  keepAside: () => undefined,
};
const startedMs = performance.now();
await collectLog(
  { log: graph.log, store: store.log, runs: store.runs, clock, ...tenant.ids, monotonicMs: () => performance.now() },
  { signal: new AbortController().signal, meter },
);
const ms = performance.now() - startedMs;
const { logRows } = await store.counts();
await store.close();
// In KiB on every platform: the highest since the start.
const peakMb = process.resourceUsage().maxRSS / 1024;
process.send?.({ ms, peakMb, stored: logRows });
