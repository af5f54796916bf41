import type { VersionedMembers } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { createFirstRun, createRunTimes } from './read-snapshot.ts';
import { listIds, type MemberListName } from './snapshot-lists.ts';

const groupsOfList = `SELECT o.key, o.id, c.since_run, c.json ->> '$.members' IS NOT NULL
  FROM objects o CROSS JOIN current_versions c ON c.object_key = o.key WHERE o.list = ? ORDER BY o.id`;
const idsOfList = 'SELECT json_group_array(key) AS keys, json_group_array(id) AS ids FROM objects WHERE list = ?';
const membersOfGroup = 'SELECT json_group_array(member_key) AS keys FROM current_members WHERE group_key = ?';

/** Whose members count: users of Entra, accounts of UNIFI. */
const memberList: Readonly<Record<MemberListName, number>> = {
  'group-members': listIds.users,
  'scim-groups': listIds['scim-users'],
};

/**
 * The direct members of all groups of a list. Keys are read as one text of numbers per group, and every id once: a
 * text for each membership takes ten times as long. Members of other kinds (nested groups) are left out.
 */
export const readMemberTable = (statements: Statements, name: MemberListName): VersionedMembers => {
  const read = (): VersionedMembers => {
    const named = statements.get<[number], { keys: string; ids: string }>(idsOfList).get(memberList[name]);
    const keys = JSON.parse(named?.keys ?? '[]') as number[];
    const ids = JSON.parse(named?.ids ?? '[]') as string[];
    const highest = keys.reduce((one, other) => Math.max(one, other), 0);
    const placeOfKey = new Int32Array(highest + 1).fill(-1);
    keys.forEach((key, place) => {
      placeOfKey[key] = place;
    });
    const placesOf = (group: number): Int32Array => {
      const row = statements.get<[number], { keys: string }>(membersOfGroup).get(group);
      const members = JSON.parse(row?.keys ?? '[]') as number[];
      const places = new Int32Array(members.length);
      let count = 0;
      for (const key of members) {
        const place = placeOfKey[key] ?? -1;
        if (place < 0) continue;
        places[count] = place;
        count += 1;
      }
      return places.subarray(0, count);
    };
    const runTime = createRunTimes(statements);
    const isFirstRun = createFirstRun(statements, listIds[name]);
    const groups = statements
      .get<[number], [key: number, id: string, since: number, isKnown: number]>(groupsOfList)
      .raw()
      .all(listIds[name])
      .map(([key, groupId, since, isKnown]) => ({
        groupId,
        places: isKnown === 1 ? placesOf(key) : null,
        since: runTime(since),
        firstRun: isFirstRun(since),
      }));
    return { ids, groups };
  };
  return statements.database.transaction(read).deferred();
};
