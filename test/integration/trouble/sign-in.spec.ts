import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Failure } from '../../../src-main/contract/failure.ts';
import type { StatusResult } from '../../../src-main/contract/models/job-status.ts';
import { runHere, temporaryDirectory, valueOf, type CliRun } from '../../support/cli.ts';
import {
  connectTenant,
  environmentOf,
  failureOf,
  savedIn,
  writeJson,
  type ConnectedTenant,
} from './connected-tenant.ts';

let connected: ConnectedTenant;

beforeAll(async () => {
  connected = await connectTenant();
});
afterAll(() => connected.close());

/** Connects with these changes to file and environment, in a data directory of its own. */
const connectWith = async (
  file: Record<string, unknown>,
  env: Record<string, string> = {},
): Promise<{ run: CliRun; failure: Failure; saved: number }> => {
  const directory = await temporaryDirectory();
  const from = await writeJson(directory, 'file.json', { ...connected.connection, ...file });
  const all = { ...environmentOf(connected.tenant), UNIFI_MONITOR_DATA_DIR: directory, ...env };
  const run = await runHere(['connect', '--from', from, '--json'], { env: all });
  return { run, failure: failureOf(run), saved: await savedIn(directory) };
};

const otherTenant = '11111111-2222-4333-8444-555555555555';

describe('a sign-in with a wrong part is refused with 3, saves nothing, and says which part', () => {
  test.each([
    ['tenant', { tenantId: otherTenant }, {}, /tenant/iu, 'AADSTS90002'],
    ['client id', { clientId: otherTenant }, {}, /client id/iu, 'AADSTS700016'],
    ['client secret', {}, { AZURE_CLIENT_SECRET: 'canary-wrong-secret' }, /client secret is wrong/iu, 'AADSTS7000215'],
  ])('%s', async (_part, file, env, message, serviceCode) => {
    const { run, failure, saved } = await connectWith(file, env);
    expect(failure).toMatchObject({ code: 'auth-failed', serviceCode });
    expect(failure.message).toMatch(message);
    expect(run.code).toBe(3);
    expect(saved).toBe(0);
    expect(run.stdout + run.stderr).not.toContain('canary-wrong-secret');
  });

  test('no secret at all', async () => {
    const { run, failure, saved } = await connectWith({}, { AZURE_CLIENT_SECRET: '' });
    expect(failure).toMatchObject({ code: 'auth-required' });
    expect(failure.advice).toContain('AZURE_CLIENT_SECRET');
    expect([run.code, saved]).toEqual([3, 0]);
  });
});

describe('a certificate that cannot be used is named with its file', () => {
  const withCertificate = (path: string) =>
    connectWith({ signIn: 'client-certificate' }, { AZURE_CLIENT_CERTIFICATE_PATH: path });

  test('a path that leads nowhere', async () => {
    const { run, failure, saved } = await withCertificate('/no/such/certificate.pem');
    expect(failure).toMatchObject({ code: 'file-unreadable', file: '/no/such/certificate.pem' });
    expect([run.code, saved]).toEqual([5, 0]);
  });

  test('a file that is no PEM', async () => {
    const file = join(await temporaryDirectory(), 'certificate.pem');
    await writeFile(file, 'canary-not-a-certificate');
    const { run, failure } = await withCertificate(file);
    expect(failure).toMatchObject({ code: 'file-unreadable', file });
    expect(failure.message).toContain('PEM');
    expect(run.stdout).not.toContain('canary-not-a-certificate');
  });

  test('none given', async () => {
    const { run, failure } = await connectWith({ signIn: 'client-certificate' });
    expect(failure.code).toBe('auth-required');
    expect(failure.advice).toContain('AZURE_CLIENT_CERTIFICATE_PATH');
    expect(run.code).toBe(3);
  });
});

describe('an access token', () => {
  /** Notes every connection that is tried; the proxy of the program under test. */
  let tried: string[];
  let proxy: Server;
  let proxyUrl: string;

  beforeAll(async () => {
    tried = [];
    proxy = createServer();
    proxy.on('connect', (request, socket) => {
      tried.push(request.url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterAll(() => void proxy.close());

  const inGlobal = (token: string) =>
    connectWith({ cloud: 'global', signIn: 'access-token' }, { GRAPH_ACCESS_TOKEN: token, HTTPS_PROXY: proxyUrl });

  test('of another tenant, for another service, or that is none, never leaves this computer', async () => {
    const { tenant } = connected;
    const tokens = await Promise.all([
      tenant.issueToken({ tenantId: otherTenant, audience: 'https://graph.microsoft.com' }),
      tenant.issueToken({ audience: 'https://vault.azure.net' }),
    ]);
    const [foreign, misled, none] = await Promise.all([...tokens, 'abc'].map(inGlobal));
    expect(foreign?.failure).toMatchObject({ code: 'auth-failed' });
    expect(foreign?.failure.message).toContain('another tenant');
    expect(misled?.failure.message).toContain('another service');
    expect(none?.failure.message).toContain('not a readable token');
    for (const attempt of [foreign, misled, none]) {
      expect([attempt?.run.code, attempt?.saved]).toEqual([3, 0]);
      expect(attempt?.run.stdout).not.toContain('eyJ');
    }
    expect(tried).toEqual([]);
  });

  test('that has expired asks for a new one', async () => {
    const token = await connected.tenant.issueToken({ lifetimeSeconds: -60 });
    const { run, failure, saved } = await connectWith({ signIn: 'access-token' }, { GRAPH_ACCESS_TOKEN: token });
    expect(failure.code).toBe('auth-required');
    expect(failure.message).toContain('expired');
    expect([run.code, saved]).toEqual([3, 0]);
  });

  test('none at all', async () => {
    const { run, failure } = await connectWith({ signIn: 'access-token' });
    expect(failure.advice).toContain('GRAPH_ACCESS_TOKEN');
    expect(run.code).toBe(3);
  });

  test('that Graph on loopback does not take is refused for everything, with 3', async () => {
    const token = await connected.tenant.issueToken({ audience: 'https://vault.azure.net' });
    const { run, failure, saved } = await connectWith({ signIn: 'access-token' }, { GRAPH_ACCESS_TOKEN: token });
    expect(failure.code).toBe('auth-failed');
    expect([run.code, saved]).toEqual([3, 0]);
    expect(run.stdout).not.toContain('eyJ');
  });

  test('a sign-in host that the proxy does not let through is named', async () => {
    tried.length = 0;
    const { run, failure, saved } = await connectWith({ cloud: 'usgov' }, { HTTPS_PROXY: proxyUrl });
    expect(failure.code).toBe('network-unreachable');
    expect(failure.message).toContain('login.microsoftonline.us');
    expect([run.code, saved]).toEqual([4, 0]);
    expect(tried.every((host) => host.startsWith('login.microsoftonline.us'))).toBe(true);
  });
});

describe('on a saved connection', () => {
  test('a sign-in that Graph refuses everywhere ends the collection with auth-failed and 3', async () => {
    const own = await connected.copy();
    valueOf(await own.run(['collect', '--json']));
    const before = valueOf<StatusResult>(await own.run(['status', '--json'])).counts;
    await connected.tenant.configure({ faults: [{ service: 'graph', kind: 'expired-token' }] });
    try {
      const run = await own.run(['collect', '--json']);
      const failure = failureOf(run);
      expect(failure.code).toBe('auth-failed');
      expect(failure.message).toContain('contoso');
      expect(failure.requestId).toMatch(/^[\w-]+$/u);
      expect(run.code).toBe(3);
    } finally {
      await connected.tenant.configure({ faults: [] });
    }
    const status = valueOf<StatusResult>(await own.run(['status', '--json']));
    // UNIFI could still be read; nothing of Entra was lost or taken for gone.
    expect(status.counts).toEqual(before);
    expect(status.sources.find((source) => source.source === 'users')?.status).toBe('failed');
    await own.close();
  });

  test('a secret that has become wrong ends it before anything is stored', async () => {
    const own = await connected.copy();
    const run = await own.run(['collect'], { AZURE_CLIENT_SECRET: 'canary-old-secret' });
    expect(run.code).toBe(3);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/Error: The client secret is wrong \(AADSTS7000215\)\.\n.*app registration/u);
    expect(run.stderr).not.toContain('canary-old-secret');
    await own.close();
  });
});
