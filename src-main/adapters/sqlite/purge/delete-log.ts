import { listIds } from '../snapshot/snapshot-lists.ts';
import { perHour } from '../log/log-seq.ts';
import type { Statements } from '../statements.ts';
import type { PurgeTally } from './purge-tally.ts';

const { users, 'scim-users': accounts } = listIds;
const entra = `(SELECT id FROM temp.purge_ids WHERE side = ${users})`;
const scim = `(SELECT id FROM temp.purge_ids WHERE side = ${accounts})`;

const tables = `
CREATE TEMP TABLE IF NOT EXISTS purge_log (seq INTEGER PRIMARY KEY) STRICT;
CREATE TEMP TABLE IF NOT EXISTS purge_addresses (text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
DELETE FROM temp.purge_log;
DELETE FROM temp.purge_addresses;
`;
// A row about another object of Entra is that object's, also when it names an account that is the person's now.
const noteRows = `INSERT INTO temp.purge_log (seq)
  SELECT seq FROM log_rows WHERE source_id IN ${entra}
  UNION SELECT seq FROM log_rows WHERE source_id IS NULL
    AND (target_id IN ${scim} OR lower(source_upn) IN (SELECT text FROM temp.purge_addresses))`;
const lessCounts = `UPDATE log_counts SET count = count - w.n
  FROM (SELECT seq / ${perHour} AS hour, class_id, coalesce(error_code, '') AS error_code,
      coalesce(issue_key, '') AS issue_key, coalesce(cycle_id, '') AS cycle_id, count(*) AS n
    FROM log_rows WHERE seq IN (SELECT seq FROM temp.purge_log) GROUP BY 1, 2, 3, 4, 5) w
  WHERE log_counts.hour = w.hour AND log_counts.class_id = w.class_id AND log_counts.error_code = w.error_code
    AND log_counts.issue_key = w.issue_key AND log_counts.cycle_id = w.cycle_id`;
const here = '(SELECT seq FROM temp.purge_log)';
const deletes = [
  ['imported_rows', `imported_rows WHERE log_id IN (SELECT id FROM log_rows WHERE seq IN ${here})`],
  ['log_search', `log_search WHERE rowid IN ${here}`],
  ['log_bodies', `log_bodies WHERE seq IN ${here}`],
  ['log_rows', `log_rows WHERE seq IN ${here}`],
  ['links', `links WHERE source_id IN ${entra} OR target_id IN ${scim}`],
  ['scope_hints', `scope_hints WHERE source_id IN ${entra}`],
  [
    'issue_subjects',
    `issue_subjects WHERE subject IN ${entra} OR subject IN (SELECT 'scim:' || id FROM temp.purge_ids WHERE side = ${accounts})
      OR lower(subject) IN (SELECT 'name:' || text FROM temp.purge_addresses)`,
  ],
] as const;

/**
 * Deletes the rows of the log about the person of `findPerson`, with JSON, words, counts, links and marks. `addresses`
 * (folded) recognise rows that name no object. Inside a write transaction.
 */
export const deleteLog = (statements: Statements, addresses: readonly string[], tally: PurgeTally): void => {
  const { database } = statements;
  database.exec(tables);
  for (const text of addresses) statements.get('INSERT INTO temp.purge_addresses (text) VALUES (?)').run(text);
  database.prepare(noteRows).run();
  database.prepare(lessCounts).run();
  database.exec('DELETE FROM log_counts WHERE count <= 0');
  for (const [table, rows] of deletes) tally.deleted(table, database.prepare(`DELETE FROM ${rows}`).run().changes);
};
