import { createHash } from 'node:crypto';
import type { Assignment, DirectoryGroup, DirectoryUser, GroupMembers } from '../../../core/model/directory.ts';
import type { TargetGroup, TargetUser } from '../../../core/model/target.ts';
import type { SnapshotItems, SnapshotName } from '../../../services/ports.ts';
import { foldText, toIndexedText } from '../search-text.ts';

/** Numbers of the lists in `objects`, as migration 0001 gives them. */
export const listIds: Readonly<Record<SnapshotName, number>> = {
  users: 1,
  'deleted-users': 2,
  groups: 3,
  'group-members': 4,
  assignments: 5,
  'scim-users': 6,
  'scim-groups': 7,
};

/** Lists whose objects are people: they are searched, and sorted by name. */
export const personLists: ReadonlySet<SnapshotName> = new Set(['users', 'deleted-users', 'scim-users']);

/** Lists whose objects have members, which are kept one by one. */
export type MemberListName = 'group-members' | 'scim-groups';
export const memberLists: ReadonlySet<SnapshotName> = new Set<MemberListName>(['group-members', 'scim-groups']);

/** Member ids by the list that they belong to; null when they could not be read. */
export type MemberIds = Record<number, string[]> | null;

/** How one list's objects are stored: as JSON whose text is the same for equal objects, members apart. */
interface ListShape<T> {
  id(item: T): string;
  json(item: T): string;
  members?(item: T): MemberIds;
  read(json: string, members: MemberIds): T;
  person?(item: T): { name: string; words: string };
}

const sorted = <V>(record: Record<string, V>): Record<string, V> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** Same members, same text, in whatever order a service lists them. */
const digest = (...lists: string[][]): string => {
  const hash = createHash('sha1');
  for (const ids of lists) hash.update(JSON.stringify([...new Set(ids)].sort()));
  return hash.digest('base64');
};

const texts = (record: Record<string, unknown>): string[] =>
  Object.values(record).flatMap((value) =>
    typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [],
  );

const directoryUsers: ListShape<DirectoryUser> = {
  id: (user) => user.id,
  json: (user) =>
    JSON.stringify({
      id: user.id,
      userPrincipalName: user.userPrincipalName,
      mail: user.mail,
      displayName: user.displayName,
      accountEnabled: user.accountEnabled,
      createdAt: user.createdAt,
      deletedAt: user.deletedAt,
      attributes: sorted(user.attributes),
    } satisfies DirectoryUser),
  read: (json) => JSON.parse(json) as DirectoryUser,
  person: (user) => ({
    name: foldText(user.displayName ?? user.userPrincipalName ?? user.mail ?? user.id),
    words: toIndexedText([user.displayName, user.userPrincipalName, user.mail, user.id, ...texts(user.attributes)]),
  }),
};

type StoredTargetGroup = Omit<TargetGroup, 'memberIds'> & { members: string | null };

const shapes: { [N in SnapshotName]: ListShape<SnapshotItems[N]> } = {
  users: directoryUsers,
  'deleted-users': directoryUsers,
  groups: {
    id: (group) => group.id,
    json: (group) =>
      JSON.stringify({
        id: group.id,
        displayName: group.displayName,
        mail: group.mail,
        securityEnabled: group.securityEnabled,
        groupTypes: group.groupTypes,
        createdAt: group.createdAt,
        attributes: sorted(group.attributes),
      } satisfies DirectoryGroup),
    read: (json) => JSON.parse(json) as DirectoryGroup,
  },
  'group-members': {
    id: (group) => group.groupId,
    json: (group) => JSON.stringify({ groupId: group.groupId, members: digest(group.userIds, group.groupIds) }),
    members: (group) => ({ [listIds.users]: group.userIds, [listIds.groups]: group.groupIds }),
    read: (json, members): GroupMembers => ({
      groupId: (JSON.parse(json) as GroupMembers).groupId,
      userIds: members?.[listIds.users] ?? [],
      groupIds: members?.[listIds.groups] ?? [],
    }),
  },
  assignments: {
    id: (assignment) => assignment.id,
    json: (assignment) =>
      JSON.stringify({
        id: assignment.id,
        principalId: assignment.principalId,
        principalType: assignment.principalType,
        principalName: assignment.principalName,
        appRoleId: assignment.appRoleId,
        createdAt: assignment.createdAt,
      } satisfies Assignment),
    read: (json) => JSON.parse(json) as Assignment,
  },
  'scim-users': {
    id: (user) => user.id,
    json: (user) =>
      JSON.stringify({
        id: user.id,
        userName: user.userName,
        externalId: user.externalId,
        active: user.active,
        displayName: user.displayName,
        attributes: sorted(user.attributes),
        createdAt: user.createdAt,
        lastModifiedAt: user.lastModifiedAt,
      } satisfies TargetUser),
    read: (json) => JSON.parse(json) as TargetUser,
    person: (user) => ({
      name: foldText(user.displayName ?? user.userName ?? user.id),
      words: toIndexedText([user.displayName, user.userName, user.externalId, user.id, ...texts(user.attributes)]),
    }),
  },
  'scim-groups': {
    id: (group) => group.id,
    json: (group) =>
      JSON.stringify({
        id: group.id,
        displayName: group.displayName,
        externalId: group.externalId,
        createdAt: group.createdAt,
        lastModifiedAt: group.lastModifiedAt,
        members: group.memberIds === null ? null : digest(group.memberIds),
      } satisfies StoredTargetGroup),
    members: (group) => (group.memberIds === null ? null : { [listIds['scim-users']]: group.memberIds }),
    read(json, found): TargetGroup {
      const { members, ...group } = JSON.parse(json) as StoredTargetGroup;
      return { ...group, memberIds: members === null || found === null ? null : (found[listIds['scim-users']] ?? []) };
    },
  },
};

export const shapeOf = <N extends SnapshotName>(name: N): ListShape<SnapshotItems[N]> => shapes[name];
