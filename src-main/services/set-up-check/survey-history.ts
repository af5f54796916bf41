import { cancelled } from '../../core/app-error.ts';
import type { Assignment, DirectoryGroup, DirectoryUser } from '../../core/model/directory.ts';
import type { SyncSchema } from '../../core/model/synchronization.ts';
import { groupMapping, userMapping } from '../../core/schema/object-mappings.ts';
import type { AssignedGroup, SetUpFacts } from '../../core/set-up-check/facts.ts';
import { createGroupSurveyor, createUserSurveyor } from '../../core/set-up-check/survey-directory.ts';
import type { SnapshotStore } from '../ports.ts';

const pageSize = 5000;

/** Direct members of the assigned groups: who is entitled through them, and which groups lie inside. */
const readMembers = async (
  snapshots: SnapshotStore,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, { userIds: string[]; groupIds: string[] }>> => {
  const members = new Map<string, { userIds: string[]; groupIds: string[] }>();
  let after: string | null = null;
  do {
    if (signal.aborted) throw cancelled();
    const page: Awaited<ReturnType<typeof snapshots.read<'group-members'>>> = await snapshots.read('group-members', {
      after,
      limit: pageSize,
    });
    for (const { item } of page.items) if (wanted.has(item.groupId)) members.set(item.groupId, item);
    after = page.next;
  } while (after !== null);
  return members;
};

/** Two people may well have one name. */
const nameOf = ({ displayName, userPrincipalName, id }: DirectoryUser): string =>
  displayName === null ? (userPrincipalName ?? id) : `${displayName} (${userPrincipalName ?? id})`;

export interface SurveyOptions {
  snapshots: SnapshotStore;
  schema: SyncSchema | null;
  everyone: boolean;
  /** False: assignments or groups were never read, so that nobody knows who is entitled. */
  isEntitlementKnown: boolean;
  assignments: readonly Assignment[];
  groups: readonly DirectoryGroup[];
  signal: AbortSignal;
}

/**
 * Goes through the stored users page by page, and through the groups: who could be in scope, what the filter makes of
 * them, and whether their matching values tell them apart. Entitled are people who are assigned, or direct members of
 * an assigned, security-enabled group (provisioning-semantics.md 2); where nobody is, everybody who is enabled counts.
 */
export const surveyHistory = async (
  options: SurveyOptions,
): Promise<Pick<SetUpFacts, 'assignedGroups' | 'users' | 'groups'>> => {
  const { snapshots, schema, assignments, signal } = options;
  const groupById = new Map(options.groups.map((group) => [group.id, group]));
  const assigned = assignments.filter(({ principalType }) => principalType === 'Group');
  const members = await readMembers(snapshots, new Set(assigned.map(({ principalId }) => principalId)), signal);
  const assignedGroups = assigned.map((assignment): AssignedGroup => {
    const group = groupById.get(assignment.principalId) ?? null;
    const inside = members.get(assignment.principalId);
    return {
      assignment,
      group,
      nestedGroupNames: inside ? inside.groupIds.map((id) => groupById.get(id)?.displayName ?? id) : null,
      userCount: inside?.userIds.length ?? null,
    };
  });
  const usersMapped = schema && userMapping(schema);
  const groupsMapped = schema && groupMapping(schema);

  const entitled = new Set<string>();
  if (!options.everyone && options.isEntitlementKnown) {
    for (const { principalId, principalType } of assignments) if (principalType === 'User') entitled.add(principalId);
    for (const { assignment, group } of assignedGroups) {
      if (group?.securityEnabled === false) continue;
      for (const id of members.get(assignment.principalId)?.userIds ?? []) entitled.add(id);
    }
  }
  const who = options.everyone || entitled.size === 0 ? ('enabled' as const) : ('entitled' as const);

  let users: SetUpFacts['users'] = null;
  if (usersMapped) {
    const surveyor = createUserSurveyor(usersMapped);
    let after: string | null = null;
    do {
      if (signal.aborted) throw cancelled();
      const page: Awaited<ReturnType<typeof snapshots.read<'users'>>> = await snapshots.read('users', {
        after,
        limit: pageSize,
      });
      for (const { item: user } of page.items) {
        if (user.accountEnabled !== true || user.deletedAt !== null) continue;
        if (who === 'entitled' && !entitled.has(user.id)) continue;
        surveyor.add(user, nameOf(user));
      }
      after = page.next;
    } while (after !== null);
    users = { survey: surveyor.result(), who };
  }

  let groups: SetUpFacts['groups'] = null;
  if (groupsMapped) {
    const surveyor = createGroupSurveyor(groupsMapped);
    const candidates = options.everyone
      ? options.groups
      : assignedGroups.flatMap(({ group }) => (group === null ? [] : [group]));
    for (const group of candidates) {
      if (group.securityEnabled !== false) surveyor.add(group, group.displayName ?? group.id);
    }
    groups = surveyor.result();
  }
  return { assignedGroups, users, groups };
};
