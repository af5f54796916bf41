import type { Difference } from '../../../contract/models/history-diff.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import type { RunRange } from './changed-keys.ts';

export type MemberSection = 'group-members' | 'target-group-members';

const listOf = { 'group-members': listIds['group-members'], 'target-group-members': listIds['scim-groups'] };

interface MemberRow {
  group_key: number;
  member_key: number;
  run: number;
  added: number;
}

const changed = `SELECT group_key, member_key, run, added FROM temp.changed_members
  WHERE list = @list AND (group_key, member_key) > (@group, @member) ORDER BY group_key, member_key`;
const counts = 'SELECT added, count(*) AS count FROM temp.changed_members WHERE list = ? GROUP BY added';
/** Members' lists of Entra go by the id of the group, whose name lies in the list of groups. */
const groupKey = `SELECT key FROM objects WHERE list = ${listIds.groups}
  AND id = (SELECT m.id FROM objects m WHERE m.key = ?)`;
/** As it was at the end, else as it was last seen by then. */
const version = `SELECT json FROM (
  SELECT 1 AS rank, json, since_run AS run FROM current_versions WHERE object_key = @key AND since_run <= @to
  UNION ALL SELECT 2, json, valid_from FROM closed_versions WHERE object_key = @key AND valid_from <= @to
) ORDER BY rank, run DESC LIMIT 1`;
const idOf = 'SELECT id FROM objects WHERE key = ?';
const startOf = 'SELECT started_at FROM runs WHERE id = ?';

interface Named {
  displayName?: string | null;
  userPrincipalName?: string | null;
  userName?: string | null;
}

/** How many members came and went: `added` 1 or 0. */
export const countMembers = (statements: Statements, section: MemberSection): { added: number; count: number }[] =>
  statements.get<[number], { added: number; count: number }>(counts).all(listOf[section]);

/** Names are looked up once for each object: a group has many members, and somebody is in many groups. */
export const createMemberNames = (statements: Statements, range: RunRange): ((key: number) => string) => {
  const known = new Map<number, string>();
  return (key) => {
    let name = known.get(key);
    if (name === undefined) {
      const row = statements.get<object, { json: string }>(version).get({ key, to: range.to });
      const { displayName, userPrincipalName, userName } = row ? (JSON.parse(row.json) as Named) : {};
      name =
        displayName ??
        userPrincipalName ??
        userName ??
        statements.get<[number], { id: string }>(idOf).get(key)?.id ??
        '';
      known.set(key, name);
    }
    return name;
  };
};

/** Members that came or went, group by group, after a place in that order. */
export function* changedMembers(
  statements: Statements,
  section: MemberSection,
  after: { group: number; member: number },
  nameOf: (key: number) => string,
): Generator<{ group: number; member: number; difference: Difference }> {
  const rows = statements.database.prepare<[object], MemberRow>(changed).all({ list: listOf[section], ...after });
  for (const row of rows) {
    const named =
      section === 'group-members'
        ? (statements.get<[number], { key: number }>(groupKey).get(row.group_key)?.key ?? row.group_key)
        : row.group_key;
    yield {
      group: row.group_key,
      member: row.member_key,
      difference: {
        section,
        kinds: [row.added === 1 ? 'added' : 'removed'],
        id: statements.get<[number], { id: string }>(idOf).get(row.member_key)?.id ?? '',
        name: nameOf(row.member_key),
        detail: nameOf(named),
        changes: [],
        seenAt: statements.get<[number], { started_at: string }>(startOf).get(row.run)?.started_at ?? '',
      },
    };
  }
}
