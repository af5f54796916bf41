import type { Person } from '../../../contract/models/person.ts';
import type { DirectoryUser } from '../../../core/model/directory.ts';
import type { TargetUser } from '../../../core/model/target.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

interface FormerRow {
  list: number;
  id: string;
  json: string;
}

const people = `(${listIds.users}, ${listIds['deleted-users']}, ${listIds['scim-users']})`;
const byId = `SELECT o.list, o.id, v.json FROM objects o CROSS JOIN closed_versions v ON v.object_key = o.key
  WHERE o.list IN ${people} AND o.id = ? ORDER BY v.valid_to DESC LIMIT 1`;
/** Every version is looked through: for what no index and no log row knows any more. */
const byText = `SELECT o.list, o.id, v.json FROM closed_versions v CROSS JOIN objects o ON o.key = v.object_key
  WHERE o.list IN ${people} AND instr(lower(v.json), ?) > 0 ORDER BY v.valid_to DESC LIMIT 1000`;
const holderOf = `SELECT o.list, o.id FROM objects a CROSS JOIN people p ON p.scim_key = a.key
  CROSS JOIN objects o ON o.key = p.person_key WHERE a.list = ? AND a.id = ?`;

const isCalled = (json: string, wanted: string): boolean => {
  const one = JSON.parse(json) as Partial<DirectoryUser & TargetUser>;
  return [one.userPrincipalName, one.mail, one.displayName, one.userName, one.externalId].some(
    (text) => text?.toLowerCase() === wanted,
  );
};

/** Somebody whom no list has any more and no evaluation knows: as last seen. */
const fromHistory = ({ list, id, json }: FormerRow): Person => {
  if (list === listIds['scim-users']) {
    const account = JSON.parse(json) as TargetUser;
    return {
      id: `scim:${id}`,
      name: account.displayName ?? account.userName ?? id,
      entra: null,
      scim: null,
      joinedBy: null,
      state: { source: 'none', target: 'absent' },
      findings: [],
    };
  }
  const { userPrincipalName, mail, displayName, accountEnabled, createdAt, deletedAt } = JSON.parse(
    json,
  ) as DirectoryUser;
  return {
    id,
    name: displayName ?? userPrincipalName ?? id,
    entra: { id, userPrincipalName, mail, displayName, accountEnabled, createdAt, deletedAt },
    scim: null,
    joinedBy: null,
    state: { source: 'deleted', target: 'absent' },
    findings: [],
  };
};

/**
 * People who had this whole address, name, user name or id in an earlier version, newest first; those who are still
 * there as they are now.
 *
 * @param read the person of an id as the newest evaluation saw it, or null
 */
export const findFormer = (
  statements: Statements,
  text: string,
  limit: number,
  read: (id: string) => Person | null,
): Person[] => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const rows = [
    ...statements.get<[string], FormerRow>(byId).all(wanted),
    ...statements
      .get<[string], FormerRow>(byText)
      .all(wanted)
      .filter(({ json }) => isCalled(json, wanted)),
  ];
  const found = new Map<string, Person>();
  for (const row of rows) {
    const isAccount = row.list === listIds['scim-users'];
    const holder = isAccount
      ? statements.get<[number, string], { list: number; id: string }>(holderOf).get(row.list, row.id)
      : undefined;
    const id = holder?.list === listIds.users ? holder.id : isAccount ? `scim:${row.id}` : row.id;
    const person = read(id) ?? fromHistory(row);
    if (!found.has(person.id)) found.set(person.id, person);
  }
  return [...found.values()].slice(0, limit);
};
