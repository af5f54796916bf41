import { generateKeyPairSync } from 'node:crypto';
import { ConfidentialClientApplication, PublicClientApplication, type INetworkModule } from '@azure/msal-node';
import { generate } from 'selfsigned';
import { describe, expect, test } from 'vitest';
import type { DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { get, startSmallTenant } from './tenant-under-test.ts';

const alias = 'https://login.sim.invalid';

/** MSAL refuses http, so it gets an https name that is translated. */
const networkClient = (tenant: DemoTenant): INetworkModule => {
  const send = async <T>(
    method: string,
    url: string,
    options?: { headers?: Record<string, string>; body?: string },
  ) => {
    if (!url.startsWith(`${alias}/`)) throw new Error(`blocked ${url}`);
    const response = await fetch(tenant.authority + url.slice(alias.length), {
      method,
      headers: { ...options?.headers, 'X-Forwarded-Host': 'login.sim.invalid' },
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as T,
    };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
};

const auth = (tenant: DemoTenant, changes: { clientId?: string; tenantId?: string } = {}) => ({
  clientId: changes.clientId ?? tenant.ids.clientId,
  authority: `${alias}/${changes.tenantId ?? tenant.ids.tenantId}`,
  knownAuthorities: ['login.sim.invalid'],
});

const publicClient = (tenant: DemoTenant, changes = {}) =>
  new PublicClientApplication({ auth: auth(tenant, changes), system: { networkClient: networkClient(tenant) } });

const scopesOf = (tenant: DemoTenant): string[] => [
  `${tenant.graph}/User.Read`,
  `${tenant.graph}/ProvisioningLog.Read.All`,
  `${tenant.graph}/Synchronization.Read.All`,
];

const signIn = (
  tenant: DemoTenant,
  options: { decline?: boolean; changes?: object; client?: PublicClientApplication } = {},
) =>
  (options.client ?? publicClient(tenant, options.changes)).acquireTokenInteractive({
    scopes: scopesOf(tenant),
    openBrowser: (url) => tenant.visitSignIn(url, options.decline ? { decline: true } : {}),
  });

describe('the interactive sign-in', () => {
  test('gives MSAL a token that Graph takes, and an account', async () => {
    const { tenant } = await startSmallTenant();
    const result = await signIn(tenant);
    expect(result.account?.username).toBe(tenant.ids.adminUpn);
    expect(result.scopes).toContain(`${tenant.graph}/ProvisioningLog.Read.All`);
    expect((await get(`${tenant.graph}/v1.0/auditLogs/provisioning?$top=1`, result.accessToken)).status).toBe(200);
  });

  test('rejects with access_denied when the person declines', async () => {
    const { tenant } = await startSmallTenant();
    await expect(signIn(tenant, { decline: true })).rejects.toMatchObject({
      errorCode: 'access_denied',
      message: expect.stringContaining('AADSTS65004') as string,
    });
  });

  test('says on the page that the client id or the tenant is unknown', async () => {
    const { tenant } = await startSmallTenant();
    await expect(signIn(tenant, { changes: { clientId: tenant.ids.adminId } })).rejects.toThrow('AADSTS700016');
    const other = publicClient(tenant, { tenantId: tenant.ids.adminId });
    await expect(signIn(tenant, { client: other })).rejects.toThrow();
    const unknown = await fetch(`${tenant.authority}/${tenant.ids.adminId}/v2.0/.well-known/openid-configuration`);
    expect(await unknown.text()).toContain('AADSTS90002');
  });

  test('names a permission without consent, and one that this cloud does not know', async () => {
    const { tenant } = await startSmallTenant({ signIn: { notConsented: ['Synchronization.Read.All'] } });
    await expect(signIn(tenant)).rejects.toThrow('AADSTS65001');
    await tenant.configure({ signIn: { notConsented: [], unknownScopes: ['ProvisioningLog.Read.All'] } });
    await expect(signIn(tenant)).rejects.toThrow('AADSTS650053');
  });

  test('refuses a redirect address that is not registered, and a wrong code verifier', async () => {
    const { tenant } = await startSmallTenant();
    const url = `${tenant.authority}/${tenant.ids.tenantId}/oauth2/v2.0/authorize?client_id=${tenant.ids.clientId}&response_type=code&code_challenge=abc&code_challenge_method=S256&response_mode=query&state=s&scope=openid&redirect_uri=`;
    await expect(tenant.visitSignIn(`${url}${encodeURIComponent('https://other.example/')}`)).rejects.toThrow(
      'AADSTS50011',
    );

    const page = await (await fetch(`${url}${encodeURIComponent('http://localhost:1/')}`)).text();
    const context = /name="context" value="([^"]+)"/u.exec(page)?.[1] ?? '';
    const decided = await fetch(`${tenant.authority}/${tenant.ids.tenantId}/login`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ context, decision: 'accept' }),
    });
    const code = new URL(decided.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const redeemed = await fetch(`${tenant.authority}/${tenant.ids.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: tenant.ids.clientId,
        redirect_uri: 'http://localhost:1/',
        code,
        code_verifier: 'not the right one',
      }),
    });
    expect(await redeemed.text()).toContain('AADSTS501481');
  });
});

describe('silent renewal', () => {
  test('serves the cache, and renews by the refresh token', async () => {
    const { tenant } = await startSmallTenant();
    const client = publicClient(tenant);
    const { account, scopes, accessToken } = await signIn(tenant, { client });
    if (!account) throw new Error('no account');
    const graphScopes = scopes.filter((scope) => scope.startsWith('http'));
    expect((await client.acquireTokenSilent({ account, scopes: graphScopes })).fromCache).toBe(true);
    const renewed = await client.acquireTokenSilent({ account, scopes: graphScopes, forceRefresh: true });
    expect(renewed.fromCache).toBe(false);
    expect(renewed.accessToken).not.toBe(accessToken);
  });

  test.each([
    ['expired', 'AADSTS700082'],
    ['mfa', 'AADSTS50076'],
    ['consent', 'AADSTS65001'],
  ] as const)('is refused when the refresh token is set to %s', async (refresh, code) => {
    const { tenant } = await startSmallTenant();
    const client = publicClient(tenant);
    const { account } = await signIn(tenant, { client });
    if (!account) throw new Error('no account');
    await tenant.configure({ signIn: { refresh } });
    const renewal = client.acquireTokenSilent({ account, scopes: scopesOf(tenant), forceRefresh: true });
    await expect(renewal).rejects.toThrow(code);
  });

  test('answers a claims challenge with a token that Graph takes, or asks for the person', async () => {
    const { tenant } = await startSmallTenant();
    const client = publicClient(tenant);
    const { account, accessToken } = await signIn(tenant, { client });
    if (!account) throw new Error('no account');
    await tenant.configure({ faults: [{ service: 'graph', kind: 'claims-challenge' }] });
    const url = `${tenant.graph}/v1.0/auditLogs/provisioning?$top=1`;
    const challenged = await get(url, accessToken);
    expect(challenged.status).toBe(401);
    const header = challenged.headers.get('www-authenticate') ?? '';
    expect(header).toContain('error="insufficient_claims"');
    const claims = Buffer.from(/claims="([^"]+)"/u.exec(header)?.[1] ?? '', 'base64').toString();
    const renewed = await client.acquireTokenSilent({ account, scopes: scopesOf(tenant), claims });
    expect((await get(url, renewed.accessToken)).status).toBe(200);
    expect((await get(url, accessToken)).status).toBe(401);

    await tenant.configure({ signIn: { claims: 'interaction' } });
    await expect(client.acquireTokenSilent({ account, scopes: scopesOf(tenant), claims })).rejects.toMatchObject({
      name: 'InteractionRequiredAuthError',
    });
  });
});

describe('the device code', () => {
  const start = (tenant: DemoTenant, visit: { decline?: boolean } | null) =>
    publicClient(tenant).acquireTokenByDeviceCode({
      scopes: scopesOf(tenant),
      deviceCodeCallback: (prompt) => {
        if (visit) void tenant.visitSignIn(prompt.verificationUri, { userCode: prompt.userCode, ...visit });
      },
    });

  test('is pending until the person enters it, then gives a token', async () => {
    const { tenant } = await startSmallTenant({ signIn: { deviceCodeInterval: 1 } });
    const result = await start(tenant, {});
    expect(result?.account?.username).toBe(tenant.ids.adminUpn);
  });

  test.each([
    ['is declined', { deviceCodeInterval: 1 }, { decline: true }, 'authorization_declined'],
    [
      'is blocked by Conditional Access',
      { deviceCodeInterval: 1, deviceCode: 'blocked' as const },
      null,
      'access_denied',
    ],
    ['needs public client flows', { publicClient: false }, null, 'invalid_client'],
  ])('%s', async (_, settings, visit, code) => {
    const { tenant } = await startSmallTenant({ signIn: settings });
    await expect(start(tenant, visit)).rejects.toThrow(code);
  });
});

describe('the unattended sign-in', () => {
  const confidential = (tenant: DemoTenant, credential: object, changes = {}) =>
    new ConfidentialClientApplication({
      auth: { ...auth(tenant, changes), ...credential },
      system: { networkClient: networkClient(tenant) },
    }).acquireTokenByClientCredential({ scopes: [`${tenant.graph}/.default`] });

  test('takes the client secret of this start, and no other', async () => {
    const { tenant } = await startSmallTenant();
    const result = await confidential(tenant, { clientSecret: tenant.credentials.clientSecret });
    const url = `${tenant.graph}/v1.0/users?$top=1`;
    expect((await get(url, result?.accessToken ?? '')).status).toBe(200);
    await expect(confidential(tenant, { clientSecret: 'wrong' })).rejects.toThrow('AADSTS7000215');
    const unknown = confidential(tenant, { clientSecret: 'any' }, { clientId: tenant.ids.adminId });
    await expect(unknown).rejects.toThrow('AADSTS700016');
  });

  test('takes an assertion by a registered certificate, and no other', async () => {
    const pems = await generate([{ name: 'commonName', value: 'demo.example' }], { keySize: 2048 });
    const { tenant } = await startSmallTenant({ signIn: { certificates: [pems.cert] } });
    const thumbprintSha256 = 'ab'.repeat(32);
    const good = { clientCertificate: { thumbprintSha256, privateKey: pems.private } };
    expect((await confidential(tenant, good))?.accessToken).toBeTruthy();
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const bad = { clientCertificate: { thumbprintSha256, privateKey } };
    await expect(confidential(tenant, bad)).rejects.toThrow('AADSTS700027');
  });
});
