import type { SnapshotName } from '../../../services/ports.ts';
import { listIds, memberLists, shapeOf, type MemberIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

interface StoredVersion {
  /** Row of closed_versions; null: the present version. */
  row: number | null;
  since: number;
  until: number | null;
  json: string;
}

const versionsOf = `SELECT rowid AS "row", valid_from AS since, valid_to AS until, json FROM closed_versions
    WHERE object_key = @key
  UNION ALL SELECT NULL, since_run, NULL, json FROM current_versions WHERE object_key = @key ORDER BY 2`;
const membersAt = `SELECT o.list, o.id FROM current_members m JOIN objects o ON o.key = m.member_key
    WHERE m.group_key = @key AND m.since_run <= @run
  UNION ALL SELECT o.list, o.id FROM closed_members m JOIN objects o ON o.key = m.member_key
    WHERE m.group_key = @key AND m.valid_from <= @run AND m.valid_to > @run`;
const putClosed = 'UPDATE closed_versions SET json = ?, valid_from = ? WHERE rowid = ?';
const putCurrent = 'UPDATE current_versions SET json = ?, since_run = ? WHERE object_key = ?';
const drop = 'DELETE FROM closed_versions WHERE rowid = ?';
const listOf = 'SELECT o.list FROM objects o WHERE o.key = ?';

const nameOf = new Map(Object.entries(listIds).map(([name, id]) => [id, name as SnapshotName]));

const readVersions = (statements: Statements, key: number): StoredVersion[] =>
  statements.get<object, StoredVersion>(versionsOf).all({ key });

const write = (statements: Statements, key: number, { row, since, json }: StoredVersion): void => {
  if (row === null) statements.get(putCurrent).run(json, since, key);
  else statements.get(putClosed).run(json, since, row);
};

/**
 * Versions that differed only in what was taken out of them become one again: nothing changed between them any more.
 * Inside a write transaction.
 */
export const joinEqualVersions = (statements: Statements, key: number): void => {
  let before: StoredVersion | null = null;
  for (const version of readVersions(statements, key)) {
    if (before !== null && before.until === version.since && before.json === version.json) {
      if (before.row !== null) statements.get(drop).run(before.row);
      version.since = before.since;
      write(statements, key, version);
    }
    before = version;
  }
};

/**
 * Sums over the members of a group say who they were: they are made again from the members that are left, in every
 * version, as the next collection will make them. Inside a write transaction.
 */
export const sumMembersAgain = (statements: Statements, key: number): void => {
  const list = statements.get<[number], { list: number }>(listOf).get(key)?.list;
  const name = list === undefined ? undefined : nameOf.get(list);
  if (name === undefined || !memberLists.has(name)) return;
  const shape = shapeOf(name);
  for (const version of readVersions(statements, key)) {
    const members: NonNullable<MemberIds> = {};
    const rows = statements.get<object, { list: number; id: string }>(membersAt).all({ key, run: version.since });
    for (const { list: of, id } of rows) (members[of] ??= []).push(id);
    const json = shape.json(shape.read(version.json, members) as never);
    if (json !== version.json) write(statements, key, { ...version, json });
  }
  joinEqualVersions(statements, key);
};
