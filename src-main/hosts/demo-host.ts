import type { Connection } from '../contract/models/connection.ts';
import type { DemoOptions, TruthEntry } from '../contract/models/demo.ts';
import { createMemoryVault } from '../adapters/secrets/memory-vault.ts';
import { scenarios } from '../demo/simulation/scenarios.ts';
import { startDemoTenant, type DemoTenant, type StartOptions } from '../demo/start-tenant.ts';
import { checkScenario } from './check-scenario.ts';
import { createSession, scimBinding, type Session, type SessionOptions, type Sessions } from './sessions.ts';

export const demoConnectionName = 'Demo tenant';

export interface DemoHost {
  /**
   * Starts the tenant (again, when options are given) and keeps its connection, signed in, with an empty history. In a
   * world whose trouble shows by comparison `collect` fills it once with what was there some days before.
   */
  open(
    options: DemoOptions | undefined,
    signal: AbortSignal,
    collect: (session: Session) => Promise<unknown>,
  ): Promise<Connection>;
  truth(): Promise<TruthEntry[]>;
  close(): Promise<void>;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** As the simulation has it. */
const usualDays = 45;

/** The present of the demo, and the moment of an earlier collection where the scenario wants one (epoch milliseconds). */
const momentsOf = (demo: DemoOptions): { presentMs: number; earlierMs: number } | null => {
  const daysAgo = scenarios[demo.scenario ?? '']?.collectedDaysAgo;
  if (daysAgo === undefined || (demo.days ?? usualDays) < 3 * daysAgo) return null;
  const presentMs = demo.now === undefined ? Math.floor(Date.now() / hourMs) * hourMs : Date.parse(demo.now);
  return Number.isNaN(presentMs) ? null : { presentMs, earlierMs: presentMs - daysAgo * dayMs };
};

/** The world as it was at the earlier moment, with the scenario still ahead. */
const atEarlier = (
  demo: DemoOptions,
  { presentMs, earlierMs }: { presentMs: number; earlierMs: number },
): StartOptions => ({
  ...demo,
  now: new Date(earlierMs).toISOString(),
  scenarioNow: new Date(presentMs).toISOString(),
  days: (demo.days ?? usualDays) - (presentMs - earlierMs) / dayMs,
});

/**
 * The embedded demo tenant of this process. Its history always begins anew: a simulation with another seed or another
 * present moment is another company. Its secrets stay in memory, since they are random at each start.
 */
export const createDemoHost = (options: SessionOptions & { sessions: Sessions; demoWorkerUrl: URL }): DemoHost => {
  let running: { tenant: DemoTenant; connection: Connection } | undefined;

  const start = async (
    demo: DemoOptions,
    signal: AbortSignal,
    collect: (session: Session) => Promise<unknown>,
  ): Promise<Connection> => {
    checkScenario(demo.scenario);
    await running?.tenant.close();
    running = undefined;
    const moments = momentsOf(demo);
    const tenant = await startDemoTenant({
      ...(moments ? atEarlier(demo, moments) : demo),
      workerUrl: options.demoWorkerUrl,
    });
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
        { demo: true, trustedHosts: [], createdAt: new Date(moments?.presentMs ?? tenant.nowMs).toISOString() },
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
      if (moments) {
        await collect({ ...session, fixedNow: new Date(moments.earlierMs).toISOString() });
        await tenant.advanceTo(moments.presentMs);
      }
      running = { tenant, connection };
      return connection;
    } catch (error) {
      await tenant.close();
      throw error;
    }
  };

  return {
    open(demo, signal, collect) {
      if (running && demo === undefined) return Promise.resolve(running.connection);
      return start(demo ?? {}, signal, collect);
    },
    truth: async () => (running ? running.tenant.truth() : []),
    async close() {
      await running?.tenant.close();
      running = undefined;
    },
  };
};
