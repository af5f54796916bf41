import { randomBytes } from 'node:crypto';
import type { TruthEntry } from '../../contract/models/demo.ts';
import type { DemoIds, DemoWorld } from '../world.ts';
import { createEntraHandler } from './entra/entra-server.ts';
import { issueAccessToken } from './entra/issue-tokens.ts';
import { createFaultBook } from './faults.ts';
import { createGraphHandler } from './graph/graph-server.ts';
import { consentedPermissions } from './graph-rights.ts';
import { startHttpServer, type HttpServer } from './http-server.ts';
import { createRequestCounts, type TenantStats } from './request-counts.ts';
import { createScimHandler, scimPath } from './scim/scim-server.ts';
import { createSigning } from './signing.ts';
import { changeSettings, type TenantChanges } from './tenant-settings.ts';
import type { Tenant, TenantCredentials } from './tenant.ts';

/** Where the servers are and what they accept; plain data. */
export interface ServedAddresses {
  /** Origins, such as `http://127.0.0.1:41234`. */
  authority: string;
  graph: string;
  /** With its trailing slash. */
  scimBaseUrl: string;
  ids: DemoIds;
  /** The simulation's moment, epoch milliseconds. */
  nowMs: number;
  credentials: TenantCredentials;
}

/** A token made without a sign-in, for `GRAPH_ACCESS_TOKEN`. */
export interface TokenRequest {
  audience?: string;
  tenantId?: string;
  permissions?: string[];
  /** Negative: already expired. */
  lifetimeSeconds?: number;
}

/** What can be asked of the servers from outside, also across threads. */
export interface TenantControls {
  truth(): TruthEntry[];
  /** Runs the simulation on; returns its new moment. */
  advanceTo(nowMs: number): number;
  configure(changes: TenantChanges): void;
  stats(): TenantStats;
  issueToken(request: TokenRequest): string;
}

export interface ServedWorld {
  addresses: ServedAddresses;
  controls: TenantControls;
  /** Ends the servers with all their connections, and the world. */
  close(): Promise<void>;
}

/** A world that can be told where UNIFI's SCIM endpoint really is, since its job's settings name that address. */
export type AddressedWorld = DemoWorld & { setScimBaseUrl?(url: string): void };

/** Starts sign-in host, Graph and SCIM endpoint over a world, with credentials that are random at each start. */
export const serveWorld = async (world: AddressedWorld, changes: TenantChanges = {}): Promise<ServedWorld> => {
  let settings = changeSettings(changes);
  const tenant: Tenant = {
    world,
    signing: await createSigning(),
    credentials: {
      clientSecret: `demo~${randomBytes(24).toString('base64url')}`,
      scimToken: randomBytes(32).toString('base64url'),
    },
    counts: createRequestCounts(),
    faults: createFaultBook(() => settings.faults),
    settings: () => settings,
    realNowMs: () => Date.now(),
  };
  const servers: HttpServer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    world.close();
  };
  try {
    for (const handler of [createEntraHandler(tenant), createGraphHandler(tenant), createScimHandler(tenant)]) {
      servers.push(await startHttpServer(handler));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const [authority = '', graph = '', scim = ''] = servers.map((server) => server.origin);
  const scimBaseUrl = `${scim}${scimPath}`;
  world.setScimBaseUrl?.(scimBaseUrl);
  return {
    addresses: {
      authority,
      graph,
      scimBaseUrl,
      ids: world.ids,
      nowMs: world.nowMs,
      credentials: tenant.credentials,
    },
    controls: {
      truth: () => world.truth(),
      advanceTo(nowMs) {
        world.advanceTo(nowMs);
        return world.nowMs;
      },
      configure(more) {
        settings = changeSettings(more, settings);
      },
      stats: () => tenant.counts.read(),
      issueToken: (request) =>
        issueAccessToken(tenant, {
          audience: request.audience ?? graph,
          clientId: world.ids.clientId,
          permissions: request.permissions ?? [...consentedPermissions],
          kind: 'person',
          contexts: [],
          tenantId: request.tenantId ?? world.ids.tenantId,
          lifetimeSeconds: request.lifetimeSeconds ?? 3600,
        }),
    },
    close,
  };
};
