import { isLoopback } from '../net/clouds.ts';

/** Delegated read permissions, asked for at sign-in. msal-desktop.md 9. */
const permissions = [
  'User.Read',
  'ProvisioningLog.Read.All',
  'AuditLog.Read.All',
  'Synchronization.Read.All',
  'Application.Read.All',
  'User.Read.All',
  'GroupMember.Read.All',
] as const;

/** What an administrator has to consent to; `User.Read` needs nobody's. */
export const rightsOfSignIn: string[] = permissions.filter((permission) => permission !== 'User.Read');

/** A permission that older clouds do not know; there `AuditLog.Read.All` gives the provisioning log. */
const newest = 'ProvisioningLog.Read.All';

/** Fully qualified, so that a national cloud gets a token for its own Graph. `graph`: origin. */
export const readScopes = (graph: string): string[] => permissions.map((permission) => `${graph}/${permission}`);

export const fallbackScopes = (graph: string): string[] =>
  readScopes(graph).filter((scope) => !scope.endsWith(`/${newest}`));

/** What an application without a person asks for: everything that an administrator granted it. */
export const applicationScopes = (graph: string): string[] => [`${graph}/.default`];

const openIdScopes = new Set(['openid', 'profile', 'offline_access', 'email']);

/**
 * The spelling in which the service granted the scopes: asking with any other is a cache miss each time
 * (msal-desktop.md 4).
 */
export const grantedScopes = (scopes: readonly string[]): string[] =>
  scopes.filter((scope) => !openIdScopes.has(scope.toLowerCase()));

/**
 * Scopes for silent renewal: the granted spelling. A national cloud takes a short name for another Graph than its own,
 * so there short names are qualified again, at the price of a cache miss per process.
 */
export const renewalScopes = (granted: readonly string[], graph: string): string[] => {
  if (granted.length === 0) return readScopes(graph);
  if (graph === 'https://graph.microsoft.com' || isLoopback(graph)) return [...granted];
  return granted.map((scope) => (scope.includes('://') ? scope : `${graph}/${scope}`));
};
