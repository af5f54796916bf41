import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

const { users, 'deleted-users': deletedUsers, 'scim-users': accounts } = listIds;

const states = [
  'closed_versions WHERE valid_to <= @run',
  'closed_members WHERE valid_to <= @run',
  'closed_people WHERE valid_to <= @run',
  'closed_names WHERE valid_to <= @run',
];

/** Findings that ended before the run: resolved ones, and what is left of dropped ones. */
const endedFindings = `SELECT s.finding_id FROM finding_states s
  WHERE s.run_id = (SELECT max(n.run_id) FROM finding_states n WHERE n.finding_id = s.finding_id)
    AND s.run_id <= @run AND (s.state IS NULL OR s.state = 'resolved')`;
const findings = [
  `finding_subjects WHERE finding_number IN (SELECT number FROM findings WHERE id IN (SELECT id FROM temp.ended_findings))`,
  'findings WHERE id IN (SELECT id FROM temp.ended_findings)',
  // After the findings: deleting one keeps it as a past one (migration 0001-past).
  'closed_findings WHERE valid_to <= @run OR finding_id IN (SELECT id FROM temp.ended_findings)',
  'closed_verifications WHERE valid_to <= @run OR finding_id IN (SELECT id FROM temp.ended_findings)',
  'finding_states WHERE finding_id IN (SELECT id FROM temp.ended_findings)',
  // Which state a finding was in at the run, one line tells.
  `finding_states WHERE run_id < (SELECT max(n.run_id) FROM finding_states n
    WHERE n.finding_id = finding_states.finding_id AND n.run_id <= @run)`,
];
const counts = `list_counts WHERE run_id < (SELECT max(n.run_id) FROM list_counts n
  WHERE n.list = list_counts.list AND n.run_id <= @run)`;

/** Nothing tells of these people any more, neither now nor in a state that is kept. */
const gonePeople = `SELECT n.person_key AS key FROM person_names n JOIN objects o ON o.key = n.person_key
  WHERE NOT EXISTS (SELECT 1 FROM people p WHERE p.person_key = n.person_key)
  AND NOT EXISTS (SELECT 1 FROM closed_people p WHERE p.person_key = n.person_key)
  AND NOT EXISTS (SELECT 1 FROM objects other
    WHERE other.id = o.id AND other.list IN (iif(o.list = ${accounts}, ${accounts}, ${users}), iif(o.list = ${accounts}, ${accounts}, ${deletedUsers}))
    AND (EXISTS (SELECT 1 FROM current_versions c WHERE c.object_key = other.key)
      OR EXISTS (SELECT 1 FROM closed_versions c WHERE c.object_key = other.key)))`;
const ofGonePeople = [
  'person_search WHERE rowid IN (SELECT key FROM temp.gone_people)',
  'closed_names WHERE person_key IN (SELECT key FROM temp.gone_people)',
  'person_names WHERE person_key IN (SELECT key FROM temp.gone_people)',
];
/** Ids that no row names any more. */
const unusedObjects = `objects WHERE key NOT IN (
  SELECT object_key FROM current_versions UNION SELECT object_key FROM closed_versions
  UNION SELECT group_key FROM current_members UNION SELECT member_key FROM current_members
  UNION SELECT group_key FROM closed_members UNION SELECT member_key FROM closed_members
  UNION SELECT person_key FROM person_names UNION SELECT person_key FROM closed_names
  UNION SELECT person_key FROM people UNION SELECT scim_key FROM people WHERE scim_key IS NOT NULL
  UNION SELECT person_key FROM closed_people UNION SELECT scim_key FROM closed_people WHERE scim_key IS NOT NULL
  UNION SELECT subject_key FROM finding_subjects)`;

const tables = `
CREATE TEMP TABLE IF NOT EXISTS ended_findings (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS gone_people (key INTEGER PRIMARY KEY) STRICT;
DELETE FROM temp.ended_findings;
DELETE FROM temp.gone_people;
`;

/**
 * Deletes what was no state of the run any more, nor of a later one: versions of lists, members, people and findings,
 * findings that had ended, and whoever nothing tells of any longer. States from the run on read as before. Gives how
 * many rows went. Inside a write transaction.
 */
export const forgetStates = (statements: Statements, run: number): number => {
  const { database } = statements;
  let rows = 0;
  const drop = (what: string): void => {
    const statement = database.prepare(`DELETE FROM ${what}`);
    rows += (what.includes('@run') ? statement.run({ run }) : statement.run()).changes;
  };
  database.exec(tables);
  database.prepare(`INSERT INTO temp.ended_findings (id) ${endedFindings}`).run({ run });
  for (const what of [...states, ...findings, counts]) drop(what);
  database.exec(`INSERT INTO temp.gone_people (key) ${gonePeople}`);
  for (const what of [...ofGonePeople, unusedObjects]) drop(what);
  return rows;
};
