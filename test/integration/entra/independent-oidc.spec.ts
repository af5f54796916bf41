import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSignIn } from '../../../src-main/adapters/entra/create-sign-in.ts';
import { readScopes } from '../../../src-main/adapters/entra/scopes.ts';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import { aConnection } from '../../support/connections.ts';
import { failureOf } from '../../support/failure-of.ts';
import { createOpenVault } from '../../support/open-vault.ts';
import { startOidcServer, type OidcServer } from '../../support/oidc-server.ts';

const signal = new AbortController().signal;
const graph = 'https://graph.contoso.example';
let oidc: OidcServer;
beforeAll(async () => {
  oidc = await startOidcServer(readScopes(graph));
});
afterAll(() => oidc.close());

const connection = () =>
  aConnection({ cloud: { authority: oidc.origin, graph }, trustedHosts: ['graph.contoso.example'] });

test('MSAL signs in at an OpenID provider of other people over TLS, and renews without the person', async () => {
  const vault = createOpenVault();
  const fetch = createFetch({}, { ca: oidc.ca });
  const create = () =>
    createSignIn({
      connection: connection(),
      vault,
      env: {},
      fetch,
      // This provider grants `offline_access` only when consent is asked for explicitly; Entra needs no such word.
      openBrowser: (url) => oidc.browse(url.replace('prompt=select_account', 'prompt=select_account%20consent'), fetch),
    });
  const report = await create()
    .signIn({ mode: 'interactive', signal, onDeviceCode: () => undefined })
    .catch((error: unknown) => {
      throw new Error(`${String(error)} ${oidc.errors.join('; ')}`, { cause: error });
    });
  expect(report).toMatchObject({ account: 'kim.reed@contoso.example', persistent: true });

  const later = create();
  const token = await later.getToken({ signal });
  expect(token.length).toBeGreaterThan(20);
  const renewed = await later.getToken({ signal, claims: '{"access_token":{"nbf":{"essential":true}}}' });
  expect(renewed).not.toBe(token);
  expect(oidc.errors).toEqual([]);
});

test('a server whose certificate nobody knows is refused, with TLS in words', async () => {
  const signIn = createSignIn({
    connection: connection(),
    vault: createOpenVault(),
    env: {},
    fetch: createFetch({}),
    openBrowser: () => Promise.resolve(),
  });
  const failure = await failureOf(signIn.signIn({ mode: 'interactive', signal, onDeviceCode: () => undefined }));
  expect(failure).toMatchObject({
    code: 'network-unreachable',
    message: expect.stringContaining('TLS') as string,
    advice: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
  });
});
