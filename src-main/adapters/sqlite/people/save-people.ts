import type { PersonState } from '../../../services/ports.ts';
import { internKey } from '../object-keys.ts';
import { foldText, toIndexedText } from '../search-text.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

type StoredPerson = [
  key: number,
  list: number,
  id: string,
  scimId: string | null,
  joinedBy: string | null,
  source: string,
  target: string,
  sinceRun: number,
];

const stored = `SELECT p.person_key, o.list, o.id, a.id, p.joined_by, p.source_state, p.target_state, p.since_run
  FROM people p CROSS JOIN objects o ON o.key = p.person_key LEFT JOIN objects a ON a.key = p.scim_key`;
const keysOfList = `SELECT json_group_array(id) AS ids, json_group_array(key) AS keys
  FROM (SELECT id, key FROM objects WHERE list = ? ORDER BY id)`;
const close = `INSERT OR IGNORE INTO closed_people
  (person_key, valid_from, valid_to, scim_key, joined_by, source_state, target_state)
  SELECT person_key, since_run, ?, scim_key, joined_by, source_state, target_state FROM people
  WHERE person_key = ? AND since_run < ?`;
// `OR REPLACE` instead costs more than twice as much, also for somebody new.
const write = `INSERT INTO people (person_key, scim_key, joined_by, source_state, target_state, since_run)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person_key) DO UPDATE SET scim_key = excluded.scim_key,
  joined_by = excluded.joined_by, source_state = excluded.source_state, target_state = excluded.target_state,
  since_run = excluded.since_run`;
const drop = 'DELETE FROM people WHERE person_key = ?';
const nameless = `SELECT o.key, o.id FROM people p CROSS JOIN objects o ON o.key = p.person_key
  WHERE NOT EXISTS (SELECT 1 FROM person_names n WHERE n.person_key = p.person_key)`;
const writeName = 'INSERT INTO person_names (person_key, sort_name) VALUES (?, ?)';
const writeWords = 'INSERT INTO person_search (rowid, words) VALUES (?, ?)';

/** More new people than this are looked up in the whole list at once. */
const manyPeople = 1000;

/** The ids of a list in their order, with their keys. One text of all is read in half the time of a row each. */
const readKeys = (statements: Statements, list: number): ((id: string) => number | null) => {
  const row = statements.get<[number], { ids: string; keys: string }>(keysOfList).get(list);
  const ids = JSON.parse(row?.ids ?? '[]') as string[];
  const keys = JSON.parse(row?.keys ?? '[]') as number[];
  let next = 0;
  return (id) => {
    // People come in the order of their ids: most are the one after the last.
    let place = next;
    if (ids[place] !== id) {
      place = 0;
      for (let end = ids.length; place < end;) {
        const middle = (place + end) >>> 1;
        if ((ids[middle] ?? '') < id) place = middle + 1;
        else end = middle;
      }
    }
    next = place + 1;
    return ids[place] === id ? (keys[place] ?? null) : null;
  };
};

const createInterning = (statements: Statements, newPeople: number): ((list: number, id: string) => number) => {
  if (newPeople < manyPeople) return (list, id) => internKey(statements, list, id);
  const lists = new Map<number, (id: string) => number | null>();
  return (list, id) => {
    let keyOf = lists.get(list);
    if (!keyOf) {
      keyOf = readKeys(statements, list);
      lists.set(list, keyOf);
    }
    return keyOf(id) ?? internKey(statements, list, id);
  };
};

/**
 * Replaces people's states by those of an evaluation; an unchanged state costs no write. Inside a write transaction.
 */
export const savePeople = (statements: Statements, people: readonly PersonState[], run: number): void => {
  const scim = listIds['scim-users'];
  const before = new Map(
    statements
      .get<[], StoredPerson>(stored)
      .raw()
      .all()
      .map((row) => [row[1] === scim ? `scim:${row[2]}` : row[2], row]),
  );
  const intern = createInterning(statements, people.length - before.size);
  const writing = statements.get(write);
  let isNew = false;
  for (const person of people) {
    const known = before.get(person.id);
    before.delete(person.id);
    // An account without an Entra user goes by itself; otherwise the account stands beside the person.
    const isAccount = person.entraId === null;
    const accountId = person.scimId;
    if (
      known &&
      known[3] === accountId &&
      known[4] === person.joinedBy &&
      known[5] === person.source &&
      known[6] === person.target
    ) {
      continue;
    }
    const accountKey = accountId === null ? null : intern(scim, accountId);
    const key =
      known?.[0] ??
      (isAccount && accountKey !== null ? accountKey : intern(listIds.users, person.entraId ?? person.id));
    if (known) statements.get(close).run(run, key, run);
    else isNew = true;
    writing.run(key, accountKey, person.joinedBy, person.source, person.target, run);
  }
  for (const [key] of before.values()) {
    statements.get(close).run(run, key, run);
    statements.get(drop).run(key);
  }
  if (!isNew) return;
  // Someone of whom nothing but an id is known (deleted long ago, named by a link) is listed under that id.
  for (const { key, id } of statements.get<[], { key: number; id: string }>(nameless).all()) {
    statements.get(writeName).run(key, foldText(id));
    statements.get(writeWords).run(key, toIndexedText([id]));
  }
};
