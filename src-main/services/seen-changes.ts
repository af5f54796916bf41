import type { SeenChanges } from '../core/cross-check/input.ts';
import type { Assignment, DirectoryGroup, DirectoryUser, GroupMembers } from '../core/model/directory.ts';
import type { SnapshotStore } from './ports.ts';

/** Gathers when runs first saw changes; fed with new versions while the lists are read. */
export interface SeenChangesReader {
  since: string;
  changes: SeenChanges;
  user(user: DirectoryUser, at: string): void;
  group(group: DirectoryGroup, at: string): void;
  members(members: Pick<GroupMembers, 'groupId' | 'userIds'>, at: string): void;
  assignment(assignment: Assignment, at: string): void;
}

const keepNewest = (map: Map<string, string>, key: string, at: string): void => {
  const present = map.get(key);
  if (present === undefined || present < at) map.set(key, at);
};

/**
 * What runs started after `since` (ISO 8601) were the first to see, by whom it concerns. Graph dates neither the
 * change of an attribute nor of a membership, nor the end of an assignment. findings.md 5.
 */
export const readSeenChanges = async (snapshots: SnapshotStore, since: string): Promise<SeenChangesReader> => {
  const people = new Map<string, string>();
  const groups = new Map<string, string>();
  const memberships = new Map<string, string>();

  for (const name of ['users', 'deleted-users'] as const) {
    for (const { item, at } of await snapshots.closedSince(name, since)) keepNewest(people, item.id, at);
  }
  for (const { item, at } of await snapshots.closedSince('groups', since)) keepNewest(groups, item.id, at);
  for (const { item, at } of await snapshots.closedSince('assignments', since)) {
    keepNewest(people, item.principalId, at);
    keepNewest(groups, item.principalId, at);
  }
  /** Members as they were before the first of the runs that matter. */
  const before = new Map<string, Set<string>>();
  const markMembership = (groupId: string, userId: string, at: string): void => {
    keepNewest(memberships, `${groupId} ${userId}`, at);
    keepNewest(people, userId, at);
  };
  const markDifference = (groupId: string, now: readonly string[], at: string): void => {
    const old = before.get(groupId);
    if (!old) return;
    for (const userId of now) if (!old.has(userId)) markMembership(groupId, userId, at);
    const present = new Set(now);
    for (const userId of old) if (!present.has(userId)) markMembership(groupId, userId, at);
  };
  /** Groups whose members are not listed any more lost all of them, until the present list says otherwise. */
  const closed = await snapshots.closedSince('group-members', since);
  for (const { item, at } of closed) {
    if (before.has(item.groupId)) markDifference(item.groupId, item.userIds, at);
    else before.set(item.groupId, new Set(item.userIds));
  }
  const gone = new Map(closed.map(({ item, at }) => [item.groupId, at]));
  for (const [groupId, at] of gone) {
    if (groups.has(groupId)) for (const userId of before.get(groupId) ?? []) markMembership(groupId, userId, at);
  }

  return {
    since,
    changes: { people, groups, memberships },
    user: (user, at) => keepNewest(people, user.id, at),
    group: (group, at) => keepNewest(groups, group.id, at),
    assignment(assignment, at) {
      keepNewest(people, assignment.principalId, at);
      keepNewest(groups, assignment.principalId, at);
    },
    members: ({ groupId, userIds }, at) => markDifference(groupId, userIds, at),
  };
};
