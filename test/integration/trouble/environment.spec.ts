import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Connection, ConnectReport } from '../../../src-main/contract/models/connection.ts';
import type { CollectResult } from '../../../src-main/contract/models/run.ts';
import { composeApp, type App } from '../../../src-main/hosts/compose.ts';
import { runHere, temporaryDirectory, valueOf } from '../../support/cli.ts';
import { connectTenant, failureOf, savedIn, writeJson, type ConnectedTenant } from './connected-tenant.ts';

let connected: ConnectedTenant;
/** A proxy that lets nothing through and notes what was asked for. */
let tried: string[];
let proxy: Server;
let proxyUrl: string;

beforeAll(async () => {
  connected = await connectTenant();
  proxy = createServer();
  proxy.on('connect', (request, socket) => {
    tried.push(String(request.url).replace(/:443$/u, ''));
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
beforeEach(() => {
  tried = [];
});
afterAll(async () => {
  proxy.close();
  await connected.close();
});

const custom = { authority: 'https://login.custom.example', graph: 'https://graph.custom.example' };

const connectWith = async (change: Record<string, unknown>, args: string[] = [], env: Record<string, string> = {}) => {
  const directory = await temporaryDirectory();
  const file = await writeJson(directory, 'file.json', { ...connected.connection, ...change });
  const run = await runHere(['connect', '--from', file, '--json', '--data-dir', directory, ...args], {
    env: { ...connected.env, HTTPS_PROXY: proxyUrl, ...env },
  });
  return { run, saved: await savedIn(directory) };
};

describe('a secret of the environment', () => {
  test('goes to no custom host that nobody confirmed, and that is said', async () => {
    const { run, saved } = await connectWith({ cloud: custom });
    const failure = failureOf(run);
    expect(failure.code).toBe('auth-required');
    expect(failure.message).toMatch(/AZURE_CLIENT_SECRET was not used.+login\.custom\.example.+--trust-host/u);
    expect([run.code, saved]).toEqual([3, 0]);
    expect(tried).toEqual([]);
  });

  test('goes there once the host is confirmed', async () => {
    const { run } = await connectWith({ cloud: custom }, ['--trust-host']);
    expect(failureOf(run).code).toBe('network-unreachable');
    expect(new Set(tried)).toEqual(new Set(['login.custom.example']));
  });

  test('for UNIFI goes to no custom host that nobody confirmed, and the connection is saved', async () => {
    const { run } = await connectWith({ scim: { baseUrl: 'https://scim.custom.example/v2/' } });
    const report = valueOf<ConnectReport>(run);
    expect(report.tests.find((item) => item.id === 'scim-users')?.sentence).toMatch(
      /UNIFI_SCIM_TOKEN was not used.+scim\.custom\.example.+--trust-host/u,
    );
    expect(run.code).toBe(4);
    expect(tried).toEqual([]);
  });

  test.each(['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'])('beside another %s is not used, and that is said', async (key) => {
    const { run, saved } = await connectWith({}, [], { [key]: '11111111-2222-4333-8444-555555555555' });
    expect(failureOf(run)).toMatchObject({ code: 'auth-required' });
    expect(failureOf(run).message).toMatch(/AZURE_CLIENT_SECRET was not used.+another tenant or application/u);
    expect([run.code, saved]).toEqual([3, 0]);
  });

  test('never serves the demo tenant', { timeout: 120_000 }, async () => {
    const directory = await temporaryDirectory();
    const run = await runHere(['demo', '--people', '20', '--days', '2', '--json', '--data-dir', directory], {
      env: {
        ...connected.env,
        AZURE_CLIENT_SECRET: 'canary',
        UNIFI_SCIM_TOKEN: 'canary',
        GRAPH_ACCESS_TOKEN: 'canary',
      },
    });
    expect(run.code).toBe(0);
    expect(run.stderr).toBe('');
  });
});

describe('several connections', () => {
  test('are told apart by name; without one the choice is listed', async () => {
    const own = await connected.copy();
    const file = await writeJson(own.dataDirectory, 'second.json', { ...own.connection, name: 'fabrikam' });
    valueOf(await own.run(['connect', '--from', file, '--json']));
    const again = await own.run(['connect', '--from', file, '--json']);
    expect(failureOf(again)).toMatchObject({ code: 'input-invalid', fields: [{ field: 'name', reason: 'is in use' }] });

    const unnamed = await own.run(['collect']);
    expect(unnamed.code).toBe(2);
    expect(unnamed.stderr).toMatch(/contoso[\s\S]+fabrikam[\s\S]+--connection/u);
    const named = await own.run(['collect', '--connection', 'fabrikam', '--json']);
    expect(valueOf<CollectResult>(named).sources.every((source) => source.status === 'complete')).toBe(true);

    const removed = await own.run(['connect', '--remove', 'fabrikam', '--json']);
    expect(valueOf(removed)).toEqual({ deleted: 'fabrikam' });
    expect(existsSync(join(own.dataDirectory, 'connections', 'fabrikam'))).toBe(false);
    expect(existsSync(own.databaseFile)).toBe(false);
    expect((await own.run(['status', '--connection', 'fabrikam'])).code).toBe(2);
    expect((await own.run(['status'])).code).toBe(0);
    await own.close();
  });

  test('are listed, one with an access token that is not given included', async () => {
    const own = await connected.copy();
    const file = await writeJson(own.dataDirectory, 'token.json', {
      ...own.connection,
      name: 'given',
      signIn: 'access-token',
    });
    valueOf(
      await own.run(['connect', '--from', file, '--json'], { GRAPH_ACCESS_TOKEN: await own.tenant.issueToken() }),
    );
    const list = await own.run(['connect', '--list', '--json']);
    expect(valueOf<{ connections: unknown[] }>(list).connections).toHaveLength(2);
    const collect = await own.run(['collect', '--connection', 'given']);
    expect(collect.code).toBe(3);
    expect(collect.stderr).toContain('GRAPH_ACCESS_TOKEN');
    await own.close();
  });
});

describe('a person who signs in', () => {
  test(
    'by device code sees the code on stderr, and after logout is asked to sign in',
    { timeout: 60_000 },
    async () => {
      await connected.tenant.configure({ signIn: { deviceCodeInterval: 1 } });
      const directory = await temporaryDirectory();
      const file = await writeJson(directory, 'file.json', { ...connected.connection, signIn: 'device-code' });
      const env = { ...connected.env, UNIFI_MONITOR_DATA_DIR: directory };
      const launcher = fileURLToPath(new URL('../../../src-main/hosts/launch.mjs', import.meta.url));
      const child = spawn(process.execPath, [launcher, 'connect', '--from', file, '--json'], {
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      const prompt = await new Promise<RegExpExecArray>((resolve, reject) => {
        let text = '';
        child.stderr.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          const found = /open (\S+) and enter the code (\S+?)\.\s/u.exec(text);
          if (found) resolve(found);
        });
        child.on('close', () => reject(new Error(`no code: ${text}${stdout}`)));
      });
      await connected.tenant.visitSignIn(String(prompt[1]), { userCode: String(prompt[2]) });
      const [code] = (await once(child, 'close')) as [number];
      expect(code).toBe(0);
      expect(valueOf<ConnectReport>({ code, stdout, stderr: '' }).saved).toBe(true);

      const logout = await runHere(['logout', '--json'], { env });
      expect(logout.code).toBe(0);
      const collect = await runHere(['collect', '--json'], { env });
      expect(failureOf(collect)).toMatchObject({ code: 'auth-required' });
      expect(failureOf(collect).advice).toMatch(/sign in/iu);
      expect(collect.code).toBe(3);
    },
  );
});

describe('a stored SCIM token', () => {
  let app: App;
  let directory: string;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    const here = (path: string): URL => new URL(`../../../src-main/${path}`, import.meta.url);
    app = await composeApp({
      host: 'web',
      dataDirectory: directory,
      env: {
        AZURE_CLIENT_SECRET: connected.tenant.credentials.clientSecret,
        UNIFI_MONITOR_REPORTS_PER_10S: '10000',
      },
      openBrowser: () => Promise.resolve(),
      storeWorkerUrl: here('adapters/sqlite/store-worker.ts'),
      jobWorkerUrl: here('hosts/worker/job-worker.ts'),
      demoWorkerUrl: here('demo/tenant-worker.ts'),
    });
  });
  afterAll(() => app.close());

  const connectTo = (baseUrl: string, token?: string) =>
    app.api.connect({
      callId: 'connect',
      connection: { ...(connected.connection as unknown as Connection), scim: { baseUrl } },
      replace: true,
      ...(token === undefined ? {} : { secrets: { 'scim-token': token } }),
    });
  const hasToken = async (): Promise<boolean | undefined> => {
    const listed = await app.api.listConnections({});
    return listed.ok ? listed.value.connections[0]?.hasScimToken : undefined;
  };

  test('is discarded when the host changes, also when it changes back, and with its connection', async () => {
    const { scimBaseUrl, credentials } = connected.tenant;
    await connectTo(scimBaseUrl, credentials.scimToken);
    expect(await hasToken()).toBe(true);
    await connectTo(`${scimBaseUrl}?aadOptscim062020`);
    expect(await hasToken()).toBe(true);
    await connectTo(scimBaseUrl.replace('127.0.0.1', 'localhost'));
    expect(await hasToken()).toBe(false);
    await connectTo(scimBaseUrl);
    expect(await hasToken()).toBe(false);

    await connectTo(scimBaseUrl, credentials.scimToken);
    const removed = await app.api.deleteConnection({ connection: 'contoso' });
    expect(removed.ok).toBe(true);
    expect(await savedIn(directory)).toBe(0);
    await connectTo(scimBaseUrl);
    expect(await hasToken()).toBe(false);
  });
});
