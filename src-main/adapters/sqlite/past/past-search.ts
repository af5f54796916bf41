import type { SnapshotName } from '../../../services/ports.ts';
import type { PersonHits } from '../people/people-store.ts';
import { findKey } from '../object-keys.ts';
import { listIds, personLists, shapeOf } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

const makeTable = `CREATE VIRTUAL TABLE temp.past_words USING fts5 (
  words, content = '', tokenize = 'unicode61 remove_diacritics 2'
)`;
const makeKeys = 'CREATE TEMP TABLE reworded (person_key INTEGER PRIMARY KEY) STRICT';
const versions = `SELECT o.key, o.id, c.json FROM main.closed_versions c CROSS JOIN main.objects o ON o.key = c.object_key
  WHERE c.valid_to > @run AND c.valid_from <= @run AND o.list = @list`;
const hits = `SELECT rowid AS key FROM main.person_search
    WHERE person_search MATCH ? AND rowid NOT IN (SELECT person_key FROM temp.reworded)
  UNION ALL SELECT rowid FROM temp.past_words WHERE past_words MATCH ?`;

/**
 * Words by which people were found as of a run: the index has only their present ones, so whoever changed since is
 * indexed again, when somebody first searches.
 */
export const createPastSearch = (statements: Statements, run: number): PersonHits => {
  let isBuilt = false;
  const build = (): void => {
    const { database } = statements;
    database.exec(makeTable);
    database.exec(makeKeys);
    for (const name of personLists as ReadonlySet<SnapshotName & ('users' | 'deleted-users' | 'scim-users')>) {
      const shape = shapeOf(name);
      const rows = statements
        .get<object, { key: number; id: string; json: string }>(versions)
        .all({ run, list: listIds[name] });
      for (const { key, id, json } of rows) {
        const words = shape.person?.(shape.read(json, null)).words;
        // A deleted user goes by the key of the user.
        const person = name === 'deleted-users' ? findKey(statements, listIds.users, id) : key;
        if (words === undefined || person === null) continue;
        if (statements.get('INSERT OR IGNORE INTO temp.reworded (person_key) VALUES (?)').run(person).changes === 0)
          continue;
        statements.get('INSERT INTO temp.past_words (rowid, words) VALUES (?, ?)').run(person, words);
      }
    }
    isBuilt = true;
  };
  return (match) => {
    if (!isBuilt) build();
    return { text: hits, values: [match, match] };
  };
};
