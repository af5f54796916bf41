import type { CaseScope } from '../../../contract/models/case-file.ts';
import { AppError } from '../../../core/app-error.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

const tables = `
CREATE TEMP TABLE case_keys (key INTEGER PRIMARY KEY) STRICT;
CREATE TEMP TABLE case_ids (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE case_findings (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE case_log (seq INTEGER PRIMARY KEY) STRICT;
`;

const { users, 'deleted-users': deletedUsers, groups, 'group-members': groupMembers, assignments } = listIds;
const { 'scim-users': accounts } = listIds;

/** The Entra user under both numbers, and the accounts that belong to it or ever did. */
const ofPerson = [
  `INSERT OR IGNORE INTO temp.case_keys SELECT key FROM objects
    WHERE list IN (${users}, ${deletedUsers}, ${accounts}) AND id IN (SELECT id FROM temp.case_ids)`,
  `INSERT OR IGNORE INTO temp.case_keys SELECT scim_key FROM people
    WHERE scim_key IS NOT NULL AND person_key IN (SELECT key FROM temp.case_keys)
    UNION SELECT scim_key FROM closed_people
    WHERE scim_key IS NOT NULL AND person_key IN (SELECT key FROM temp.case_keys)
    UNION SELECT person_key FROM people WHERE scim_key IN (SELECT key FROM temp.case_keys)`,
  `INSERT OR IGNORE INTO temp.case_keys SELECT o.key FROM links l JOIN objects o ON o.list = ${accounts} AND o.id = l.target_id
    WHERE l.source_id IN (SELECT id FROM objects WHERE list = ${users} AND key IN (SELECT key FROM temp.case_keys))`,
  `INSERT OR IGNORE INTO temp.case_ids SELECT id FROM objects WHERE key IN (SELECT key FROM temp.case_keys)`,
  `INSERT OR IGNORE INTO temp.case_keys SELECT key FROM objects
    WHERE list IN (${users}, ${deletedUsers}) AND id IN (SELECT id FROM temp.case_ids)`,
];

/** What the subjects belong to: their groups with the other name of each, and the assignments of all of these. */
const around = [
  `INSERT OR IGNORE INTO temp.case_keys SELECT group_key FROM current_members
    WHERE member_key IN (SELECT key FROM temp.case_keys)
    UNION SELECT group_key FROM closed_members WHERE member_key IN (SELECT key FROM temp.case_keys)`,
  `INSERT OR IGNORE INTO temp.case_keys SELECT other.key FROM objects o
    JOIN objects other ON other.id = o.id AND other.list IN (${groups}, ${groupMembers})
    WHERE o.list IN (${groups}, ${groupMembers}) AND o.key IN (SELECT key FROM temp.case_keys)`,
  `INSERT OR IGNORE INTO temp.case_keys SELECT c.object_key FROM current_versions c
    JOIN objects o ON o.key = c.object_key AND o.list = ${assignments}
    JOIN objects p ON p.id = json_extract(c.json, '$.principalId') AND p.list IN (${users}, ${groups})
    WHERE instr(c.json, '"principalId":') > 0 AND p.key IN (SELECT key FROM temp.case_keys)`,
];

/** What is told about the subjects. */
const about = [
  `INSERT OR IGNORE INTO temp.case_findings SELECT f.id FROM finding_subjects s
    JOIN findings f ON f.number = s.finding_number
    JOIN objects o ON o.key = s.subject_key WHERE o.id IN (SELECT id FROM temp.case_ids)`,
  `INSERT OR IGNORE INTO temp.case_findings SELECT finding_id FROM closed_findings
    WHERE json ->> '$.subject.entraId' IN (SELECT id FROM temp.case_ids)
    OR json ->> '$.subject.scimId' IN (SELECT id FROM temp.case_ids)
    OR json ->> '$.member.entraId' IN (SELECT id FROM temp.case_ids)
    OR json ->> '$.member.scimId' IN (SELECT id FROM temp.case_ids)`,
  `INSERT OR IGNORE INTO temp.case_keys SELECT s.subject_key FROM finding_subjects s
    JOIN findings f ON f.number = s.finding_number WHERE f.id IN (SELECT id FROM temp.case_findings)`,
  `INSERT OR IGNORE INTO temp.case_log SELECT seq FROM log_rows WHERE source_id IN (SELECT id FROM temp.case_ids)`,
  `INSERT OR IGNORE INTO temp.case_log SELECT seq FROM log_rows
    WHERE target_id IN (SELECT id FROM temp.case_ids)`,
];

const unknown = (field: string, message: string): AppError =>
  new AppError({
    code: 'input-invalid',
    message,
    advice: 'List people or findings, and take an id from there.',
    fields: [{ field, reason: 'is not known' }],
  });

/**
 * Notes in tables of this connection what belongs to the person or finding of a scope; gives false for scopes that are
 * not about somebody. Throws `input-invalid` when nothing of that id is stored.
 */
export const selectSubjects = (statements: Statements, scope: CaseScope): boolean => {
  const { database } = statements;
  if (scope.what === 'all' || scope.what === 'period') return false;
  database.exec(tables);
  const addId = database.prepare('INSERT OR IGNORE INTO temp.case_ids (id) VALUES (?)');
  if (scope.what === 'person') addId.run(scope.id.replace(/^scim:/u, ''));
  else {
    const row = statements
      .get<object, { json: string }>(
        'SELECT json FROM findings WHERE id = @id UNION ALL SELECT json FROM closed_findings WHERE finding_id = @id LIMIT 1',
      )
      .get({ id: scope.id });
    if (!row) throw unknown('finding', 'No finding of this id is stored.');
    const { subject, member } = JSON.parse(row.json) as Record<
      'subject' | 'member',
      { entraId: string | null; scimId: string | null } | undefined
    >;
    for (const id of [subject?.entraId, subject?.scimId, member?.entraId, member?.scimId]) if (id) addId.run(id);
    // Of a group, the group itself under all its numbers.
    database.exec(`INSERT OR IGNORE INTO temp.case_keys SELECT key FROM objects
      WHERE id IN (SELECT id FROM temp.case_ids)`);
  }
  for (const sql of ofPerson) database.exec(sql);
  if (scope.what === 'person') {
    const found = statements.get<[], { n: number }>('SELECT count(*) AS n FROM temp.case_keys').get()?.n ?? 0;
    if (found === 0) throw unknown('person', 'Nobody of this id is stored.');
  }
  for (const sql of [...around, ...about]) database.exec(sql);
  return true;
};
