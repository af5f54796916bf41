import type { TargetGroup, TargetUser } from '../../core/model/target.ts';
import { isObject, member, textOf } from './json-keys.ts';
import type { ScimObject } from './json-keys.ts';
import { booleanOf, readAttribute } from './read-attribute.ts';

const timeIn = (resource: ScimObject, key: string): string | null => {
  const meta = member(resource, 'meta');
  const at = isObject(meta) ? textOf(member(meta, key)) : null;
  return at === null || Number.isNaN(Date.parse(at)) ? null : at;
};

/** What accounts and groups are called must be plain values: an account without its name would look like a stray one. */
const namesArePlain = (resource: ScimObject): boolean =>
  ['userName', 'displayName'].every((key) => {
    const value = member(resource, key);
    return value === undefined || value === null || typeof value !== 'object';
  });

/** The id of a resource, also when it comes as a number; null makes the resource malformed. */
export const idOf = (resource: unknown): string | null =>
  isObject(resource) && namesArePlain(resource) ? textOf(member(resource, 'id')) : null;

/** `attributes`: the paths to keep; nothing else of the account is kept. */
export const readUser = (id: string, resource: ScimObject, attributes: readonly string[]): TargetUser => ({
  id,
  userName: textOf(member(resource, 'userName')),
  externalId: textOf(member(resource, 'externalId')),
  active: booleanOf(member(resource, 'active')),
  displayName: textOf(member(resource, 'displayName')),
  attributes: Object.fromEntries(
    attributes.map((path) => [
      path,
      path.toLowerCase() === 'active' ? booleanOf(member(resource, 'active')) : readAttribute(resource, path),
    ]),
  ),
  createdAt: timeIn(resource, 'created'),
  lastModifiedAt: timeIn(resource, 'lastModified'),
});

const isGroupMember = (entry: ScimObject): boolean =>
  textOf(member(entry, 'type'))?.toLowerCase() === 'group' ||
  /\/groups\/[^/]*$/i.test(textOf(member(entry, '$ref')) ?? '');

/** How many members the server listed, of every type, and the ids of the users among them. */
export interface MemberList {
  listed: number;
  userIds: string[];
}

/** Null when the answer says nothing about members, which is not "empty". */
export const readMembers = (resource: ScimObject): MemberList | null => {
  const members = member(resource, 'members');
  if (!Array.isArray(members)) return null;
  const userIds = new Set<string>();
  for (const entry of members as unknown[]) {
    const id = isObject(entry) ? textOf(member(entry, 'value')) : textOf(entry);
    if (id !== null && !(isObject(entry) && isGroupMember(entry))) userIds.add(id);
  }
  return { listed: members.length, userIds: [...userIds] };
};

export const readGroup = (id: string, resource: ScimObject, members: MemberList | null): TargetGroup => ({
  id,
  displayName: textOf(member(resource, 'displayName')),
  externalId: textOf(member(resource, 'externalId')),
  createdAt: timeIn(resource, 'created'),
  lastModifiedAt: timeIn(resource, 'lastModified'),
  memberIds: members === null ? null : members.userIds,
});
