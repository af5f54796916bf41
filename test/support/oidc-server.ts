import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { interactionPolicy, Provider } from 'oidc-provider';
import { generate } from 'selfsigned';
import type { Fetch } from '../../src-main/services/ports.ts';
import { clientId, tenantId } from './entra-server.ts';

export interface OidcServer {
  origin: string;
  /** Certificate authority of the server, PEM. */
  ca: string;
  /** What a browser does: follows redirects with cookies, signs in, and posts the answer to the redirect address. */
  browse(url: string, fetch: Fetch): Promise<void>;
  errors: string[];
  close(): Promise<void>;
}

/** An independent OpenID provider over TLS, at the paths where MSAL looks for a tenant. */
export const startOidcServer = async (scopes: string[]): Promise<OidcServer> => {
  const certificate = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const server = createServer({ key: certificate.private, cert: certificate.cert });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const mount = `/${tenantId}/v2.0`;

  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  const errors: string[] = [];
  const provider = new Provider(`${origin}${mount}`, {
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: ['http://localhost'],
      },
    ],
    scopes: ['openid', 'profile', 'offline_access', ...scopes],
    claims: { openid: ['sub', 'oid', 'tid', 'preferred_username', 'name'] },
    conformIdTokenClaims: false,
    // Stated, because the defaults announce themselves on the console.
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 3600, RefreshToken: 3600, IdToken: 3600 },
    issueRefreshToken: () => Promise.resolve(true),
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_: unknown, { uid }: { uid: string }) => `${mount}/interaction/${uid}` },
    cookies: { keys: ['test-only'] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        oid: id,
        tid: tenantId,
        preferred_username: `${id}@contoso.example`,
        name: 'Kim Reed',
      }),
    }),
  });
  for (const event of ['server_error', 'authorization.error', 'grant.error']) {
    provider.on(event, (_, error) => errors.push(`${event}: ${String(error)}`));
  }

  const handle = provider.callback();
  server.on('request', (request, response) => {
    const path = request.url ?? '/';
    const work = path.startsWith(`${mount}/interaction/`)
      ? (async () => {
          const { params, prompt } = await provider.interactionDetails(request, response);
          const grant = new provider.Grant({ accountId: 'kim.reed', clientId });
          grant.addOIDCScope(String(params['scope']));
          const grantId = await grant.save();
          const result = {
            login: { accountId: 'kim.reed' },
            select_account: {},
            consent: { grantId },
            prompt: prompt.name,
          };
          await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
        })()
      : handle(Object.assign(request, { originalUrl: path, url: path.slice(mount.length) || '/' }), response);
    work.catch((error: unknown) => {
      errors.push(String(error));
      response.destroy();
    });
  });

  return {
    origin,
    ca: certificate.cert,
    errors,
    async browse(start, fetch) {
      const cookies = new Map<string, string>();
      let url = start;
      for (let hops = 0; hops < 15; hops += 1) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(url, { headers: { cookie } });
        for (const line of response.headers.getSetCookie()) {
          const [name = '', ...value] = (line.split(';')[0] ?? '').split('=');
          if (value.join('=') === '') cookies.delete(name);
          else cookies.set(name, value.join('='));
        }
        const location = response.headers.get('location');
        if (location !== null) {
          await response.body?.cancel();
          url = new URL(location, url).href;
          continue;
        }
        const html = await response.text();
        const action = /<form[^>]*action="([^"]+)"/u.exec(html)?.[1];
        if (action === undefined) throw new Error(`no form at ${new URL(url).pathname}: ${html.slice(0, 300)}`);
        const fields = [...html.matchAll(/name="([^"]+)" value="([^"]*)"/gu)].map(([, name, value]) => [name, value]);
        const body = new URLSearchParams(fields as [string, string][]);
        const port = new URL(action).port;
        await fetch(`http://127.0.0.1:${port}/`, {
          method: 'POST',
          body: body.toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
        return;
      }
      throw new Error('the sign-in page never ended');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
