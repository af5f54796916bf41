import type { SourceState } from '../../../contract/models/person.ts';
import type { LinkFacts } from '../../../core/views/stale-links.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import { nameOf, personRef } from './subjects.ts';

interface SuspectRow {
  source_id: string;
  target_id: string;
  at: string;
  log_id: string;
  action: string | null;
  source_state: string | null;
  is_assigned: number;
  is_present: number;
  owner_key: number | null;
  owner_scim: string | null;
  is_own: number;
}

const newest = `newest AS MATERIALIZED (
    SELECT source_id, target_id, at, log_id, max(seq) AS seq FROM links GROUP BY source_id)`;
const actionOf = `(SELECT c.action FROM log_rows r JOIN log_classes c ON c.id = r.class_id WHERE r.id = n.log_id)`;
/**
 * An account counts to another person as well when both were joined to it. When it is the subject's own too, only
 * another link makes it a matter of links: equal match values are findings of their own.
 */
const ofPeople = `WITH ${newest}
  SELECT n.source_id, n.target_id, n.at, n.log_id, ${actionOf} AS action, p.source_state, 0 AS is_assigned,
    v.object_key IS NOT NULL AS is_present, min(o.person_key) AS owner_key, a.id AS owner_scim,
    a.key IS NOT NULL AND p.scim_key IS a.key AS is_own
  FROM newest n
  CROSS JOIN objects u ON u.list = ${listIds.users} AND u.id = n.source_id
  CROSS JOIN people p ON p.person_key = u.key
  LEFT JOIN objects a ON a.list = ${listIds['scim-users']} AND a.id = n.target_id
  LEFT JOIN current_versions v ON v.object_key = a.key
  LEFT JOIN people o ON o.scim_key = a.key AND o.person_key <> p.person_key
    AND (p.scim_key IS NOT a.key OR o.joined_by = 'link')
  WHERE v.object_key IS NULL OR o.person_key IS NOT NULL
  GROUP BY n.source_id`;
const ofGroups = `WITH ${newest}, assigned AS MATERIALIZED (
    SELECT DISTINCT json_extract(v.json, '$.principalId') AS id FROM objects o
    CROSS JOIN current_versions v ON v.object_key = o.key WHERE o.list = ${listIds.assignments})
  SELECT n.source_id, n.target_id, n.at, n.log_id, ${actionOf} AS action, NULL AS source_state,
    n.source_id IN (SELECT id FROM assigned) AS is_assigned, 0 AS is_present, NULL AS owner_key, NULL AS owner_scim,
    0 AS is_own
  FROM objects g CROSS JOIN current_versions gv ON gv.object_key = g.key
  CROSS JOIN newest n ON n.source_id = g.id
  LEFT JOIN objects a ON a.list = ${listIds['scim-groups']} AND a.id = n.target_id
  LEFT JOIN current_versions v ON v.object_key = a.key
  WHERE g.list = ${listIds.groups} AND v.object_key IS NULL`;

/** Links whose target is not in UNIFI's list, or counts to somebody else. Reads every link once. */
export const readSuspectLinks = (statements: Statements): LinkFacts[] => {
  const toFacts = (row: SuspectRow, type: 'user' | 'group'): LinkFacts => ({
    subject: {
      type,
      entraId: row.source_id,
      scimId: row.target_id,
      name: nameOf(statements, type === 'user' ? listIds.users : listIds.groups, row.source_id),
    },
    targetId: row.target_id,
    at: row.at,
    logId: row.log_id,
    action: row.action,
    source: row.source_state as SourceState | null,
    isAssigned: row.is_assigned === 1,
    exists: row.is_present === 1,
    owner: row.owner_key === null ? null : personRef(statements, row.owner_key, row.owner_scim),
    isOwn: row.is_own === 1,
  });
  return [
    ...statements
      .get<[], SuspectRow>(ofPeople)
      .all()
      .map((row) => toFacts(row, 'user')),
    ...statements
      .get<[], SuspectRow>(ofGroups)
      .all()
      .map((row) => toFacts(row, 'group')),
  ];
};
