import type { Assignment, AuditEvent, DirectoryGroup, DirectoryUser } from '../../../core/model/directory.ts';
import type { PersonFacts } from '../../../core/model/person-facts.ts';
import type { TargetUser } from '../../../core/model/target.ts';
import { findKey } from '../object-keys.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

const present = 'SELECT json FROM current_versions WHERE object_key = ?';
const last = `SELECT p.json, r.started_at FROM closed_versions p JOIN runs r ON r.id = p.valid_to
  WHERE p.object_key = ? ORDER BY p.valid_to DESC LIMIT 1`;
/** Group by group, since members are stored below their group. */
const holders = `SELECT g.id FROM objects g CROSS JOIN current_members m ON m.group_key = g.key AND m.member_key = ?
  WHERE g.list = ?`;
const assigned = `SELECT c.json FROM objects o CROSS JOIN current_versions c ON c.object_key = o.key
  WHERE o.list = ? AND json_extract(c.json, '$.principalId') IN (SELECT value FROM json_each(?))`;
const named = `SELECT id, at, activity, category, result, initiated_by, targets, properties FROM audit_events
  WHERE at_ms >= ? AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(targets, value) > 0) ORDER BY at_ms, id`;

interface AuditRow {
  id: string;
  at: string;
  activity: string;
  category: string | null;
  result: string | null;
  initiated_by: string | null;
  targets: string;
  properties: string;
}

/** Deeper nesting than this is no company that anybody runs. */
const deepest = 10;

const readPresent = <T>(statements: Statements, list: number, id: string): T | null => {
  const key = findKey(statements, list, id);
  const row = key === null ? undefined : statements.get<[number], { json: string }>(present).get(key);
  return row ? (JSON.parse(row.json) as T) : null;
};

const readLast = <T>(statements: Statements, list: number, id: string): { item: T; goneAt: string } | null => {
  const key = findKey(statements, list, id);
  const row = key === null ? undefined : statements.get<[number], { json: string; started_at: string }>(last).get(key);
  return row ? { item: JSON.parse(row.json) as T, goneAt: row.started_at } : null;
};

const groupsHolding = (statements: Statements, list: number, id: string): string[] => {
  const key = findKey(statements, list, id);
  return key === null
    ? []
    : statements
        .get<[number, number], { id: string }>(holders)
        .all(key, listIds['group-members'])
        .map((row) => row.id);
};

/** The groups of a user, direct ones first, then those that hold these, each with the shortest way to it. */
const walkGroups = (statements: Statements, userId: string): PersonFacts['groups'] => {
  const found = new Map<string, PersonFacts['groups'][number]>();
  let ring = groupsHolding(statements, listIds.users, userId).map((id) => ({ id, through: [] as string[] }));
  for (let depth = 0; depth < deepest && ring.length > 0; depth += 1) {
    const next: typeof ring = [];
    for (const { id, through } of ring) {
      if (found.has(id)) continue;
      found.set(id, { id, through, group: readPresent<DirectoryGroup>(statements, listIds.groups, id) });
      for (const parent of groupsHolding(statements, listIds.groups, id))
        next.push({ id: parent, through: [...through, id] });
    }
    ring = next;
  }
  return [...found.values()];
};

/** One person's facts out of all lists, in one read. */
export const readPersonFacts = (
  statements: Statements,
  who: { entraId: string | null; scimId: string | null; applicationId: string | null; auditFrom: string },
): PersonFacts => {
  const { entraId, scimId } = who;
  const user = entraId === null ? null : readPresent<DirectoryUser>(statements, listIds.users, entraId);
  const deleted = entraId === null ? null : readPresent<DirectoryUser>(statements, listIds['deleted-users'], entraId);
  const former =
    entraId === null
      ? null
      : (readLast<DirectoryUser>(statements, listIds['deleted-users'], entraId) ??
        readLast<DirectoryUser>(statements, listIds.users, entraId));
  const groups = entraId === null ? [] : walkGroups(statements, entraId);
  const principals = [...(entraId === null ? [] : [entraId]), ...groups.map(({ id }) => id)];
  const events = (ids: readonly string[]): AuditEvent[] =>
    statements
      .get<[number, string], AuditRow>(named)
      .all(Date.parse(who.auditFrom), JSON.stringify(ids))
      .map(({ initiated_by: initiatedBy, targets, properties, ...row }) => ({
        ...row,
        initiatedBy,
        targets: JSON.parse(targets) as AuditEvent['targets'],
        properties: JSON.parse(properties) as AuditEvent['properties'],
      }));
  return {
    user,
    deletedUser: user ? null : deleted,
    formerUser: user || deleted ? null : former,
    account: scimId === null ? null : readPresent<TargetUser>(statements, listIds['scim-users'], scimId),
    groups,
    assignments: statements
      .get<[number, string], { json: string }>(assigned)
      .all(listIds.assignments, JSON.stringify(principals))
      .map((row) => JSON.parse(row.json) as Assignment),
    audit: entraId === null ? [] : events([entraId]),
    applicationAudit: who.applicationId === null ? [] : events([who.applicationId]),
  };
};
