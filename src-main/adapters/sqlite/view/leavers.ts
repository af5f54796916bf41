import type { Finding } from '../../../contract/models/finding.ts';
import type { SourceState, TargetState } from '../../../contract/models/person.ts';
import type { LeaverFacts } from '../../../core/views/leaver-clock.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import { personRef } from './subjects.ts';

interface LeaverRow {
  person_key: number;
  source_state: string;
  target_state: string;
  scim_id: string | null;
  changed_at: string | null;
  first_at: string | null;
  before_state: string | null;
  created_at: string | null;
  deleted_at: string | null;
  off_at: string | null;
  log_id: string | null;
}

const started = 'SELECT started_at FROM runs WHERE id';
const deletedOf = (versions: 'current_versions' | 'closed_versions'): string => `(SELECT
    json_extract(v.json, '$.deletedAt') FROM objects d JOIN ${versions} v ON v.object_key = d.key
    WHERE d.list = ${listIds['deleted-users']} AND d.id = o.id AND o.list = ${listIds.users} LIMIT 1)`;
/** valid_to of a state is the run that first saw the next one. */
const leavers = `SELECT p.person_key, p.source_state, p.target_state, a.id AS scim_id,
    (${started} = (SELECT max(c.valid_to) FROM closed_people c
      WHERE c.person_key = p.person_key AND c.source_state <> p.source_state)) AS changed_at,
    (${started} = coalesce((SELECT min(c.valid_from) FROM closed_people c
      WHERE c.person_key = p.person_key), p.since_run)) AS first_at,
    (SELECT c.source_state FROM closed_people c WHERE c.person_key = p.person_key
      AND c.source_state NOT IN ('soft-deleted', 'deleted') ORDER BY c.valid_to DESC LIMIT 1) AS before_state,
    (SELECT json_extract(v.json, '$.createdAt') FROM current_versions v WHERE v.object_key = p.person_key) AS created_at,
    coalesce(${deletedOf('current_versions')}, ${deletedOf('closed_versions')}) AS deleted_at,
    (SELECT r.at FROM log_rows r INDEXED BY log_rows_by_source JOIN log_classes c ON c.id = r.class_id
      WHERE r.source_id = o.id AND c.status = 'success' AND c.action = 'disable' ORDER BY r.seq DESC LIMIT 1) AS off_at,
    (SELECT r.id FROM log_rows r INDEXED BY log_rows_by_source WHERE r.source_id = o.id
      ORDER BY r.seq DESC LIMIT 1) AS log_id
  FROM people p CROSS JOIN objects o ON o.key = p.person_key LEFT JOIN objects a ON a.key = p.scim_key
  WHERE p.source_state IN ('disabled', 'soft-deleted', 'deleted', 'not-entitled', 'filtered-out')
    AND p.target_state <> 'absent'`;
const stillActive = `SELECT f.json FROM finding_subjects s JOIN findings f ON f.number = s.finding_number
  WHERE s.subject_key = ? AND f.kind IN ('active-source-gone', 'active-not-entitled') AND f.state <> 'resolved' LIMIT 1`;

/** Everybody who left and has an account in UNIFI, with the dates that are stored. */
export const readLeavers = (statements: Statements): LeaverFacts[] =>
  statements
    .get<[], LeaverRow>(leavers)
    .all()
    .map((row): LeaverFacts => {
      const left = row.source_state as SourceState;
      const stored =
        row.target_state === 'inactive'
          ? undefined
          : statements.get<[number], { json: string }>(stillActive).get(row.person_key);
      const finding = stored ? (JSON.parse(stored.json) as Finding) : null;
      // The newest known change of somebody who was created so says nothing about their leaving.
      const changedAt = finding?.changedAt === row.created_at ? null : finding?.changedAt;
      // Entra switches off in the cycle after somebody left.
      const offAt = row.target_state === 'inactive' ? row.off_at : null;
      const isDeleted = left === 'soft-deleted' || left === 'deleted';
      const dated = (isDeleted ? row.deleted_at : null) ?? changedAt ?? row.changed_at ?? offAt;
      return {
        subject: personRef(statements, row.person_key, row.scim_id),
        left,
        account: row.target_state as TargetState,
        leftAt: dated ?? row.first_at,
        leftAtKnown: dated !== null,
        deletedAt: row.deleted_at,
        switchedOffAt: row.off_at,
        before: row.before_state as SourceState | null,
        finding,
        logId: row.log_id,
      };
    });
