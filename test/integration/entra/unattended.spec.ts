import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignInMode } from '../../../src-main/contract/models/connection.ts';
import { createSignIn } from '../../../src-main/adapters/entra/create-sign-in.ts';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import { aConnection } from '../../support/connections.ts';
import { clientId, fakeJwt, startEntraServer, tenantId, type EntraServer } from '../../support/entra-server.ts';
import { failureOf } from '../../support/failure-of.ts';
import { createOpenVault } from '../../support/open-vault.ts';

const signal = new AbortController().signal;
let entra: EntraServer;
let folder: string;
let pem: { cert: string; key: string };
let otherKey: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unifi-certificate-'));
  const own = await generate([{ name: 'commonName', value: 'monitor.example' }], { algorithm: 'sha256' });
  const other = await generate([{ name: 'commonName', value: 'other.example' }], { algorithm: 'sha256' });
  pem = { cert: own.cert, key: own.private };
  otherKey = other.private;
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  entra = await startEntraServer();
});
afterEach(() => entra.close());

const create = (signIn: SignInMode, env: Record<string, string>, change: Parameters<typeof aConnection>[0] = {}) =>
  createSignIn({
    connection: aConnection({ authority: entra.origin, signIn, ...change }),
    vault: createOpenVault(),
    env,
    fetch: createFetch({}),
    openBrowser: () => Promise.reject(new Error('no browser here')),
  });
const token = (signIn: ReturnType<typeof create>) => signIn.getToken({ signal });

describe('client secret', () => {
  test('of the environment gets a token for the application, asked for once', async () => {
    const signIn = create('client-secret', { AZURE_CLIENT_SECRET: 's3cret' });
    const [first, second] = await Promise.all([token(signIn), token(signIn)]);
    expect(second).toBe(first);
    expect(await token(signIn)).toBe(first);
    const [form, ...more] = entra.tokenForms();
    expect(more).toHaveLength(0);
    expect(form?.get('grant_type')).toBe('client_credentials');
    expect(form?.get('client_secret')).toBe('s3cret');
    expect(form?.get('scope')).toMatch(/\/\.default/u);
    expect(await signIn.currentAccount()).toBe(`application ${clientId}`);
  });

  test('stored for the connection works as well, and a missing one is auth-required', async () => {
    const vault = createOpenVault();
    const connection = aConnection({ authority: entra.origin, signIn: 'client-secret' });
    const signIn = createSignIn({
      connection,
      vault,
      env: {},
      fetch: createFetch({}),
      openBrowser: () => Promise.resolve(),
    });
    expect((await failureOf(token(signIn))).code).toBe('auth-required');
    expect(await signIn.currentAccount()).toBeNull();
    await vault.write({ connectionId: connection.id, origin: entra.origin, kind: 'client-secret' }, 'stored');
    expect(await token(signIn)).toMatch(/^access-/u);
  });

  test('a claims challenge gets a new token', async () => {
    const signIn = create('client-secret', { AZURE_CLIENT_SECRET: 's3cret' });
    const first = await token(signIn);
    expect(await signIn.getToken({ signal, claims: '{"access_token":{"nbf":{}}}' })).not.toBe(first);
    expect(entra.tokenForms().at(-1)?.get('claims')).toContain('nbf');
  });

  test('a wrong one is auth-failed with its number and never quoted', async () => {
    entra.script.push(() => ({
      status: 401,
      body: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret s3cret provided' },
    }));
    const failure = await failureOf(token(create('client-secret', { AZURE_CLIENT_SECRET: 's3cret' })));
    expect(failure).toMatchObject({ code: 'auth-failed', serviceCode: 'AADSTS7000215' });
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  });
});

describe('client certificate', () => {
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };
  const use = (file: string) => create('client-certificate', { AZURE_CLIENT_CERTIFICATE_PATH: file });

  test('signs an assertion with the SHA-256 thumbprint of the file', async () => {
    const file = await write('good.pem', `${pem.key}\n${pem.cert}`);
    expect(await token(use(file))).toMatch(/^access-/u);
    const assertion = entra.tokenForms()[0]?.get('client_assertion') ?? '';
    const header = JSON.parse(Buffer.from(assertion.split('.')[0] ?? '', 'base64url').toString()) as Record<
      string,
      string
    >;
    const expected = createHash('sha256').update(new X509Certificate(pem.cert).raw).digest('base64url');
    expect(header['x5t#S256']).toBe(expected);
  });

  test.each([
    ['missing.pem', null, 'does not exist'],
    ['text.pem', 'hello', 'no certificate'],
    ['only-cert.pem', 'CERT', 'no private key'],
    ['mismatch.pem', 'MISMATCH', 'does not belong'],
    ['damaged.pem', 'DAMAGED', 'damaged'],
  ])('%s is refused with the file named', async (name, content, words) => {
    const texts: Record<string, string> = {
      CERT: pem.cert,
      MISMATCH: `${otherKey}\n${pem.cert}`,
      DAMAGED:
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
    };
    const file = content === null ? join(folder, name) : await write(name, texts[content] ?? content);
    const failure = await failureOf(token(use(file)));
    expect(failure).toMatchObject({ code: 'file-unreadable', file, message: expect.stringContaining(words) as string });
    expect(entra.calls).toHaveLength(0);
  });

  test('without a path it is auth-required', async () => {
    expect((await failureOf(token(create('client-certificate', {})))).code).toBe('auth-required');
  });
});

describe('given access token', () => {
  const graph = 'https://graph.microsoft.com';
  const inOneHour = Math.floor(Date.now() / 1000) + 3600;
  const good = { tid: tenantId, aud: graph, exp: inOneHour, upn: 'kim.reed@contoso.example' };
  const use = (
    claims: Record<string, unknown> | string,
    change: Parameters<typeof aConnection>[0] = { cloud: 'global' },
  ) => create('access-token', { GRAPH_ACCESS_TOKEN: typeof claims === 'string' ? claims : fakeJwt(claims) }, change);

  test('is used as it is, and says whose it is', async () => {
    expect(await token(use(good))).toBe(fakeJwt(good));
    expect(await use(good).currentAccount()).toBe('kim.reed@contoso.example');
    expect(await token(use({ ...good, aud: '00000003-0000-0000-c000-000000000000' }))).toBeTruthy();
  });

  test.each([
    ['another tenant', { ...good, tid: '11111111-2222-4333-8444-555555555555' }, 'auth-failed'],
    ['another service', { ...good, aud: 'https://management.azure.example' }, 'auth-failed'],
    ['another cloud', { ...good, aud: 'https://graph.microsoft.us' }, 'auth-failed'],
    ['no tenant', { aud: graph, exp: inOneHour }, 'auth-failed'],
    ['the past', { ...good, exp: 1_700_000_000 }, 'auth-required'],
    ['nobody: it is opaque', 'opaque-token', 'auth-failed'],
    ['nobody: it has a line break', 'a.b.c\r\nX-Header: 1', 'auth-failed'],
  ])('of %s is refused without being quoted', async (_, claims, code) => {
    const failure = await failureOf(token(use(claims)));
    expect(failure.code).toBe(code);
    expect(JSON.stringify(failure)).not.toContain(typeof claims === 'string' ? claims : fakeJwt(claims));
  });

  test('may be anything for a Graph on loopback', async () => {
    expect(await token(use('opaque-token', {}))).toBe('opaque-token');
  });

  test('cannot answer a claims challenge', async () => {
    expect((await failureOf(use(good).getToken({ signal, claims: '{}' }))).code).toBe('auth-required');
  });
});

describe('secrets of the environment', () => {
  const env = { AZURE_CLIENT_SECRET: 's3cret' };
  const custom = { cloud: { authority: 'https://login.custom.example', graph: 'https://graph.custom.example' } };

  test.each([
    ['the demo tenant', env, { demo: true }],
    ['hosts that nobody confirmed', env, custom],
    ['another tenant', { ...env, AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555' }, {}],
    ['another application', { ...env, AZURE_CLIENT_ID: '11111111-2222-4333-8444-555555555555' }, {}],
  ])('do not serve %s', async (_, given, change) => {
    const failure = await failureOf(token(create('client-secret', given, change)));
    expect(failure.code).toBe('auth-failed');
    expect(failure.message).toContain('AZURE_CLIENT_SECRET');
    expect(JSON.stringify(failure)).not.toContain('s3cret');
    expect(entra.calls).toHaveLength(0);
  });

  test('serve the tenant and application that the environment names', async () => {
    const named = { ...env, AZURE_TENANT_ID: tenantId.toUpperCase(), AZURE_CLIENT_ID: clientId };
    expect(await token(create('client-secret', named))).toMatch(/^access-/u);
  });
});

test('a custom host that is neither https nor loopback is input-invalid, field by field', async () => {
  const cloud = { authority: 'http://login.custom.example', graph: 'ftp://graph.custom.example' };
  const failure = await failureOf(token(create('client-secret', {}, { cloud })));
  expect(failure.code).toBe('input-invalid');
  expect(failure.fields?.map((problem) => problem.field)).toEqual(['cloud.authority', 'cloud.graph']);
});
