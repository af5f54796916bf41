import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSignIn } from '../../src-main/adapters/entra/create-sign-in.ts';
import { createGraph } from '../../src-main/adapters/graph/create-graph.ts';
import { createFetch } from '../../src-main/adapters/net/create-fetch.ts';
import { createScimDirectory } from '../../src-main/adapters/scim/create-scim-directory.ts';
import { createMemoryVault } from '../../src-main/adapters/secrets/memory-vault.ts';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { Connection } from '../../src-main/contract/models/connection.ts';
import type { CheckResult } from '../../src-main/contract/models/finding.ts';
import type { CollectResult } from '../../src-main/contract/models/run.ts';
import type { DemoTenant } from '../../src-main/demo/start-tenant.ts';
import { collect } from '../../src-main/services/collect/collect.ts';
import { crossCheck } from '../../src-main/services/cross-check.ts';
import type { ConnectDependencies } from '../../src-main/services/connect.ts';
import type { Clock, HistoryStore } from '../../src-main/services/ports.ts';
import type { Progress } from '../../src-main/services/read-meter.ts';

/** The real collection over a running demo tenant: MSAL, Graph client, SCIM client and SQLite, in this thread. */
export interface DemoCollection {
  store: HistoryStore;
  databaseFile: string;
  connection: Connection;
  /** Graph and UNIFI as this connection reaches them. */
  reach: ConnectDependencies;
  clock: Clock;
  collect(signal?: AbortSignal): Promise<CollectResult>;
  crossCheck(): Promise<CheckResult>;
  close(): Promise<void>;
}

export interface DemoCollectionOptions {
  tenant: DemoTenant;
  progress?: Progress;
  env?: Record<string, string>;
  servicePrincipalId?: string;
}

export const openDemoCollection = async (options: DemoCollectionOptions): Promise<DemoCollection> => {
  const { tenant } = options;
  const directory = await mkdtemp(join(tmpdir(), 'unifi-monitor-demo-'));
  const databaseFile = join(directory, 'history.db');
  const env = { UNIFI_MONITOR_REPORTS_PER_10S: '10000', ...options.env };
  const connection: Connection = {
    id: randomUUID(),
    name: 'demo',
    cloud: { authority: tenant.authority, graph: tenant.graph },
    tenantId: tenant.ids.tenantId,
    clientId: tenant.ids.clientId,
    signIn: 'interactive',
    servicePrincipalId: options.servicePrincipalId ?? tenant.ids.servicePrincipalId,
    jobId: tenant.ids.jobId,
    scim: { baseUrl: tenant.scimBaseUrl },
    createdAt: new Date(tenant.nowMs).toISOString(),
    demo: true,
    trustedHosts: [],
  };
  const fetch = createFetch(env);
  // The clock follows the tenant, also after it was run on.
  const clock = { now: () => new Date(tenant.nowMs) };
  const signIn = createSignIn({
    connection,
    vault: createMemoryVault(),
    env,
    fetch,
    openBrowser: (url) => tenant.visitSignIn(url),
  });
  await signIn.signIn({ mode: 'interactive', signal: new AbortController().signal, onDeviceCode: () => undefined });
  const store = openSqliteHistory({ file: databaseFile });
  const bugs = {
    record: (error: unknown): string => {
      throw error;
    },
  };
  const reach: ConnectDependencies = {
    graph: createGraph({ connection, tokens: signIn, fetch, clock, env }),
    scim: createScimDirectory({ baseUrl: tenant.scimBaseUrl, token: async () => tenant.credentials.scimToken, fetch }),
    tokens: signIn,
    bugs,
  };
  const quiet: Progress = () => undefined;
  const progress = options.progress ?? quiet;
  return {
    store,
    databaseFile,
    connection,
    reach,
    clock,
    collect: (signal = new AbortController().signal) =>
      collect(
        { ...reach, store, clock, monotonicMs: () => performance.now() },
        { ...connection, servicePrincipalId: connection.servicePrincipalId as string },
        { signal, progress },
      ),
    crossCheck: () => crossCheck({ store, clock, signal: new AbortController().signal, progress }),
    async close() {
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
