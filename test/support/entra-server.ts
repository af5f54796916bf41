import { randomUUID } from 'node:crypto';
import { startJsonServer, type Call, type JsonServer, type Reply } from './json-server.ts';

export const tenantId = '7b0c1d52-93a1-4f0e-8d56-2f1b6f0c9e11';
export const clientId = '0a1b2c3d-1111-4222-8333-444455556666';

export interface EntraServer extends JsonServer {
  /** Answers the next calls of the token or device-code endpoint instead of the normal answer, in their order. */
  script: ((call: Call) => Reply)[];
  /** Forms posted to the token endpoint. */
  tokenForms(): URLSearchParams[];
  /** What a browser does with the sign-in page: posts code and state to the redirect address. */
  browse(url: string, answer?: Record<string, string>): Promise<number>;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An unsigned token in the shape of a JWT. */
export const fakeJwt = (claims: Record<string, unknown>): string => `${part({ alg: 'none' })}.${part(claims)}.c2ln`;

/** A small Entra: authorize by form_post, token, device code. Loopback http, driven by the real MSAL. */
export const startEntraServer = async (): Promise<EntraServer> => {
  const script: ((call: Call) => Reply)[] = [];
  let pendingPolls = 1;

  const tokens = (form: URLSearchParams): Reply => {
    const scope = form.get('scope') ?? '';
    const isPerson = form.get('grant_type') !== 'client_credentials';
    const person = {
      refresh_token: `refresh-${randomUUID()}`,
      id_token: fakeJwt({
        oid: 'oid-1',
        sub: 'sub-1',
        tid: tenantId,
        preferred_username: 'kim.reed@contoso.example',
        name: 'Kim Reed',
        iss: `https://login.example/${tenantId}/v2.0`,
        aud: clientId,
        iat: Math.floor(Date.now() / 1000),
        exp: Math.floor(Date.now() / 1000) + 3600,
      }),
      client_info: part({ uid: 'oid-1', utid: tenantId }),
    };
    return {
      body: {
        token_type: 'Bearer',
        scope,
        expires_in: 3600,
        access_token: `access-${randomUUID()}`,
        ...(isPerson ? person : {}),
      },
    };
  };

  const server = await startJsonServer((call) => {
    const { pathname } = call.url;
    if (pathname.endsWith('/.well-known/openid-configuration')) {
      const base = `${server.origin}/${tenantId}`;
      return {
        body: {
          issuer: `${base}/v2.0`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          token_endpoint: `${base}/oauth2/v2.0/token`,
          end_session_endpoint: `${base}/oauth2/v2.0/logout`,
          device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
          jwks_uri: `${base}/discovery/v2.0/keys`,
        },
      };
    }
    const scripted = script.shift();
    if (scripted) return scripted(call);
    const form = new URLSearchParams(call.body);
    if (pathname.endsWith('/devicecode')) {
      return {
        body: {
          device_code: 'device-secret',
          user_code: 'ABCD-EFGH',
          verification_uri: `${server.origin}/device`,
          expires_in: 900,
          interval: 1,
          message: `Open ${server.origin}/device and enter ABCD-EFGH`,
        },
      };
    }
    if (pathname.endsWith('/token')) {
      if (form.get('grant_type') === 'device_code' && pendingPolls-- > 0) {
        return { status: 400, body: { error: 'authorization_pending', error_description: 'AADSTS70016: pending' } };
      }
      return tokens(form);
    }
    return { status: 404, body: { error: 'not_found' } };
  });

  return {
    ...server,
    script,
    tokenForms: () =>
      server.calls.filter((call) => call.url.pathname.endsWith('/token')).map((call) => new URLSearchParams(call.body)),
    async browse(url, answer) {
      const query = new URL(url).searchParams;
      const port = new URL(query.get('redirect_uri') ?? '').port;
      const form = {
        state: query.get('state') ?? '',
        ...(answer ?? { code: 'code-1', client_info: part({ uid: 'oid-1', utid: tenantId }) }),
      };
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: new URLSearchParams(form) });
      return response.status;
    },
  };
};
