import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSignIn } from '../../../src-main/adapters/entra/create-sign-in.ts';
import { hostsOf } from '../../../src-main/adapters/net/clouds.ts';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import type { Fetch } from '../../../src-main/services/ports.ts';
import { aConnection } from '../../support/connections.ts';
import { startEntraServer, type EntraServer } from '../../support/entra-server.ts';
import { createOpenVault } from '../../support/open-vault.ts';

const signal = new AbortController().signal;
let entra: EntraServer;
beforeEach(async () => {
  entra = await startEntraServer();
});
afterEach(() => entra.close());

/** Leads every host to the server of the test, and remembers which host was meant. */
const leadTo = (server: EntraServer, asked: string[]): Fetch => {
  const fetch = createFetch({});
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    asked.push(url.origin);
    return fetch(server.origin + url.pathname + url.search, init);
  };
};

test.each(['global', 'usgov', 'usgov-dod', 'china'] as const)(
  'cloud %s signs in at its own host, without discovery, for its own Graph',
  async (cloud) => {
    const asked: string[] = [];
    const opened: string[] = [];
    const vault = createOpenVault();
    const create = () =>
      createSignIn({
        connection: aConnection({ cloud }),
        vault,
        env: {},
        fetch: leadTo(entra, asked),
        openBrowser: async (url) => {
          opened.push(url);
          await entra.browse(url);
        },
      });
    const report = await create().signIn({ mode: 'interactive', signal, onDeviceCode: () => undefined });
    expect(report.account).toBe('kim.reed@contoso.example');

    const { authority, authorityAliases, graph } = hostsOf(cloud);
    const own = [authority, ...authorityAliases];
    expect(own).toContain(new URL(opened[0] ?? '').origin);
    expect(own).toEqual(expect.arrayContaining(asked));
    expect(entra.calls.map((call) => call.method)).toEqual(['POST']);
    expect(entra.tokenForms()[0]?.get('scope')).toContain(`${graph}/User.Read`);

    expect(await create().currentAccount()).toBe('kim.reed@contoso.example');
    expect(await create().getToken({ signal })).toMatch(/^access-/u);
    expect(entra.calls).toHaveLength(1);
  },
);
