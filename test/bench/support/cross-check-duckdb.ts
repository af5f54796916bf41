import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Company } from './cross-check-rows.ts';

const cell = (value: string | boolean | null): string => {
  if (value === null) return '';
  return typeof value === 'boolean' ? String(value) : `"${value.replaceAll('"', '""')}"`;
};

/** Writes rows as CSV in pieces. */
export const writeCsv = async (
  file: string,
  header: string,
  rows: Iterable<readonly (string | boolean | null)[]>,
): Promise<void> => {
  const stream = createWriteStream(file);
  let chunk = `${header}\n`;
  for (const row of rows) {
    chunk += `${row.map(cell).join(',')}\n`;
    if (chunk.length > 1_000_000) {
      stream.write(chunk);
      chunk = '';
    }
  }
  stream.end(chunk);
  await finished(stream);
};

/** When the row that names a link was written. */
export const linkAt = '2026-11-01T00:00:00Z';

/** The rows that our check reads from its store, as CSV files. */
export const writeCompanyCsv = async (directory: string, company: Company): Promise<void> => {
  const users = function* (): Iterable<(string | boolean | null)[]> {
    for (const list of [company.users, company.deletedUsers]) {
      for (const user of list) {
        const { givenName, surname, mailNickname, department } = user.attributes as Record<string, string | null>;
        yield [
          user.id,
          user.userPrincipalName,
          user.displayName,
          user.accountEnabled,
          user.deletedAt,
          user.mail,
          user.createdAt,
          givenName ?? null,
          surname ?? null,
          mailNickname ?? null,
          department ?? null,
        ];
      }
    }
  };
  const memberships = function* (): Iterable<string[]> {
    for (const { groupId, userIds } of company.members) for (const userId of userIds) yield [groupId, userId];
  };
  const targetMembers = function* (): Iterable<string[]> {
    for (const { id, memberIds } of company.targetGroups) for (const member of memberIds ?? []) yield [id, member];
  };
  const file = (name: string): string => join(directory, `${name}.csv`);
  await writeCsv(
    file('users'),
    'id,upn,display_name,enabled,deleted_at,mail,created_at,given_name,surname,nickname,department',
    users(),
  );
  await writeCsv(
    file('accounts'),
    'id,user_name,external_id,active,given_name,family_name,display_name,created_at,modified_at',
    company.accounts.map((account) => [
      account.id,
      account.userName,
      account.externalId,
      account.active,
      account.attributes['name.givenName'] ?? null,
      account.attributes['name.familyName'] ?? null,
      account.displayName,
      account.createdAt,
      account.lastModifiedAt,
    ]),
  );
  await writeCsv(
    file('groups'),
    'id,display_name,security_enabled,created_at',
    company.groups.map((group) => [group.id, group.displayName, group.securityEnabled, group.createdAt]),
  );
  await writeCsv(
    file('assignments'),
    'principal_id',
    company.groups.map((group) => [group.id]),
  );
  await writeCsv(file('members'), 'group_id,user_id', memberships());
  await writeCsv(
    file('target_groups'),
    'id,display_name,external_id,created_at,modified_at',
    company.targetGroups.map((group) => [
      group.id,
      group.displayName,
      group.externalId,
      group.createdAt,
      group.lastModifiedAt,
    ]),
  );
  await writeCsv(file('target_members'), 'group_id,account_id', targetMembers());
  await writeCsv(
    file('links'),
    'source_id,target_id,at,log_id',
    company.links.map((link, index) => [link.sourceId, link.targetId, linkAt, `row-${index}`]),
  );
};

const tables = ['users', 'accounts', 'groups', 'assignments', 'members', 'target_groups', 'target_members', 'links'];

/** The joins that give the same findings on the rows of the benchmark, as one list. */
const findings = `
WITH entitled AS (
  SELECT DISTINCT m.user_id FROM members m JOIN assignments s ON s.principal_id = m.group_id
  JOIN groups g ON g.id = m.group_id AND g.security_enabled
), person AS (
  SELECT u.*, lower(trim(u.upn)) AS match_key, l.target_id AS linked_id,
    CASE WHEN u.deleted_at IS NOT NULL THEN 'soft-deleted' WHEN NOT u.enabled THEN 'disabled'
      WHEN e.user_id IS NULL THEN 'not-assigned' WHEN u.department = 'Guest desk' THEN 'filtered-out'
      ELSE 'in-scope' END AS source
  FROM users u LEFT JOIN entitled e ON e.user_id = u.id LEFT JOIN links l ON l.source_id = u.id
), pair AS (
  SELECT p.id AS person_id, a.id AS account_id, 1 AS strength FROM person p JOIN accounts a ON a.id = p.linked_id
  UNION ALL
  SELECT p.id, a.id, 2 FROM person p JOIN accounts a ON lower(trim(a.user_name)) = p.match_key
  UNION ALL
  SELECT p.id, a.id, 3 FROM person p JOIN accounts a ON a.external_id = p.nickname
), joined AS (
  SELECT person_id, arg_min(account_id, strength || account_id) AS account_id FROM pair GROUP BY person_id
), counted AS (
  SELECT person_id, count(DISTINCT account_id) FILTER (a.active) AS active_count
  FROM pair JOIN accounts a ON a.id = pair.account_id GROUP BY person_id
), shared AS (
  SELECT match_key FROM person WHERE source = 'in-scope' AND match_key IS NOT NULL GROUP BY match_key HAVING count(*) > 1
), present AS (
  SELECT p.*, j.account_id, a.user_name, a.external_id, a.active, a.given_name AS actual_given,
    a.family_name AS actual_family, coalesce(c.active_count, 0) AS active_count, s.match_key IS NOT NULL AS is_shared,
    p.linked_id IS NOT NULL AND k.id IS NULL AND j.account_id IS NOT NULL AS is_stale
  FROM person p LEFT JOIN joined j ON j.person_id = p.id LEFT JOIN accounts a ON a.id = j.account_id
  LEFT JOIN counted c ON c.person_id = p.id LEFT JOIN shared s ON s.match_key = p.match_key
  LEFT JOIN accounts k ON k.id = p.linked_id
), in_scope AS (
  SELECT *, CASE WHEN match_key IS NULL THEN 'missing-match-value' WHEN is_shared THEN 'duplicate-match-value'
    WHEN active_count > 1 THEN 'duplicate-in-target' WHEN account_id IS NULL THEN 'missing-in-target'
    WHEN NOT active THEN 'inactive-in-target' WHEN is_stale THEN 'stale-link' END AS kind
  FROM present WHERE source = 'in-scope'
), held AS (SELECT DISTINCT account_id FROM pair), held_in_scope AS (
  SELECT DISTINCT account_id FROM in_scope WHERE account_id IS NOT NULL
), drift AS (
  SELECT id, 'userName' AS attribute FROM in_scope WHERE kind IS NULL AND upn <> user_name
  UNION ALL
  SELECT id, 'externalId' FROM in_scope WHERE kind IS NULL AND nickname IS DISTINCT FROM external_id
  UNION ALL
  SELECT id, 'name.givenName' FROM in_scope WHERE kind IS NULL AND given_name IS DISTINCT FROM actual_given
  UNION ALL
  SELECT id, 'name.familyName' FROM in_scope WHERE kind IS NULL AND surname IS DISTINCT FROM actual_family
), group_pair AS (
  SELECT g.id AS group_id, t.id AS target_id FROM groups g JOIN assignments s ON s.principal_id = g.id
  JOIN target_groups t ON lower(trim(t.display_name)) = lower(trim(g.display_name)) WHERE g.security_enabled
), expected AS (
  SELECT m.group_id, m.user_id, p.account_id, p.source, gp.target_id FROM members m
  JOIN group_pair gp ON gp.group_id = m.group_id JOIN present p ON p.id = m.user_id
)
SELECT kind, id AS subject, '' AS detail FROM in_scope WHERE kind IS NOT NULL
UNION ALL SELECT 'attribute-drift', id, attribute FROM drift
UNION ALL SELECT CASE WHEN source IN ('disabled', 'soft-deleted') THEN 'active-source-gone' ELSE 'active-not-entitled' END,
  id, '' FROM present WHERE source <> 'in-scope' AND active AND account_id NOT IN (SELECT account_id FROM held_in_scope)
UNION ALL SELECT CASE WHEN l.source_id IS NULL THEN 'orphan-in-target' ELSE 'active-source-gone' END,
  coalesce(l.source_id, 'scim:' || a.id), ''
  FROM accounts a LEFT JOIN held h ON h.account_id = a.id LEFT JOIN links l ON l.target_id = a.id
  WHERE h.account_id IS NULL AND a.active
UNION ALL SELECT 'group-missing-in-target', g.id, '' FROM groups g JOIN assignments s ON s.principal_id = g.id
  LEFT JOIN group_pair gp ON gp.group_id = g.id WHERE gp.group_id IS NULL
UNION ALL SELECT 'group-orphan-in-target', 'scim:' || t.id, '' FROM target_groups t
  LEFT JOIN group_pair gp ON gp.target_id = t.id WHERE gp.target_id IS NULL
UNION ALL SELECT 'member-missing', e.group_id, e.user_id FROM expected e
  LEFT JOIN target_members t ON t.group_id = e.target_id AND t.account_id = e.account_id
  WHERE e.source = 'in-scope' AND e.account_id IS NOT NULL AND t.account_id IS NULL
UNION ALL SELECT 'member-extra', gp.group_id, coalesce(j.person_id, 'scim:' || t.account_id)
  FROM target_members t JOIN group_pair gp ON gp.target_id = t.group_id
  LEFT JOIN expected e ON e.target_id = t.group_id AND e.account_id = t.account_id
  LEFT JOIN joined j ON j.account_id = t.account_id WHERE e.account_id IS NULL`;

/** Loads the files into tables and joins them: the time in milliseconds, and the findings as sorted lines. */
export const runDuckDb = async (directory: string): Promise<{ ms: number; lines: string[] }> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const startedMs = performance.now();
  for (const table of tables) {
    const file = join(directory, `${table}.csv`).replaceAll("'", "''");
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${file}', header = true)`);
  }
  const reader = await connection.runAndReadAll(findings);
  const rows = reader.getRows();
  const ms = performance.now() - startedMs;
  connection.closeSync();
  instance.closeSync();
  return { ms, lines: rows.map((row) => row.map(String).join(' ').trim()).sort() };
};
