import type { AssignedEntries, AssignmentChange, EvaluationChange } from '../../../core/model/job-history.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

const evaluations = 'SELECT run_id, at FROM evaluations WHERE at >= ? ORDER BY run_id';
/**
 * A finding that was open before and is open again after a run in between counts each time. One that was dropped since
 * has left the table, and its kind stands among the closed ones.
 */
const opened = `SELECT s.run_id, coalesce(f.kind, (SELECT c.kind FROM closed_findings c WHERE c.finding_id = s.finding_id
    LIMIT 1), '') AS kind, count(*) AS finding_count
  FROM finding_states s LEFT JOIN findings f ON f.id = s.finding_id
  WHERE s.run_id >= ? AND s.state = 'open' GROUP BY 1, 2 ORDER BY 1, 2`;

/** Evaluations since `from`, oldest first, with what each of them opened. */
export const readOpenedFindings = (statements: Statements, from: string): EvaluationChange[] => {
  const found = statements.get<[string], { run_id: number; at: string }>(evaluations).all(from);
  const first = found[0];
  if (!first) return [];
  const changes = new Map(
    found.map((row) => [row.run_id, { runId: String(row.run_id), at: row.at, opened: [] } as EvaluationChange]),
  );
  const rows = statements
    .get<[number], { run_id: number; kind: string; finding_count: number }>(opened)
    .all(first.run_id);
  for (const row of rows) changes.get(row.run_id)?.opened.push({ kind: row.kind, count: row.finding_count });
  return [...changes.values()];
};

const assignments = listIds.assignments;

/** What came with a run and what went with it; a version that another one replaced is neither. */
const moved = `WITH came (run, key, json) AS (
    SELECT c.since_run, o.key, c.json FROM objects o JOIN current_versions c ON c.object_key = o.key WHERE o.list = @list
    UNION ALL
    SELECT p.valid_from, o.key, p.json FROM objects o JOIN closed_versions p ON p.object_key = o.key WHERE o.list = @list
  ), went (run, key, json) AS (
    SELECT p.valid_to, o.key, p.json FROM objects o JOIN closed_versions p ON p.object_key = o.key WHERE o.list = @list
  )
  SELECT r.started_at AS at, 1 AS is_new, json ->> '$.principalName' AS name FROM came JOIN runs r ON r.id = run
    WHERE r.started_at >= @from AND run > (SELECT first_full_run FROM snapshot_lists WHERE id = @list)
      AND NOT EXISTS (SELECT 1 FROM went WHERE went.run = came.run AND went.key = came.key)
  UNION ALL
  SELECT r.started_at, 0, json ->> '$.principalName' FROM went JOIN runs r ON r.id = run
    WHERE r.started_at >= @from
      AND NOT EXISTS (SELECT 1 FROM came WHERE came.run = went.run AND came.key = went.key)
  ORDER BY 1, 2, 3`;
const readBefore = `SELECT max(r.started_at) AS at FROM run_sources s JOIN runs r ON r.id = s.run_id
  WHERE s.source = 'assignments' AND s.status = 'complete' AND r.started_at < ?`;

const namesKept = 5;

/** Runs since `from` that found assignments to have come or gone, oldest first. */
export const readAssignmentChanges = (statements: Statements, from: string): AssignmentChange[] => {
  const changes = new Map<string, AssignmentChange>();
  const rows = statements
    .get<[object], { at: string; is_new: number; name: string | null }>(moved)
    .all({ list: assignments, from });
  for (const row of rows) {
    let change = changes.get(row.at);
    if (!change) {
      const before = statements.get<[string], { at: string | null }>(readBefore).get(row.at)?.at;
      change = {
        at: row.at,
        after: before ?? row.at,
        added: { count: 0, names: [] },
        removed: { count: 0, names: [] },
      };
      changes.set(row.at, change);
    }
    const side = row.is_new === 1 ? change.added : change.removed;
    side.count += 1;
    if (row.name !== null && side.names.length < namesKept) side.names.push(row.name);
  }
  return [...changes.values()];
};

const assigned = `WITH principals (type, id) AS (
    SELECT c.json ->> '$.principalType', c.json ->> '$.principalId'
    FROM objects o JOIN current_versions c ON c.object_key = o.key WHERE o.list = @list
  )
  SELECT (SELECT count(DISTINCT id) FROM principals WHERE type = 'User') AS users,
    (SELECT count(DISTINCT id) FROM principals WHERE type = 'Group') AS groups,
    (SELECT count(DISTINCT m.member_key) FROM principals p
      JOIN objects g ON g.list = @groups AND g.id = p.id
      JOIN current_members m ON m.group_key = g.key WHERE p.type = 'Group') AS members`;

/** People and groups that are assigned, and the groups' direct members, as last read. */
export const readAssignedEntries = (statements: Statements): AssignedEntries => {
  const row = statements
    .get<[object], AssignedEntries>(assigned)
    .get({ list: assignments, groups: listIds['group-members'] });
  if (!row) throw new Error('counting gave no row');
  return row;
};
