import type { Finding, FindingState } from '../../../contract/models/finding.ts';
import type { FindingPast } from '../../../core/model/finding-past.ts';
import type { Statements } from '../statements.ts';
import { findKey } from '../object-keys.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';

const about = `SELECT DISTINCT f.id, f.json FROM json_each(?) k CROSS JOIN finding_subjects s ON s.subject_key = k.value
  CROSS JOIN findings f ON f.number = s.finding_number ORDER BY f.sort_key`;
const states = `SELECT r.started_at AS at, s.state FROM finding_states s JOIN runs r ON r.id = s.run_id
  WHERE s.finding_id = ? ORDER BY s.run_id`;

const scimPrefix = 'scim:';

/** Everything that was ever found about these people and groups (Entra object ids, or `scim:` and the SCIM id). */
export const readFindingPast = (statements: Statements, ids: readonly string[]): FindingPast[] => {
  const keys = ids.flatMap((id) =>
    (id.startsWith(scimPrefix) ? (['scim-users', 'scim-groups'] as const) : (['users', 'groups'] as const)).flatMap(
      (list) => findKey(statements, listIds[list], id.startsWith(scimPrefix) ? id.slice(scimPrefix.length) : id) ?? [],
    ),
  );
  return statements
    .get<[string], { id: string; json: string }>(about)
    .all(JSON.stringify(keys))
    .map(({ id, json }) => ({
      finding: JSON.parse(json) as Finding,
      states: statements.get<[string], { at: string; state: FindingState | null }>(states).all(id),
    }));
};
