import type { Assignment, AuditEvent, DirectoryGroup } from '../../../core/model/directory.ts';
import { findKey } from '../object-keys.ts';
import { toAuditEvent, type AuditRow } from '../snapshot/audit-events.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

const present = 'SELECT json FROM current_versions WHERE object_key = ?';
const last = `SELECT p.json, r.started_at FROM closed_versions p JOIN runs r ON r.id = p.valid_to
  WHERE p.object_key = ? ORDER BY p.valid_to DESC LIMIT 1`;
/** Group by group, since members are stored below their group. */
const holders = `SELECT g.id FROM objects g CROSS JOIN current_members m ON m.group_key = g.key AND m.member_key = ?
  WHERE g.list = ?`;
/** The first condition is that of the index of migration 0001-assigned; without it the index is not used. */
const assigned = `SELECT c.json FROM json_each(?) p
  CROSS JOIN current_versions c ON json_extract(c.json, '$.principalId') = p.value
  CROSS JOIN objects o ON o.key = c.object_key
  WHERE instr(c.json, '"principalId":') > 0 AND o.list = ? ORDER BY o.id`;
/** An event that was saved again may no longer name what it named. */
const named = `SELECT e.id, e.at, e.activity, e.category, e.result, e.initiated_by, e.targets, e.properties
  FROM audit_targets t CROSS JOIN audit_events e ON e.id = t.event_id
  WHERE t.target_id = ? AND e.at_ms >= ? AND instr(e.targets, t.target_id) > 0 ORDER BY e.at_ms, e.id`;
const allAssignments = `SELECT c.json FROM objects o CROSS JOIN current_versions c ON c.object_key = o.key
  WHERE o.list = ?`;

/** Deeper nesting than this is no company that anybody runs. */
const deepest = 10;

/** An object as the newest list that was read has it; null when it is not there. */
export const readPresent = <T>(statements: Statements, list: number, id: string): T | null => {
  const key = findKey(statements, list, id);
  const row = key === null ? undefined : statements.get<[number], { json: string }>(present).get(key);
  return row ? (JSON.parse(row.json) as T) : null;
};

/** An object that left its list, as last seen, and the start of the run that no longer saw it. */
export const readLast = <T>(statements: Statements, list: number, id: string): { item: T; goneAt: string } | null => {
  const key = findKey(statements, list, id);
  const row = key === null ? undefined : statements.get<[number], { json: string; started_at: string }>(last).get(key);
  return row ? { item: JSON.parse(row.json) as T, goneAt: row.started_at } : null;
};

/** What people share and are asked for again and again: groups, what holds them, and assignments. */
export interface SharedReads {
  /** The groups that hold a group. */
  holdersOf(groupId: string): string[];
  group(id: string): DirectoryGroup | null;
  assignmentsOf(principals: readonly string[]): Assignment[];
}

const groupsHolding = (statements: Statements, list: number, id: string): string[] => {
  const key = findKey(statements, list, id);
  return key === null
    ? []
    : statements
        .get<[number, number], { id: string }>(holders)
        .all(key, listIds['group-members'])
        .map((row) => row.id);
};

/** Each read anew: for one person or group. */
export const readAlone = (statements: Statements): SharedReads => ({
  holdersOf: (id) => groupsHolding(statements, listIds.groups, id),
  group: (id) => readPresent<DirectoryGroup>(statements, listIds.groups, id),
  assignmentsOf: (principals) =>
    statements
      .get<[string, number], { json: string }>(assigned)
      .all(JSON.stringify(principals), listIds.assignments)
      .map((row) => JSON.parse(row.json) as Assignment),
});

const remember = <T>(read: (id: string) => T): ((id: string) => T) => {
  const known = new Map<string, T>();
  return (id) => {
    if (!known.has(id)) known.set(id, read(id));
    return known.get(id) as T;
  };
};

/** The same, each read once for all people. */
export const readOnce = (statements: Statements): SharedReads => {
  const alone = readAlone(statements);
  const assignments = Map.groupBy(
    statements
      .get<[number], { json: string }>(allAssignments)
      .all(listIds.assignments)
      .map((row) => JSON.parse(row.json) as Assignment),
    ({ principalId }) => principalId,
  );
  return {
    holdersOf: remember(alone.holdersOf),
    group: remember(alone.group),
    assignmentsOf: (principals) => principals.flatMap((id) => assignments.get(id) ?? []),
  };
};

/** A group above an object, with the groups between them, innermost first. */
export interface HoldingGroup {
  id: string;
  through: string[];
  group: DirectoryGroup | null;
}

/** The groups of a user or group, direct ones first, then those that hold these, each with the shortest way to it. */
export const walkGroups = (
  statements: Statements,
  reads: SharedReads,
  start: { list: 'users' | 'groups'; id: string },
): HoldingGroup[] => {
  const found = new Map<string, HoldingGroup>();
  let ring = groupsHolding(statements, listIds[start.list], start.id).map((id) => ({ id, through: [] as string[] }));
  for (let depth = 0; depth < deepest && ring.length > 0; depth += 1) {
    const next: typeof ring = [];
    for (const { id, through } of ring) {
      if (found.has(id) || id === start.id) continue;
      found.set(id, { id, through, group: reads.group(id) });
      for (const parent of reads.holdersOf(id)) next.push({ id: parent, through: [...through, id] });
    }
    ring = next;
  }
  return [...found.values()];
};

/** Events since a moment (ISO 8601) that name an object, oldest first. */
export const readAudit = (statements: Statements, id: string | null, from: string): AuditEvent[] =>
  id === null ? [] : statements.get<[string, number], AuditRow>(named).all(id, Date.parse(from)).map(toAuditEvent);
