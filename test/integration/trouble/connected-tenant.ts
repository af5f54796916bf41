import { existsSync } from 'node:fs';
import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../../src-main/contract/failure.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import type { DemoWorld } from '../../../src-main/demo/world.ts';
import { resultOf, runCli, runHere, temporaryDirectory, valueOf, type CliRun } from '../../support/cli.ts';
import { createTroubleWorld } from './trouble-world.ts';

/** A demo tenant and a data directory whose only connection leads to it, made by the command line itself. */
export interface ConnectedTenant {
  tenant: DemoTenant;
  /** The content of the connection file. */
  connection: Record<string, unknown>;
  env: Record<string, string>;
  dataDirectory: string;
  databaseFile: string;
  /** Runs a command on this data directory, in this process; `env` goes over the usual one. */
  run(args: string[], env?: Record<string, string>): Promise<CliRun>;
  /** The same as a program of its own, for several at once. */
  runProgram(args: string[]): Promise<CliRun>;
  /** The same connection, with what was collected so far, in a data directory of its own. */
  copy(): Promise<ConnectedTenant>;
  close(): Promise<void>;
}

/** Where a file of one connection goes; several tests write one. */
export const writeJson = async (directory: string, name: string, content: unknown): Promise<string> => {
  const file = join(directory, name);
  await writeFile(file, JSON.stringify(content));
  return file;
};

/** What a script gives: client secret and SCIM token by environment; the tenant's moment; no pacing of requests. */
export const environmentOf = (tenant: DemoTenant): Record<string, string> => ({
  AZURE_CLIENT_SECRET: tenant.credentials.clientSecret,
  UNIFI_SCIM_TOKEN: tenant.credentials.scimToken,
  UNIFI_MONITOR_NOW: new Date(tenant.nowMs).toISOString(),
  UNIFI_MONITOR_REPORTS_PER_10S: '10000',
});

export const connectionOf = (tenant: DemoTenant): Record<string, unknown> => ({
  name: 'contoso',
  cloud: { authority: tenant.authority, graph: tenant.graph },
  tenantId: tenant.ids.tenantId,
  clientId: tenant.ids.clientId,
  signIn: 'client-secret',
  servicePrincipalId: tenant.ids.servicePrincipalId,
  jobId: tenant.ids.jobId,
  scim: { baseUrl: tenant.scimBaseUrl },
});

const inDirectory = (
  tenant: DemoTenant,
  env: Record<string, string>,
  dataDirectory: string,
  close: () => Promise<void>,
): ConnectedTenant => ({
  tenant,
  connection: connectionOf(tenant),
  env,
  dataDirectory,
  databaseFile: join(dataDirectory, 'connections', 'contoso', 'history.db'),
  run: (args, more = {}) => runHere(args, { env: { ...env, UNIFI_MONITOR_DATA_DIR: dataDirectory, ...more } }),
  runProgram: (args) => runCli(args, { env: { ...env, UNIFI_MONITOR_DATA_DIR: dataDirectory } }),
  async copy() {
    const other = await temporaryDirectory();
    await cp(dataDirectory, other, { recursive: true });
    return inDirectory(tenant, env, other, () => rm(other, { recursive: true, force: true }));
  },
  close,
});

export const connectTenant = async (world: DemoWorld = createTroubleWorld()): Promise<ConnectedTenant> => {
  const tenant = await startDemoTenant({ world, throttling: false });
  const dataDirectory = await temporaryDirectory();
  const connected = inDirectory(tenant, environmentOf(tenant), dataDirectory, async () => {
    await tenant.close();
    await rm(dataDirectory, { recursive: true, force: true });
  });
  const file = await writeJson(dataDirectory, 'contoso.json', connected.connection);
  valueOf(await connected.run(['connect', '--from', file, '--json']));
  return connected;
};

/** The failure that a command with `--json` ended with. */
export const failureOf = (run: CliRun): Failure => {
  const result = resultOf(run);
  if (result.ok) throw new Error(`it worked: ${run.stdout.slice(0, 500)}`);
  return result.failure;
};

/** How many connections a data directory holds, half-made ones included. */
export const savedIn = async (dataDirectory: string): Promise<number> => {
  const folder = join(dataDirectory, 'connections');
  return existsSync(folder) ? (await readdir(folder)).length : 0;
};
