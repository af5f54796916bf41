import { foldTrace } from '../../../core/purge/traces.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

/** Somebody by the ids that the history has for them; `log` is what rows call somebody who has no id of Entra. */
export interface PurgedIds {
  entraIds: string[];
  scimIds: string[];
}

const { users, 'deleted-users': deletedUsers, 'scim-users': accounts } = listIds;

/** Objects of a person: `side` is the list's, 1 for users (also deleted ones), 6 for accounts. */
export const personTables = `
CREATE TEMP TABLE IF NOT EXISTS purge_ids (side INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (side, id)) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS purge_keys (key INTEGER PRIMARY KEY, list INTEGER NOT NULL) STRICT;
DELETE FROM temp.purge_ids;
DELETE FROM temp.purge_keys;
`;

const addId = 'INSERT OR IGNORE INTO temp.purge_ids (side, id) VALUES (?, ?)';
const entraKeys = `SELECT key FROM objects WHERE list = ${users} AND id IN (SELECT id FROM temp.purge_ids WHERE side = ${users})`;
/** Accounts that are somebody else's now stay theirs, whoever had them before. */
const isOthers = (key: string): string => `EXISTS (SELECT 1 FROM people p JOIN objects o ON o.key = p.person_key
  WHERE p.scim_key = ${key} AND o.list = ${users} AND p.person_key NOT IN (${entraKeys}))`;

/** Whose account it was last, of those that nobody has now. */
const lastOwner = (
  key: string,
): string => `(SELECT c.person_key FROM closed_people c JOIN objects o ON o.key = c.person_key
  WHERE c.scim_key = ${key} AND o.list = ${users} ORDER BY c.valid_to DESC LIMIT 1)`;

const accountsOf = [
  // Theirs now.
  `SELECT o.id FROM people p JOIN objects o ON o.key = p.scim_key WHERE p.person_key IN (${entraKeys})`,
  // Theirs at last.
  `SELECT DISTINCT o.id FROM closed_people c JOIN objects o ON o.key = c.scim_key
    WHERE c.person_key IN (${entraKeys}) AND NOT ${isOthers('c.scim_key')} AND ${lastOwner('c.scim_key')} = c.person_key`,
  // What the log last linked them to.
  `SELECT l.target_id FROM links l JOIN objects o ON o.list = ${accounts} AND o.id = l.target_id
    WHERE l.source_id IN (SELECT id FROM temp.purge_ids WHERE side = ${users}) AND NOT ${isOthers('o.key')}
    AND l.seq = (SELECT max(n.seq) FROM links n WHERE n.target_id = l.target_id)`,
];

/** Users of whom nothing but a link is known: the account's own name is all that there is of them. */
const unknownSources = `SELECT l.source_id FROM links l
  WHERE l.target_id IN (SELECT id FROM temp.purge_ids WHERE side = ${accounts})
  AND NOT EXISTS (SELECT 1 FROM objects o WHERE o.list IN (${users}, ${deletedUsers}) AND o.id = l.source_id
    AND (EXISTS (SELECT 1 FROM current_versions c WHERE c.object_key = o.key)
      OR EXISTS (SELECT 1 FROM closed_versions c WHERE c.object_key = o.key)))
  AND l.seq = (SELECT max(n.seq) FROM links n WHERE n.target_id = l.target_id)`;

const addresses = `SELECT v.json ->> '$.userPrincipalName' AS one, v.json ->> '$.mail' AS other
  FROM objects o JOIN (SELECT object_key, json FROM current_versions UNION ALL SELECT object_key, json FROM closed_versions) v
    ON v.object_key = o.key
  WHERE o.list IN (${users}, ${deletedUsers}) AND o.id IN (SELECT id FROM temp.purge_ids WHERE side = ${users})`;
const accountNames = `SELECT o.key, o.id, v.json ->> '$.userName' AS userName, v.json ->> '$.externalId' AS externalId
  FROM objects o JOIN (SELECT object_key, json FROM current_versions UNION ALL SELECT object_key, json FROM closed_versions) v
    ON v.object_key = o.key
  WHERE o.list = ${accounts} AND NOT ${isOthers('o.key')}`;

const noteKeys = `INSERT OR IGNORE INTO temp.purge_keys (key, list)
  SELECT o.key, o.list FROM temp.purge_ids p JOIN objects o ON o.id = p.id
    AND o.list IN (iif(p.side = ${accounts}, ${accounts}, ${users}), iif(p.side = ${accounts}, ${accounts}, ${deletedUsers}))`;

/**
 * Everything that is one person: from one id of either side the other, further accounts that go by the same names, and
 * the objects behind them, which temporary tables (`purge_ids`, `purge_keys`) hold afterwards.
 */
export const findPerson = (statements: Statements, given: PurgedIds): PurgedIds => {
  const { database } = statements;
  database.exec(personTables);
  const add = (side: number, ids: readonly string[]): void => {
    for (const id of ids) statements.get(addId).run(side, id);
  };
  const column = (sql: string): string[] => database.prepare<[], string>(sql).pluck().all();
  add(users, given.entraIds);
  add(accounts, given.scimIds);
  if (given.entraIds.length === 0) add(users, column(unknownSources));
  for (const sql of accountsOf) add(accounts, column(sql));
  const own = new Set(column(`SELECT id FROM temp.purge_ids WHERE side = ${users}`).map(foldTrace));
  for (const { one, other } of database.prepare<[], { one: string | null; other: string | null }>(addresses).all()) {
    for (const text of [one, other]) if (text !== null) own.add(foldTrace(text));
  }
  const named = database.prepare<[], { id: string; userName: string | null; externalId: string | null }>(accountNames);
  const further: string[] = [];
  for (const { id, userName, externalId } of own.size === 0 ? [] : named.iterate()) {
    if ([userName, externalId].some((text) => text !== null && own.has(foldTrace(text)))) further.push(id);
  }
  add(accounts, further);
  database.exec(noteKeys);
  const ids = (side: number): string[] =>
    statements
      .get<[number], string>('SELECT id FROM temp.purge_ids WHERE side = ? ORDER BY id')
      .pluck()
      .all(side) as string[];
  return { entraIds: ids(users), scimIds: ids(accounts) };
};
