import type { DemoOptions, TruthEntry } from '../contract/models/demo.ts';
import type { WorldOptions } from './create-world.ts';
import type { ServedAddresses, TokenRequest } from './servers/serve-world.ts';
import type { TenantStats } from './servers/request-counts.ts';
import type { TenantChanges } from './servers/tenant-settings.ts';
import { startTenantThread } from './servers/tenant-thread.ts';
import { visitSignIn, type VisitOptions } from './servers/visit-sign-in.ts';
import type { DemoWorld } from './world.ts';

export interface StartOptions
  extends DemoOptions, TenantChanges, Pick<WorldOptions, 'activity' | 'scenarioNow' | 'scratchDirectory'> {
  /** Simulation and servers in the caller's own thread: for tests, where switching them is simplest. */
  inThread?: boolean;
  /** The built worker's address; default: the source beside this file. */
  workerUrl?: URL;
  /** A ready-made world instead of the simulation; it is served in this thread. */
  world?: DemoWorld;
  /** Ends the start; the simulation of a large company takes a while. */
  signal?: AbortSignal;
}

/** A running demo tenant: a simulated company behind real sign-in, Graph and SCIM endpoints on loopback. */
export interface DemoTenant extends ServedAddresses {
  /**
   * Plays the person who signs in: follows the page at this address to its end. With `userCode` for the device page.
   * Throws an Error with the page's text when the sign-in host refuses.
   */
  visitSignIn(url: string, options?: VisitOptions): Promise<void>;
  /** What was injected, and what a perfect diagnosis says. */
  truth(): Promise<TruthEntry[]>;
  /** Runs the company on to a later moment (epoch milliseconds); `nowMs` follows. */
  advanceTo(nowMs: number): Promise<void>;
  /** Switches behaviour while the tenant runs: see TenantSettings. Lists replace the earlier ones. */
  configure(changes: TenantChanges): Promise<void>;
  stats(): Promise<TenantStats>;
  /** A Graph access token without a sign-in, for GRAPH_ACCESS_TOKEN. */
  issueToken(request?: TokenRequest): Promise<string>;
  /** Ends the servers with all connections, the simulation and its thread. */
  close(): Promise<void>;
}

const worldKeys = [
  'people',
  'days',
  'seed',
  'now',
  'faultRate',
  'scenario',
  'scenarioNow',
  'activity',
  'scratchDirectory',
];
/** The retention belongs to both: the simulation drops old rows, and the servers do not answer them. */
const sharedKeys = ['retentionDays'];
const otherKeys = ['inThread', 'workerUrl', 'world', 'signal'];

/** What of the options describes the simulation, and what the servers. */
const splitOptions = (options: StartOptions): { demo: WorldOptions; changes: TenantChanges } => {
  const demo: WorldOptions = {};
  const changes: TenantChanges = {};
  for (const [key, value] of Object.entries(options) as [string, unknown][]) {
    if (value === undefined || otherKeys.includes(key)) continue;
    if (worldKeys.includes(key) || sharedKeys.includes(key)) Object.assign(demo, { [key]: value });
    if (!worldKeys.includes(key)) Object.assign(changes, { [key]: value });
  }
  return { demo, changes };
};

/**
 * Starts the demo tenant. Credentials are random at each start. By default the simulation and its servers run in a
 * worker thread. Throws what the simulation throws on options that it cannot serve.
 */
export const startDemoTenant = async (options: StartOptions = {}): Promise<DemoTenant> => {
  const { demo, changes } = splitOptions(options);
  if (options.inThread || options.world) {
    const world = options.world ?? (await import('./create-world.ts')).createDemoWorld(demo);
    const { serveWorld } = await import('./servers/serve-world.ts');
    const served = await serveWorld(world, changes);
    const { controls } = served;
    return tenantOf(served.addresses, {
      truth: async () => controls.truth(),
      advanceTo: async (nowMs) => controls.advanceTo(nowMs),
      configure: async (more) => controls.configure(more),
      stats: async () => controls.stats(),
      issueToken: async (request) => controls.issueToken(request),
      close: served.close,
    });
  }
  const workerUrl = options.workerUrl ?? new URL('./tenant-worker.ts', import.meta.url);
  const thread = await startTenantThread(workerUrl, { demo, changes }, options.signal);
  return tenantOf(thread.addresses, {
    truth: () => thread.call('truth'),
    advanceTo: (nowMs) => thread.call('advanceTo', nowMs),
    configure: (more) => thread.call('configure', more),
    stats: () => thread.call('stats'),
    issueToken: (request) => thread.call('issueToken', request),
    close: thread.close,
  });
};

interface Controls {
  truth(): Promise<TruthEntry[]>;
  advanceTo(nowMs: number): Promise<number>;
  configure(changes: TenantChanges): Promise<void>;
  stats(): Promise<TenantStats>;
  issueToken(request: TokenRequest): Promise<string>;
  close(): Promise<void>;
}

const tenantOf = (addresses: ServedAddresses, controls: Controls): DemoTenant => {
  let closing: Promise<void> | null = null;
  const tenant: DemoTenant = {
    ...addresses,
    visitSignIn: (url, visit) => visitSignIn(addresses.authority, url, visit),
    truth: () => controls.truth(),
    async advanceTo(nowMs) {
      tenant.nowMs = await controls.advanceTo(nowMs);
    },
    configure: (changes) => controls.configure(changes),
    stats: () => controls.stats(),
    issueToken: (request = {}) => controls.issueToken(request),
    close: () => (closing ??= controls.close()),
  };
  return tenant;
};
