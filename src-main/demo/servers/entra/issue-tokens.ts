import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Tenant } from '../tenant.ts';
import type { RequestedScopes } from './requested-scopes.ts';
import { spellScopes } from './requested-scopes.ts';

/** What a token is for. */
export interface Grant {
  clientId: string;
  scopes: RequestedScopes;
  /** Values of the authentication context that a claims challenge asked for. */
  contexts: string[];
}

/** The values that a `claims` parameter asks for, of a challenge by Graph. Nothing for text that is no such request. */
export const contextsOf = (claims: string | null): string[] => {
  if (claims === null) return [];
  try {
    const value = JSON.parse(claims) as { access_token?: { acrs?: { value?: unknown } } } | null;
    const context = value?.access_token?.acrs?.value;
    return typeof context === 'string' ? [context] : [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
};

export interface AccessTokenOptions {
  audience: string;
  clientId: string;
  permissions: string[];
  kind: 'person' | 'application';
  contexts: string[];
  /** Another tenant's id makes a token that Graph refuses. */
  tenantId: string;
  lifetimeSeconds: number;
}

/** A signed Graph access token with the claims of a version 1 Entra token. */
export const issueAccessToken = (tenant: Tenant, options: AccessTokenOptions): string => {
  const { ids } = tenant.world;
  const now = Math.floor(tenant.realNowMs() / 1000);
  return tenant.signing.issue({
    aud: options.audience,
    iss: `https://sts.demo.example/${options.tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + options.lifetimeSeconds,
    tid: options.tenantId,
    appid: options.clientId,
    app_displayname: 'UNIFI Provisioning Monitor',
    uti: randomUUID(),
    ver: '1.0',
    ...(options.contexts.length > 0 ? { acrs: options.contexts } : {}),
    ...(options.kind === 'person'
      ? {
          idtyp: 'user',
          oid: ids.adminId,
          sub: pairwise(ids.adminId),
          upn: ids.adminUpn,
          scp: options.permissions.join(' '),
        }
      : { idtyp: 'app', oid: ids.applicationId, sub: ids.applicationId, roles: options.permissions }),
  });
};

const pairwise = (id: string): string => createHash('sha256').update(id).digest('base64url');

/** Base64url of the account's home ids. */
export const clientInfo = (tenant: Tenant): string =>
  Buffer.from(JSON.stringify({ uid: tenant.world.ids.adminId, utid: tenant.world.ids.tenantId })).toString('base64url');

/** Refresh tokens of one start. */
export interface RefreshTokens {
  add(clientId: string): string;
  clientOf(token: string): string | null;
}

export const createRefreshTokens = (): RefreshTokens => {
  const clients = new Map<string, string>();
  return {
    add(clientId) {
      const token = `0.${randomBytes(48).toString('base64url')}`;
      clients.set(token, clientId);
      return token;
    },
    clientOf: (token) => clients.get(token) ?? null,
  };
};

/** The token endpoint's answer for an application without a person. */
export const applicationTokens = (tenant: Tenant, grant: Grant): Record<string, unknown> => {
  const { accessTokenSeconds } = tenant.settings().signIn;
  return {
    token_type: 'Bearer',
    expires_in: accessTokenSeconds,
    ext_expires_in: accessTokenSeconds,
    access_token: issueAccessToken(tenant, {
      audience: grant.scopes.audience,
      clientId: grant.clientId,
      permissions: grant.scopes.permissions,
      kind: 'application',
      contexts: grant.contexts,
      tenantId: tenant.world.ids.tenantId,
      lifetimeSeconds: accessTokenSeconds,
    }),
  };
};

/** The token endpoint's answer for the demo tenant's administrator. Without a `nonce`: the page's request carries none back. */
export const personTokens = (
  tenant: Tenant,
  grant: Grant,
  refreshTokens: RefreshTokens,
  issuer: string,
): Record<string, unknown> => {
  const { ids, directory } = tenant.world;
  const settings = tenant.settings().signIn;
  const now = Math.floor(tenant.realNowMs() / 1000);
  const name = directory.user(ids.adminId)?.['displayName'];
  return {
    token_type: 'Bearer',
    scope: spellScopes(grant.scopes, settings),
    expires_in: settings.accessTokenSeconds,
    ext_expires_in: settings.accessTokenSeconds,
    access_token: issueAccessToken(tenant, {
      audience: grant.scopes.audience,
      clientId: grant.clientId,
      permissions: grant.scopes.permissions,
      kind: 'person',
      contexts: grant.contexts,
      tenantId: ids.tenantId,
      lifetimeSeconds: settings.accessTokenSeconds,
    }),
    refresh_token: refreshTokens.add(grant.clientId),
    id_token: tenant.signing.issue({
      aud: grant.clientId,
      iss: issuer,
      iat: now,
      nbf: now,
      exp: now + 3600,
      oid: ids.adminId,
      sub: pairwise(`${ids.adminId} ${grant.clientId}`),
      tid: ids.tenantId,
      preferred_username: ids.adminUpn,
      name: typeof name === 'string' ? name : ids.adminUpn,
      ver: '2.0',
    }),
    client_info: clientInfo(tenant),
  };
};
