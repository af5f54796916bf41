import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import type { PurgeTally } from './purge-tally.ts';

const keys = '(SELECT key FROM temp.purge_keys)';
const ids = '(SELECT id FROM temp.purge_ids)';
const found = '(SELECT id FROM temp.purge_findings)';

const tables = `
CREATE TEMP TABLE IF NOT EXISTS purge_findings (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS purge_groups (key INTEGER PRIMARY KEY) STRICT;
DELETE FROM temp.purge_findings;
DELETE FROM temp.purge_groups;
`;

/** Whose assignment it is stands in its document only. */
const noteAssignments = ['current_versions', 'closed_versions'].map(
  (versions) => `INSERT OR IGNORE INTO temp.purge_keys (key, list)
    SELECT v.object_key, o.list FROM ${versions} v JOIN objects o ON o.key = v.object_key
    WHERE o.list = ${listIds.assignments} AND v.json ->> '$.principalId' IN ${ids}`,
);
const noteGroups = `INSERT OR IGNORE INTO temp.purge_groups (key)
  SELECT group_key FROM current_members WHERE member_key IN ${keys}
  UNION SELECT group_key FROM closed_members WHERE member_key IN ${keys}`;
const isTheirs = `(json ->> '$.subject.type' = 'user' AND (json ->> '$.subject.entraId' IN ${ids} OR json ->> '$.subject.scimId' IN ${ids}))
  OR json ->> '$.member.entraId' IN ${ids} OR json ->> '$.member.scimId' IN ${ids}`;
const noteFindings = [
  `INSERT OR IGNORE INTO temp.purge_findings (id) SELECT id FROM findings WHERE ${isTheirs}
    OR number IN (SELECT finding_number FROM finding_subjects WHERE subject_key IN ${keys})`,
  `INSERT OR IGNORE INTO temp.purge_findings (id) SELECT finding_id FROM closed_findings WHERE ${isTheirs}`,
];

/** In an order in which nothing is named any more when it goes. */
const deletes = [
  ['finding_subjects', `finding_subjects WHERE finding_number IN (SELECT number FROM findings WHERE id IN ${found})`],
  ['findings', `findings WHERE id IN ${found}`],
  // After the findings: deleting one keeps it as a past one (migration 0001-past).
  ['closed_findings', `closed_findings WHERE finding_id IN ${found}`],
  ['closed_verifications', `closed_verifications WHERE finding_id IN ${found}`],
  ['finding_states', `finding_states WHERE finding_id IN ${found}`],
  ['people', `people WHERE person_key IN ${keys}`],
  ['closed_people', `closed_people WHERE person_key IN ${keys}`],
  ['person_search', `person_search WHERE rowid IN (SELECT person_key FROM person_names WHERE person_key IN ${keys})`],
  ['person_names', `person_names WHERE person_key IN ${keys}`],
  ['closed_names', `closed_names WHERE person_key IN ${keys}`],
  ['current_members', `current_members WHERE member_key IN ${keys}`],
  ['closed_members', `closed_members WHERE member_key IN ${keys}`],
  ['current_versions', `current_versions WHERE object_key IN ${keys}`],
  ['closed_versions', `closed_versions WHERE object_key IN ${keys}`],
  ['objects', `objects WHERE key IN ${keys}`],
] as const;
/** Somebody else who once had the account: that there was one stays, not which. */
const unlink = (table: string): string =>
  `UPDATE ${table} SET scim_key = NULL, joined_by = NULL WHERE scim_key IN ${keys}`;

/** Notes in temporary tables what belongs to the person beside the objects of `findPerson`: assignments, groups, findings. */
export const noteBelongings = (statements: Statements): void => {
  const { database } = statements;
  database.exec(tables);
  for (const sql of [...noteAssignments, noteGroups, ...noteFindings]) database.exec(sql);
};

/** Deletes all that `findPerson` and `noteBelongings` noted. Inside a write transaction. */
export const deleteObjects = (statements: Statements, tally: PurgeTally): void => {
  const { database } = statements;
  const count = (table: string): number =>
    Number(database.prepare(`SELECT count(*) FROM ${table} WHERE finding_id IN ${found}`).pluck().get());
  // Counted before: what a trigger keeps of a finding that goes was no row until now.
  const past = { closed_findings: count('closed_findings'), closed_verifications: count('closed_verifications') };
  for (const [table, rows] of deletes) {
    const { changes } = database.prepare(`DELETE FROM ${rows}`).run();
    tally.deleted(table, table in past ? past[table as keyof typeof past] : changes);
  }
  for (const table of ['people', 'closed_people']) tally.changed(table, database.prepare(unlink(table)).run().changes);
};
