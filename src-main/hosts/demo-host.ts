import type { Connection } from '../contract/models/connection.ts';
import type { DemoOptions, TruthEntry } from '../contract/models/demo.ts';
import { createMemoryVault } from '../adapters/secrets/memory-vault.ts';
import { startDemoTenant, type DemoTenant } from '../demo/start-tenant.ts';
import { checkScenario } from './check-scenario.ts';
import { createSession, scimBinding, type SessionOptions, type Sessions } from './sessions.ts';

export const demoConnectionName = 'Demo tenant';

export interface DemoHost {
  /** Starts the tenant (again, when options are given) and keeps its connection, signed in, with an empty history. */
  open(options: DemoOptions | undefined, signal: AbortSignal): Promise<Connection>;
  truth(): Promise<TruthEntry[]>;
  close(): Promise<void>;
}

/**
 * The embedded demo tenant of this process. Its history always begins anew: a simulation with another seed or another
 * present moment is another company. Its secrets stay in memory, since they are random at each start.
 */
export const createDemoHost = (options: SessionOptions & { sessions: Sessions; demoWorkerUrl: URL }): DemoHost => {
  let running: { tenant: DemoTenant; connection: Connection } | undefined;

  const start = async (demo: DemoOptions, signal: AbortSignal): Promise<Connection> => {
    checkScenario(demo.scenario);
    await running?.tenant.close();
    running = undefined;
    const tenant = await startDemoTenant({ ...demo, workerUrl: options.demoWorkerUrl });
    try {
      const old = (await options.connections.list()).find((connection) => connection.demo);
      if (old) {
        await options.sessions.forget(old.id);
        await options.connections.delete(old.id);
      }
      const connection = await options.connections.save(
        {
          name: demoConnectionName,
          cloud: { authority: tenant.authority, graph: tenant.graph },
          tenantId: tenant.ids.tenantId,
          clientId: tenant.ids.clientId,
          signIn: 'interactive',
          servicePrincipalId: tenant.ids.servicePrincipalId,
          jobId: tenant.ids.jobId,
          scim: { baseUrl: tenant.scimBaseUrl },
        },
        { demo: true, trustedHosts: [], createdAt: new Date(tenant.nowMs).toISOString() },
      );
      const vault = createMemoryVault();
      await vault.write(scimBinding(connection), tenant.credentials.scimToken);
      const session = createSession(connection, {
        ...options,
        vault,
        named: false,
        openBrowser: (url) => tenant.visitSignIn(url),
      });
      await session.signIn.signIn({ mode: 'interactive', signal, onDeviceCode: () => undefined });
      await options.sessions.keep(session);
      running = { tenant, connection };
      return connection;
    } catch (error) {
      await tenant.close();
      throw error;
    }
  };

  return {
    open(demo, signal) {
      if (running && demo === undefined) return Promise.resolve(running.connection);
      return start(demo ?? {}, signal);
    },
    truth: async () => (running ? running.tenant.truth() : []),
    async close() {
      await running?.tenant.close();
      running = undefined;
    },
  };
};
