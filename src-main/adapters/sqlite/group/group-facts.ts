import type { DirectoryGroup } from '../../../core/model/directory.ts';
import type { CountedTargetGroup, GroupFacts, MembershipFacts } from '../../../core/model/group-facts.ts';
import type { TargetGroup } from '../../../core/model/target.ts';
import { findKey } from '../object-keys.ts';
import { readAlone, readAudit, readLast, readPresent, walkGroups } from '../people/object-reads.ts';
import { foldText } from '../search-text.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import type { NamedGroup } from './group-names.ts';

const newestLink = `SELECT target_id, at, log_id, max(seq) FROM links WHERE source_id = ? GROUP BY source_id`;
const memberCount = 'SELECT count(*) AS n FROM current_members WHERE group_key = ?';
const countOf = `SELECT count(*) AS n FROM current_members m CROSS JOIN objects o ON o.key = m.member_key
  WHERE m.group_key = ? AND o.list = ?`;
const memberSince = 'SELECT since_run FROM current_members WHERE group_key = ? AND member_key = ?';
const memberUntil = `SELECT r.started_at AS at FROM closed_members m JOIN runs r ON r.id = m.valid_to
  WHERE m.group_key = ? AND m.member_key = ? ORDER BY m.valid_to DESC LIMIT 1`;
const firstRunOf = 'SELECT first_full_run AS run FROM snapshot_lists WHERE id = ?';
const runStart = 'SELECT started_at AS at FROM runs WHERE id = ?';
const backInScope = `SELECT r.started_at AS at FROM closed_people p JOIN runs r ON r.id = p.valid_to
  WHERE p.person_key = ? AND p.source_state NOT IN ('in-scope', 'unknown')
    AND (SELECT source_state FROM people WHERE person_key = p.person_key) = 'in-scope'
  ORDER BY p.valid_to DESC LIMIT 1`;

/** A group of UNIFI as stored: members apart, as a digest, or null when they could not be read. */
type StoredTarget = Omit<TargetGroup, 'memberIds'> & { members: string | null };

const readTarget = (statements: Statements, id: string): CountedTargetGroup | null => {
  const stored = readPresent<StoredTarget>(statements, listIds['scim-groups'], id);
  const key = findKey(statements, listIds['scim-groups'], id);
  if (stored === null || key === null) return null;
  const { members, ...group } = stored;
  const count = statements.get<[number], { n: number }>(memberCount).get(key)?.n ?? 0;
  return { ...group, memberCount: members === null ? null : count };
};

/** One group's facts out of all lists. */
export const readGroupFacts = (
  statements: Statements,
  names: readonly NamedGroup[],
  who: { entraId: string | null; scimId: string | null; auditFrom: string },
): GroupFacts => {
  const { entraId, scimId } = who;
  const reads = readAlone(statements);
  const group = entraId === null ? null : reads.group(entraId);
  const former = entraId === null || group ? null : readLast<DirectoryGroup>(statements, listIds.groups, entraId);
  const holders = entraId === null ? [] : walkGroups(statements, reads, { list: 'groups', id: entraId });
  const membersKey = entraId === null ? null : findKey(statements, listIds['group-members'], entraId);
  const link =
    entraId === null
      ? undefined
      : statements.get<[string], { target_id: string; at: string; log_id: string }>(newestLink).get(entraId);
  const name = (group ?? former?.item)?.displayName ?? null;
  const fitting = names.filter(
    ({ folded, list, externalId, id }) =>
      (name !== null && folded === foldText(name.trim())) ||
      (list === listIds['scim-groups'] && (id === scimId || id === link?.target_id)) ||
      (entraId !== null && externalId === entraId),
  );
  const targets = fitting
    .filter(({ list }) => list === listIds['scim-groups'])
    .flatMap(({ id }) => readTarget(statements, id) ?? []);
  const namesakes = fitting
    .filter(({ list, id }) => list === listIds.groups && id !== entraId)
    .flatMap(({ id }) => {
      const other = reads.group(id);
      return other ? [{ group: other, assignment: reads.assignmentsOf([id])[0] ?? null }] : [];
    });
  return {
    group,
    formerGroup: former,
    memberCount:
      membersKey === null || readPresent(statements, listIds['group-members'], who.entraId ?? '') === null
        ? null
        : (statements.get<[number, number], { n: number }>(countOf).get(membersKey, listIds.users)?.n ?? 0),
    holders,
    assignments: entraId === null ? [] : reads.assignmentsOf([entraId, ...holders.map(({ id }) => id)]),
    namesakes,
    targets,
    link: link ? { targetId: link.target_id, at: link.at, logId: link.log_id } : null,
    audit: readAudit(statements, entraId, who.auditFrom),
  };
};

interface Pair {
  isMember: boolean;
  since: string | null;
  until: string | null;
}

const nothing: Pair = { isMember: false, since: null, until: null };

/** A membership on one side; `since` is null where the first whole list already had it. */
const readPair = (statements: Statements, list: 'group-members' | 'scim-groups', keys: [number, number]): Pair => {
  const row = statements.get<[number, number], { since_run: number }>(memberSince).get(...keys);
  const first = statements.get<[number], { run: number | null }>(firstRunOf).get(listIds[list])?.run ?? null;
  const isLater = row !== undefined && first !== null && row.since_run > first;
  return {
    isMember: row !== undefined,
    since: isLater ? (statements.get<[number], { at: string }>(runStart).get(row.since_run)?.at ?? null) : null,
    until: statements.get<[number, number], { at: string }>(memberUntil).get(...keys)?.at ?? null,
  };
};

/** One person in one group, on both sides. `accountIds`: every account that is the person's. */
export const readMembership = (
  statements: Statements,
  who: { groupId: string | null; targetId: string | null; userId: string | null; accountIds: string[] },
): MembershipFacts => {
  const keyOf = (list: keyof typeof listIds, id: string | null): number | null =>
    id === null ? null : findKey(statements, listIds[list], id);
  const pairOf = (list: 'group-members' | 'scim-groups', groupKey: number | null, memberKey: number | null): Pair =>
    groupKey === null || memberKey === null ? nothing : readPair(statements, list, [groupKey, memberKey]);
  const userKey = keyOf('users', who.userId);
  const source = pairOf('group-members', keyOf('group-members', who.groupId), userKey);
  const targetKey = keyOf('scim-groups', who.targetId);
  const listed = who.accountIds.map((id) => pairOf('scim-groups', targetKey, keyOf('scim-users', id)));
  const found = listed.find(({ isMember }) => isMember) ?? listed.find(({ until }) => until !== null) ?? nothing;
  return {
    isDirect: source.isMember,
    directSince: source.since,
    directUntil: source.until,
    isListed: found.isMember,
    listedUntil: found.until,
    returnedAt:
      userKey === null ? null : (statements.get<[number], { at: string }>(backInScope).get(userKey)?.at ?? null),
  };
};
