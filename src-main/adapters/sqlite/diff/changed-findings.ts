import type { DiffKind, Difference } from '../../../contract/models/history-diff.ts';
import type { Finding } from '../../../contract/models/finding.ts';
import type { Statements } from '../statements.ts';
import type { RunRange } from './changed-keys.ts';

interface FindingRow {
  id: string;
  before: string | null;
  after: string | null;
  changed_run: number;
}

/** Of each finding its newest state by either run; those that were open in one of them. */
const states = `WITH one AS MATERIALIZED (
    SELECT finding_id, max(run_id), state FROM finding_states WHERE run_id <= @from GROUP BY finding_id
  ), other AS MATERIALIZED (
    SELECT finding_id AS id, max(run_id) AS changed_run, state FROM finding_states WHERE run_id <= @to GROUP BY finding_id
  )
  SELECT n.id, o.state AS before, n.state AS after, n.changed_run FROM other n LEFT JOIN one o ON o.finding_id = n.id
  WHERE (o.state = 'open' OR n.state = 'open') AND n.id > @after ORDER BY n.id`;
/** The version that a run had: the first that ended after it, else the one that is there. */
const version = `SELECT coalesce(
  (SELECT c.json FROM closed_findings c WHERE c.finding_id = @id AND c.valid_to > @run ORDER BY c.valid_to LIMIT 1),
  (SELECT f.json FROM findings f WHERE f.id = @id)) AS json`;
const startOf = 'SELECT started_at FROM runs WHERE id = ?';

/** A finding that waits again is still there; one that was dropped is over. */
const kindOf = (before: string | null, after: string | null): DiffKind | null => {
  if (before !== 'open') return after === 'open' ? 'opened' : null;
  return after === 'open' || after === 'pending' ? 'still-open' : 'resolved';
};

/** Findings that were open in one of the two states, by id, after one of them. */
export function* changedFindings(
  statements: Statements,
  range: RunRange,
  after: string,
): Generator<{ id: string; kind: DiffKind; row: FindingRow }> {
  for (const row of statements.get<object, FindingRow>(states).all({ ...range, after })) {
    const kind = kindOf(row.before, row.after);
    if (kind) yield { id: row.id, kind, row };
  }
}

/** The finding as it is at the end; of one that is over, as it was at the beginning. */
export const describeFinding = (
  statements: Statements,
  range: RunRange,
  { id, kind, row }: { id: string; kind: DiffKind; row: FindingRow },
): Difference => {
  const run = kind === 'resolved' ? range.from : range.to;
  const json = statements.get<object, { json: string | null }>(version).get({ id, run })?.json ?? null;
  const finding = json === null ? null : (JSON.parse(json) as Finding);
  return {
    section: 'findings',
    kinds: [kind],
    id,
    name: finding ? [finding.subject.name, finding.member?.name].filter(Boolean).join(', ') : id,
    detail: finding?.attribute ?? null,
    changes: kind === 'still-open' ? [] : [{ attribute: 'state', before: row.before, after: row.after }],
    ...(finding ? { finding: { kind: finding.kind, severity: finding.severity } } : {}),
    seenAt: statements.get<[number], { started_at: string }>(startOf).get(row.changed_run)?.started_at ?? '',
  };
};
