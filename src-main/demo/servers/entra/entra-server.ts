import type { HttpAnswer, HttpHandler, HttpRequest } from '../http-server.ts';
import { withFaults, type Tenant } from '../tenant.ts';
import { createAuthorization } from './authorize.ts';
import { createDeviceCodes } from './device-codes.ts';
import { EntraError, errorAnswer, jsonAnswer, unknownTenant } from './entra-error.ts';
import { checkClient, proofMissing } from './client-check.ts';
import { createRefreshTokens } from './issue-tokens.ts';
import { messagePage } from './pages.ts';
import { readScopes } from './requested-scopes.ts';
import { answerTokenRequest } from './token-endpoint.ts';

const readForm = async (request: HttpRequest): Promise<URLSearchParams> => new URLSearchParams(await request.body());

/** The origin under which the client knows this server: a proxy in front may say another one. */
const seenOrigin = (request: HttpRequest): string => {
  const host = request.headers['x-forwarded-host'];
  const protocol = request.headers['x-forwarded-proto'];
  return typeof host === 'string' ? `${typeof protocol === 'string' ? protocol : 'https'}://${host}` : request.origin;
};

const openIdConfiguration = (origin: string, tenantId: string): unknown => {
  const base = `${origin}/${tenantId}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'name', 'preferred_username', 'oid', 'tid', 'ver'],
  };
};

const instanceDiscovery = (origin: string, tenantId: string): unknown => ({
  tenant_discovery_endpoint: `${origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
  'api-version': '1.1',
  metadata: [
    {
      preferred_network: new URL(origin).host,
      preferred_cache: new URL(origin).host,
      aliases: [new URL(origin).host],
    },
  ],
});

/** Path without the tenant, such as `oauth2/v2.0/token`. */
const template = (path: string): string => {
  const [, first = '', ...rest] = path.split('/');
  return rest.length === 0 ? `/${first}` : first === 'common' ? path : `/{tenant}/${rest.join('/')}`;
};

/** Entra's sign-in endpoints for one tenant and one app registration. msal-desktop.md 2 to 4, 8 and 9. */
export const createEntraHandler = (tenant: Tenant): HttpHandler => {
  const authorization = createAuthorization(tenant);
  const deviceCodes = createDeviceCodes(tenant);
  const refreshTokens = createRefreshTokens();

  const checkTenant = (name: string): void => {
    const { tenantId, adminUpn } = tenant.world.ids;
    const known = [tenantId, adminUpn.split('@')[1] ?? '', 'organizations', 'common'];
    if (!known.some((one) => one.toLowerCase() === name.toLowerCase())) throw unknownTenant(name);
  };

  const startDeviceCode = async (request: HttpRequest): Promise<HttpAnswer> => {
    const form = await readForm(request);
    const { clientId, proven } = checkClient(tenant, form, request.url.pathname);
    const settings = tenant.settings().signIn;
    if (!settings.publicClient && !proven) throw proofMissing();
    const scopes = readScopes(form.get('scope') ?? '', settings, 'person');
    return deviceCodes.start(request, { clientId, scopes, contexts: [] });
  };

  const route = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { tenantId } = tenant.world.ids;
    const [, first = '', ...rest] = decodeURIComponent(request.url.pathname).split('/');
    const path = rest.join('/');
    const call = `${request.method} ${path}`;
    if (first === 'deviceauth' && path === '') {
      return request.method === 'POST' ? deviceCodes.decide(await readForm(request)) : deviceCodes.ask();
    }
    const origin = seenOrigin(request);
    if (call === 'GET discovery/instance') return jsonAnswer(200, instanceDiscovery(origin, tenantId));
    checkTenant(first);
    switch (call) {
      case 'GET v2.0/.well-known/openid-configuration':
        return jsonAnswer(200, openIdConfiguration(origin, tenantId));
      case 'GET discovery/v2.0/keys':
        return jsonAnswer(200, { keys: [tenant.signing.publicKey] });
      case 'GET oauth2/v2.0/authorize':
        return authorization.ask(request, first);
      case 'POST login':
        return authorization.decide(await readForm(request));
      case 'POST oauth2/v2.0/devicecode':
        return startDeviceCode(request);
      case 'POST oauth2/v2.0/token':
        return answerTokenRequest(tenant, {
          form: await readForm(request),
          path: request.url.pathname,
          issuer: `${origin}/${tenantId}/v2.0`,
          authorization,
          deviceCodes,
          refreshTokens,
        });
      default:
        return jsonAnswer(404, { error: 'not_found', error_description: 'There is nothing at this address.' });
    }
  };

  return withFaults(tenant, {
    name: 'entra',
    template,
    errorBody: (status) => {
      const error = new EntraError({
        error: status === 429 ? 'temporarily_unavailable' : 'server_error',
        number: status === 429 ? 90055 : 90033,
        text: 'A transient error has occurred. Please try again.',
      });
      const { headers = {}, body = '' } = errorAnswer(error);
      return { headers, body };
    },
    handle: async (request) => {
      const isPage = request.method === 'GET' || request.url.pathname.endsWith('/login');
      try {
        return await route(request);
      } catch (error) {
        if (!(error instanceof EntraError)) throw error;
        const isJson = !isPage || request.url.pathname.includes('.well-known');
        return isJson
          ? errorAnswer(error)
          : messagePage(400, 'Sorry, but we’re having trouble signing you in.', error.message);
      }
    },
  });
};
