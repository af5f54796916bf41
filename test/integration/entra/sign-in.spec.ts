import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSignIn } from '../../../src-main/adapters/entra/create-sign-in.ts';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import type { SignIn } from '../../../src-main/services/ports.ts';
import { aConnection } from '../../support/connections.ts';
import { startEntraServer, type EntraServer } from '../../support/entra-server.ts';
import { failureOf } from '../../support/failure-of.ts';
import { createOpenVault } from '../../support/open-vault.ts';

const signal = new AbortController().signal;
const fetch = createFetch({});
let entra: EntraServer;
let vault: ReturnType<typeof createOpenVault>;

beforeEach(async () => {
  entra = await startEntraServer();
  vault = createOpenVault();
});
afterEach(() => entra.close());

const create = (options: Partial<Parameters<typeof createSignIn>[0]> = {}): SignIn =>
  createSignIn({
    connection: aConnection({ authority: entra.origin }),
    vault,
    env: {},
    fetch,
    openBrowser: async (url) => void (await entra.browse(url)),
    ...options,
  });

const interactive = (signIn: SignIn, stop: AbortSignal = signal) =>
  signIn.signIn({ mode: 'interactive', signal: stop, onDeviceCode: () => undefined });

const redirectPort = (url: string): number => Number(new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port);

const isPortOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

describe('interactive sign-in', () => {
  test('signs in with the browser, PKCE and form_post, and says who', async () => {
    let opened = '';
    const signIn = create({
      openBrowser: async (url) => {
        opened = url;
        await entra.browse(url);
      },
    });
    const report = await interactive(signIn);
    expect(report).toMatchObject({ account: 'kim.reed@contoso.example', persistent: true });
    expect(new URL(opened).origin).toBe(entra.origin);
    const query = new URL(opened).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('response_mode')).toBe('form_post');
    expect(query.get('prompt')).toBe('select_account');
    expect(query.get('scope')).toContain('/ProvisioningLog.Read.All');
    expect(await signIn.currentAccount()).toBe('kim.reed@contoso.example');
    expect(await isPortOpen(redirectPort(opened))).toBe(false);
  });

  test('gives the token without another request, and renews it silently in a new process', async () => {
    await interactive(create());
    const again = create();
    const token = await again.getToken({ signal });
    expect(token).toMatch(/^access-/u);
    expect(await again.getToken({ signal })).toBe(token);
    expect(entra.tokenForms().map((form) => form.get('grant_type'))).toEqual(['authorization_code']);
  });

  test('asks later with the spelling that the service granted, so that the cache is hit', async () => {
    entra.script.push((call) => ({
      body: {
        token_type: 'Bearer',
        scope: 'openid profile User.Read AuditLog.Read.All',
        expires_in: 3600,
        access_token: 'access-short',
        refresh_token: 'refresh-short',
        id_token: idTokenOf(call.url.origin),
        client_info: Buffer.from(JSON.stringify({ uid: 'oid-1', utid: aConnection().tenantId })).toString('base64url'),
      },
    }));
    await interactive(create());
    expect(await create().getToken({ signal })).toBe('access-short');
    expect(entra.tokenForms()).toHaveLength(1);
  });

  test('cancelling closes the port and is not taken for a refusal', async () => {
    let opened = '';
    const controller = new AbortController();
    const signIn = create({
      openBrowser: (url) => {
        opened = url;
        return Promise.resolve();
      },
    });
    const pending = failureOf(interactive(signIn, controller.signal));
    await expect.poll(() => opened).not.toBe('');
    expect(await isPortOpen(redirectPort(opened))).toBe(true);
    controller.abort();
    expect((await pending).code).toBe('cancelled');
    await expect.poll(() => isPortOpen(redirectPort(opened))).toBe(false);
    expect((await interactive(create())).account).toBe('kim.reed@contoso.example');
  });

  test('a browser that nobody finishes in is given up, and its port closes', async () => {
    let opened = '';
    const signIn = create({
      browserLimitMs: 800,
      openBrowser: (url) => {
        opened = url;
        return Promise.resolve();
      },
    });
    expect((await failureOf(interactive(signIn))).code).toBe('timed-out');
    await expect.poll(() => isPortOpen(redirectPort(opened))).toBe(false);
  });

  test('only one sign-in at a time', async () => {
    const controller = new AbortController();
    let opened = '';
    const first = failureOf(
      interactive(
        create({
          openBrowser: (url) => {
            opened = url;
            return Promise.resolve();
          },
        }),
        controller.signal,
      ),
    );
    await expect.poll(() => opened).not.toBe('');
    const second = await failureOf(interactive(create()));
    expect(second).toMatchObject({ code: 'auth-failed', message: 'Another sign-in is under way.' });
    controller.abort();
    await first;
  });

  test('a person who declines is told so', async () => {
    const signIn = create({
      openBrowser: async (url) =>
        void (await entra.browse(url, { error: 'access_denied', error_description: 'AADSTS65004: declined' })),
    });
    expect(await failureOf(interactive(signIn))).toMatchObject({ code: 'auth-failed', serviceCode: 'AADSTS65004' });
  });

  test('a browser that cannot be opened ends the sign-in and closes the port', async () => {
    let opened = '';
    const signIn = create({
      openBrowser: (url) => {
        opened = url;
        return Promise.reject(new Error('no browser'));
      },
    });
    expect(await failureOf(interactive(signIn))).toMatchObject({
      code: 'auth-failed',
      advice: expect.stringContaining('device code') as string,
    });
    expect(await isPortOpen(redirectPort(opened))).toBe(false);
  });

  test('falls back when the cloud does not know the newest permission', async () => {
    const scopes: string[] = [];
    const signIn = create({
      openBrowser: async (url) => {
        const scope = new URL(url).searchParams.get('scope') ?? '';
        scopes.push(scope);
        const refused = { error: 'invalid_client', error_description: 'AADSTS650053: scope does not exist' };
        await entra.browse(url, scope.includes('ProvisioningLog') ? refused : undefined);
      },
    });
    await interactive(signIn);
    expect(scopes).toHaveLength(2);
    expect(scopes[1]).toContain('AuditLog.Read.All');
  });
});

const idTokenOf = (issuer: string): string => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { clientId: aud, tenantId: tid } = aConnection();
  const claims = { oid: 'oid-1', sub: 'sub-1', tid, preferred_username: 'kim.reed@contoso.example', iss: issuer, aud };
  return `${part({ alg: 'none' })}.${part(claims)}.c2ln`;
};

describe('device code', () => {
  const start = (signIn: SignIn, stop: AbortSignal, prompts: unknown[] = []) =>
    signIn.signIn({ mode: 'device-code', signal: stop, onDeviceCode: (prompt) => void prompts.push(prompt) });

  test('shows the code and signs in when it was entered', async () => {
    const prompts: unknown[] = [];
    const report = await start(create(), signal, prompts);
    expect(report.account).toBe('kim.reed@contoso.example');
    expect(prompts).toEqual([
      expect.objectContaining({ userCode: 'ABCD-EFGH', verificationUri: `${entra.origin}/device` }),
    ]);
    expect(JSON.stringify(prompts)).not.toContain('device-secret');
  });

  test('can be cancelled at once', async () => {
    const controller = new AbortController();
    const prompts: unknown[] = [];
    const pending = failureOf(start(create(), controller.signal, prompts));
    await expect.poll(() => prompts.length).toBe(1);
    controller.abort();
    expect((await pending).code).toBe('cancelled');
  });

  test('names an app registration without public client flows', async () => {
    entra.script.push(() => ({
      status: 401,
      body: { error: 'invalid_client', error_description: 'AADSTS7000218: must contain client_secret' },
    }));
    const failure = await failureOf(start(create(), signal));
    expect(failure).toMatchObject({
      code: 'auth-failed',
      serviceCode: 'AADSTS7000218',
      advice: expect.stringContaining('public client flows') as string,
    });
  });
});

describe('silent renewal', () => {
  test('nobody signed in is auth-required, without a request', async () => {
    expect((await failureOf(create().getToken({ signal }))).code).toBe('auth-required');
    expect(entra.calls).toHaveLength(0);
    expect(await create().currentAccount()).toBeNull();
  });

  test('a claims challenge gets a new token with the claims', async () => {
    const signIn = create();
    await interactive(signIn);
    const before = await signIn.getToken({ signal });
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1690000000"}}}';
    const after = await signIn.getToken({ signal, claims });
    expect(after).not.toBe(before);
    const form = entra.tokenForms().at(-1);
    expect(form?.get('grant_type')).toBe('refresh_token');
    expect(form?.get('claims')).toContain('1690000000');
    expect(form?.get('claims')).toContain('CP1');
  });

  test('claims that need the person are auth-required, and asked for at the next sign-in', async () => {
    const signIn = create({
      openBrowser: async (url) => {
        opened.push(url);
        await entra.browse(url);
      },
    });
    const opened: string[] = [];
    await interactive(signIn);
    entra.script.push(() => ({
      status: 400,
      body: { error: 'interaction_required', error_description: 'AADSTS50076: more', suberror: 'basic_action' },
    }));
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    expect((await failureOf(signIn.getToken({ signal, claims }))).code).toBe('auth-required');
    await interactive(signIn);
    expect(new URL(opened[1] ?? '').searchParams.get('claims')).toContain('acrs');
  });

  test('a damaged token cache is discarded, and a sign-in is needed', async () => {
    await interactive(create());
    for (const damaged of ['{"cache":"{\\"Account\\":', 'nonsense', '{"cache":"[1]","scopes":[]}']) {
      for (const key of vault.entries.keys()) vault.entries.set(key, damaged);
      expect((await failureOf(create().getToken({ signal }))).code).toBe('auth-required');
    }
  });

  test('the token cache is bound to the sign-in host', async () => {
    await interactive(create());
    const moved = create({ connection: aConnection({ authority: 'http://127.0.0.1:1' }) });
    expect(await moved.currentAccount()).toBeNull();
  });

  test('signing out removes what was kept', async () => {
    const signIn = create();
    await interactive(signIn);
    expect(await signIn.signOut()).toEqual({ signedOut: true });
    expect(vault.entries.size).toBe(0);
    expect((await failureOf(signIn.getToken({ signal }))).code).toBe('auth-required');
  });
});

describe('trouble with the sign-in host', () => {
  test('after a 429 it is left alone for as long as it asked', async () => {
    const signIn = create();
    entra.script.push(() => ({ status: 429, headers: { 'retry-after': '120' }, body: {} }));
    expect(await failureOf(interactive(signIn))).toMatchObject({ code: 'auth-failed', status: 429 });
    const calls = entra.tokenForms().length;
    const second = await failureOf(interactive(signIn));
    expect(second.retryAfterMs).toBeGreaterThan(60_000);
    expect(entra.tokenForms()).toHaveLength(calls);
  });

  test('a web page instead of a token is named as such', async () => {
    entra.script.push(() => ({ body: '<html><body>please pay for the network, kim.reed</body></html>' }));
    const failure = await failureOf(interactive(create()));
    expect(failure).toMatchObject({ code: 'response-unexpected', source: 'sign-in' });
    expect(failure.message).toContain('<html>');
    expect(JSON.stringify(failure)).not.toContain('kim.reed');
  });

  test('a redirect to another host is refused', async () => {
    entra.script.push(() => ({ status: 302, headers: { location: 'https://evil.example/token' }, body: {} }));
    const failure = await failureOf(interactive(create()));
    expect(failure).toMatchObject({
      code: 'response-unexpected',
      message: expect.stringContaining('evil.example') as string,
    });
  });

  test('an unreachable host is network-unreachable', async () => {
    const signIn = create({ connection: aConnection({ authority: 'http://127.0.0.1:1' }) });
    expect((await failureOf(interactive(signIn))).code).toBe('network-unreachable');
  });

  test.each([
    ['AADSTS65001: consent', 'consent-missing'],
    ['AADSTS90094: admin consent', 'consent-missing'],
    ['AADSTS700016: app not found', 'auth-failed'],
    ['AADSTS50011: redirect', 'auth-failed'],
    ['AADSTS53003: blocked', 'auth-failed'],
  ])('%s becomes %s with its number, without the text of the service', async (description, code) => {
    entra.script.push(() => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: `${description} kim.reed@contoso.example` },
    }));
    const failure = await failureOf(interactive(create()));
    expect(failure.code).toBe(code);
    expect(failure.serviceCode).toBe(description.split(':')[0]);
    expect(JSON.stringify(failure)).not.toContain('kim.reed');
    if (code === 'consent-missing') expect(failure.permissions).toContain('Synchronization.Read.All');
  });
});
