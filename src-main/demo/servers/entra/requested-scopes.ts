import { consentedPermissions, knownPermissions } from '../graph-rights.ts';
import type { SignInSettings } from '../tenant-settings.ts';
import { consentMissing, EntraError } from './entra-error.ts';

/** Scopes of a request, taken apart. */
export interface RequestedScopes {
  /** The resource in the spelling of the request, which becomes the token's audience. */
  audience: string;
  /** Prefix of qualified scopes as asked for, such as `https://graph.example/`; empty for short ones. */
  prefix: string;
  permissions: string[];
  openId: string[];
}

const openIdScopes = new Set(['openid', 'profile', 'offline_access', 'email']);
const graphAppId = '00000003-0000-0000-c000-000000000000';
const graphOrigin = 'https://graph.microsoft.com';

const isGraph = (resource: string): boolean => {
  if (resource === graphAppId || resource === graphOrigin) return true;
  return URL.canParse(resource) && /^(?:127\.0\.0\.1|localhost|\[::1\])$/u.test(new URL(resource).hostname);
};

/**
 * Takes scopes apart as Entra does: one resource, `/.default` for everything that is consented. Throws AADSTS500011
 * (unknown resource), 28000 (two resources), 650053 (unknown scope), 65001 (no consent), 1002012 (application
 * without `/.default`).
 */
export const readScopes = (text: string, settings: SignInSettings, kind: 'person' | 'application'): RequestedScopes => {
  const openId: string[] = [];
  const permissions: string[] = [];
  const resources = new Set<string>();
  let prefix = '';
  for (const scope of text.split(/\s+/u).filter((part) => part !== '')) {
    if (openIdScopes.has(scope.toLowerCase())) {
      openId.push(scope.toLowerCase());
      continue;
    }
    const slash = scope.lastIndexOf('/');
    const resource = slash > 0 ? scope.slice(0, slash).replace(/\/$/u, '') : graphOrigin;
    if (!isGraph(resource)) {
      throw new EntraError({
        error: 'invalid_resource',
        number: 500011,
        text: `The resource principal named ${resource} was not found in the tenant.`,
      });
    }
    resources.add(resource);
    if (slash > 0) prefix = scope.slice(0, slash + 1);
    permissions.push(scope.slice(slash + 1));
  }
  if (resources.size > 1) {
    throw new EntraError({
      error: 'invalid_scope',
      number: 28000,
      text: 'Provided value for the input parameter scope is not valid because it contains more than one resource.',
    });
  }
  const audience = [...resources][0] ?? graphOrigin;
  const consented = consentedPermissions.filter((name) => !settings.notConsented.includes(name));
  if (permissions.includes('.default')) return { audience, prefix, permissions: consented, openId };
  if (kind === 'application') {
    throw new EntraError({
      error: 'invalid_scope',
      number: 1002012,
      text: 'The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.',
    });
  }
  for (const name of permissions) {
    if (!knownPermissions.includes(name) || settings.unknownScopes.includes(name)) {
      throw new EntraError({
        error: 'invalid_client',
        number: 650053,
        text: `The application asked for scope '${name}' that doesn't exist on the resource '${graphAppId}'. Contact the app vendor.`,
      });
    }
    if (!consented.includes(name)) throw consentMissing(name);
  }
  return { audience, prefix, permissions, openId };
};

/** The granted scopes in the spelling of the answer. */
export const spellScopes = (scopes: RequestedScopes, settings: SignInSettings): string => {
  const prefix = settings.scopeSpelling === 'short' ? '' : scopes.prefix;
  const openId = scopes.openId.filter((scope) => scope !== 'offline_access');
  return [...scopes.permissions.map((name) => `${prefix}${name}`), ...openId].join(' ');
};
