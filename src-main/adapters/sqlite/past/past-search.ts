import type { DirectoryUser } from '../../../core/model/directory.ts';
import type { TargetUser } from '../../../core/model/target.ts';
import type { PersonHits } from '../people/people-store.ts';
import { listIds, shapeOf } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

const tables = `
CREATE TEMP TABLE reworded (person_key INTEGER PRIMARY KEY, list INTEGER, json TEXT) STRICT;
CREATE VIRTUAL TABLE temp.past_words USING fts5 (words, content = '', tokenize = 'unicode61 remove_diacritics 2');
`;

/**
 * Everybody of whom a version began after the run, with the one that was written last by then; at the end of a run
 * that wrote both, the deleted user's. A deleted user goes by the key of the user.
 */
const fillReworded = `INSERT INTO temp.reworded (person_key, list, json)
  WITH began (object_key) AS (
    SELECT object_key FROM main.current_versions WHERE since_run > 1 AND since_run > @run
    UNION SELECT object_key FROM main.closed_versions WHERE valid_from > @run
  ), person (key, other) AS (
    SELECT iif(o.list = ${listIds['deleted-users']}, u.key, o.key), iif(o.list = ${listIds['deleted-users']}, o.key, d.key)
    FROM began b CROSS JOIN main.objects o ON o.key = b.object_key
    LEFT JOIN main.objects u ON o.list = ${listIds['deleted-users']} AND u.list = ${listIds.users} AND u.id = o.id
    LEFT JOIN main.objects d ON o.list = ${listIds.users} AND d.list = ${listIds['deleted-users']} AND d.id = o.id
    WHERE o.list IN (${listIds.users}, ${listIds['deleted-users']}, ${listIds['scim-users']})
  ), version (person_key, list, start, json) AS (
    SELECT p.key, o.list, v.since_run, v.json FROM person p CROSS JOIN main.objects o ON o.key IN (p.key, p.other)
      CROSS JOIN main.current_versions v ON v.object_key = o.key AND v.since_run <= @run
    UNION ALL
    SELECT p.key, o.list, v.valid_from, v.json FROM person p CROSS JOIN main.objects o ON o.key IN (p.key, p.other)
      CROSS JOIN main.closed_versions v ON v.object_key = o.key AND v.valid_from <= @run
  )
  SELECT p.key, v.list, v.json FROM (SELECT DISTINCT key FROM person WHERE key IS NOT NULL) p
  LEFT JOIN (SELECT person_key, list, json, max(start * 4 + (list = ${listIds['deleted-users']}))
    FROM version GROUP BY person_key) v ON v.person_key = p.key`;
const reworded = 'SELECT person_key, list, json FROM temp.reworded WHERE json IS NOT NULL';
const addWords = 'INSERT INTO temp.past_words (rowid, words) VALUES (?, ?)';
const hits = `SELECT rowid AS key FROM main.person_search
    WHERE person_search MATCH ? AND rowid NOT IN (SELECT person_key FROM temp.reworded)
  UNION ALL SELECT rowid FROM temp.past_words WHERE past_words MATCH ?`;

const wordsOf = (list: number, json: string): string =>
  (list === listIds['scim-users']
    ? shapeOf('scim-users').person?.(JSON.parse(json) as TargetUser)
    : shapeOf('users').person?.(JSON.parse(json) as DirectoryUser)
  )?.words ?? '';

/**
 * Words by which people were found as of a run: the index has only their present ones, so whoever changed since is
 * indexed again, when somebody first searches.
 */
export const createPastSearch = (statements: Statements, run: number): PersonHits => {
  let isBuilt = false;
  const build = (): void => {
    statements.database.exec(tables);
    statements.get<object>(fillReworded).run({ run });
    const add = statements.get<[number, string]>(addWords);
    const rows = statements.get<[], { person_key: number; list: number; json: string }>(reworded).all();
    for (const { person_key: key, list, json } of rows) add.run(key, wordsOf(list, json));
  };
  return (match) => {
    // Whole or not at all: tables that were left half filled would be in the way of the next attempt.
    if (!isBuilt) {
      statements.database.transaction(build).deferred();
      isBuilt = true;
    }
    return { text: hits, values: [match, match] };
  };
};
