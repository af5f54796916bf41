import type { Json } from '../world.ts';
import type { Account, TargetGroup } from './model.ts';
import { isoSeconds } from './time.ts';

/** SCIM's shapes of accounts and groups. scim-entra.md 2. */

const meta = (
  resourceType: 'User' | 'Group',
  base: string,
  one: { id: string; createdMs: number; modifiedMs: number },
): Json => ({
  resourceType,
  created: isoSeconds(one.createdMs),
  lastModified: isoSeconds(one.modifiedMs),
  location: `${base}${resourceType}s/${one.id}`,
});

export const renderAccount = (account: Account, base: string): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  id: account.id,
  ...(account.externalId === null ? {} : { externalId: account.externalId }),
  userName: account.userName,
  name: { givenName: account.given, familyName: account.family },
  displayName: account.display,
  active: account.active,
  meta: meta('User', base, account),
});

export const renderTargetGroup = (group: TargetGroup, base: string): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  id: group.id,
  ...(group.externalId === null ? {} : { externalId: group.externalId }),
  displayName: group.displayName,
  ...(group.hidesMembers
    ? {}
    : { members: [...group.members].map((value) => ({ value, type: 'User', $ref: `${base}Users/${value}` })) }),
  meta: meta('Group', base, group),
});
