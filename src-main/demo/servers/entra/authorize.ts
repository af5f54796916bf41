import { createHash, randomBytes } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../http-server.ts';
import type { Tenant } from '../tenant.ts';
import { consentMissing, describeError, EntraError, invalidRequest, unknownClient } from './entra-error.ts';
import { clientInfo, contextsOf, type Grant } from './issue-tokens.ts';
import { carryPage, questionPage } from './pages.ts';
import { readScopes } from './requested-scopes.ts';

const codeSeconds = 600;

interface Issued {
  grant: Grant;
  redirectUri: string;
  challenge: string;
  expiresMs: number;
}

/** What of the request travels through the page, sealed. */
interface Asked {
  clientId: string;
  redirectUri: string;
  state: string;
  responseMode: string;
  scope: string;
  challenge: string;
  claims: string | null;
}

const isAsked = (value: unknown): value is Asked =>
  typeof value === 'object' && value !== null && 'redirectUri' in value && 'challenge' in value;

export interface Authorization {
  /** `GET authorize`: the page on which the person decides. Throws what is shown as a page: no client, bad redirect. */
  ask(request: HttpRequest, tenantPath: string): HttpAnswer;
  /** The page's form: the answer goes to the redirect URI by `form_post` or `query`. */
  decide(form: URLSearchParams): HttpAnswer;
  /** Redeems a code once. Throws AADSTS54005, 70008, 50011, 501481 (PKCE). */
  redeem(form: URLSearchParams): Grant;
}

/** Registered is `http://localhost`; the port is ignored for loopback. msal-desktop.md 9. */
const isRegistered = (redirectUri: string): boolean => {
  if (!URL.canParse(redirectUri)) return false;
  const url = new URL(redirectUri);
  return url.protocol === 'http:' && url.hostname === 'localhost' && url.pathname === '/';
};

export const createAuthorization = (tenant: Tenant): Authorization => {
  const codes = new Map<string, Issued>();

  const answer = (asked: Asked, fields: Record<string, string>): HttpAnswer => {
    const all = { ...fields, ...(asked.state === '' ? {} : { state: asked.state }) };
    if (asked.responseMode === 'form_post') return carryPage(asked.redirectUri, all);
    const target = new URL(asked.redirectUri);
    for (const [name, value] of Object.entries(all)) target.searchParams.set(name, value);
    return { status: 302, headers: { Location: target.href } };
  };

  return {
    ask(request, tenantPath) {
      const query = request.url.searchParams;
      const { ids } = tenant.world;
      const clientId = query.get('client_id') ?? '';
      if (clientId.toLowerCase() !== ids.clientId.toLowerCase()) throw unknownClient(clientId, ids.tenantId);
      const redirectUri = query.get('redirect_uri') ?? '';
      if (!isRegistered(redirectUri)) {
        throw new EntraError({
          error: 'invalid_request',
          number: 50011,
          text: `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`,
        });
      }
      if (query.get('response_type') !== 'code') throw invalidRequest('response_type');
      const challenge = query.get('code_challenge') ?? '';
      if (challenge === '' || query.get('code_challenge_method') !== 'S256') throw invalidRequest('code_challenge');
      const asked: Asked = {
        clientId,
        redirectUri,
        state: query.get('state') ?? '',
        responseMode: query.get('response_mode') ?? 'query',
        scope: query.get('scope') ?? '',
        challenge,
        claims: query.get('claims'),
      };
      return questionPage({
        title: 'Sign in to the demo tenant',
        text: `UNIFI Provisioning Monitor wants to read provisioning data as ${ids.adminUpn}.`,
        action: `/${tenantPath}/login`,
        fields: { context: tenant.signing.seal(asked) },
      });
    },

    decide(form) {
      const asked = tenant.signing.unseal(form.get('context') ?? '');
      if (!isAsked(asked)) throw invalidRequest('context');
      const refuse = (error: EntraError, code: string): HttpAnswer =>
        answer(asked, { error: code, error_description: describeError(error), error_subcode: 'cancel' });
      if (form.get('decision') !== 'accept') {
        const declined = new EntraError({
          error: 'access_denied',
          number: 65004,
          text: 'User declined to consent to access the app.',
        });
        return refuse(declined, 'access_denied');
      }
      try {
        const scopes = readScopes(asked.scope, tenant.settings().signIn, 'person');
        const code = `1.${randomBytes(48).toString('base64url')}`;
        codes.set(code, {
          grant: { clientId: asked.clientId, scopes, contexts: contextsOf(asked.claims) },
          redirectUri: asked.redirectUri,
          challenge: asked.challenge,
          expiresMs: tenant.realNowMs() + codeSeconds * 1000,
        });
        return answer(asked, { code, client_info: clientInfo(tenant), session_state: randomBytes(16).toString('hex') });
      } catch (error) {
        if (!(error instanceof EntraError)) throw error;
        // A person without admin rights is told to ask an administrator; the application gets a refusal.
        const isConsent = error.details.number === consentMissing('').details.number;
        return refuse(error, isConsent ? 'access_denied' : error.details.error);
      }
    },

    redeem(form) {
      const code = form.get('code') ?? '';
      const issued = codes.get(code);
      codes.delete(code);
      if (!issued) {
        throw new EntraError({
          error: 'invalid_grant',
          number: 54005,
          text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
        });
      }
      if (issued.expiresMs < tenant.realNowMs()) {
        throw new EntraError({
          error: 'invalid_grant',
          number: 70008,
          text: 'The provided authorization code or refresh token has expired due to inactivity.',
        });
      }
      if (form.get('redirect_uri') !== issued.redirectUri) {
        throw new EntraError({ error: 'invalid_client', number: 50011, text: 'The redirect URI does not match.' });
      }
      const verifier = form.get('code_verifier') ?? '';
      if (createHash('sha256').update(verifier).digest('base64url') !== issued.challenge) {
        throw new EntraError({
          error: 'invalid_grant',
          number: 501481,
          text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
        });
      }
      return issued.grant;
    },
  };
};
