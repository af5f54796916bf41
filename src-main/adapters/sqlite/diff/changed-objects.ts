import type { Difference } from '../../../contract/models/history-diff.ts';
import {
  compareObjects,
  wordsOf,
  type ObjectDifference,
  type ObjectSection,
} from '../../../core/history-diff/compare-objects.ts';
import type { SnapshotName } from '../../../services/ports.ts';
import { listIds, shapeOf } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import type { RunRange } from './changed-keys.ts';

const lists = {
  people: 'users',
  accounts: 'scim-users',
  groups: 'groups',
  'target-groups': 'scim-groups',
  assignments: 'assignments',
} as const satisfies Record<ObjectSection, SnapshotName>;
const sections = Object.keys(lists) as ObjectSection[];
const sectionOf = new Map(sections.map((section) => [listIds[lists[section]], section]));

type ChangedRow = [key: number, list: number, before: string | null, after: string | null];

/** What an object is, is looked up here, in the order of keys: where changes are gathered they jump about. */
const changed = `SELECT k.key, o.list, p.json, coalesce(e.json, c.json)
  FROM temp.changed_objects k CROSS JOIN objects o ON o.key = k.key
  LEFT JOIN closed_versions p ON p.rowid = k.before_row
  LEFT JOIN closed_versions e ON e.rowid = k.after_row
  LEFT JOIN current_versions c ON c.object_key = iif(k.after_row IS NULL, k.key, NULL) AND c.since_run <= ?
  WHERE k.key > ? AND o.list IN (SELECT value FROM json_each(?)) ORDER BY k.key`;
const about = `SELECT o.id, (SELECT r.started_at FROM runs r WHERE r.id = coalesce(
    (SELECT c.since_run FROM current_versions c WHERE c.object_key = o.key AND c.since_run <= @to),
    (SELECT max(iif(p.valid_to <= @to, p.valid_to, p.valid_from)) FROM closed_versions p
      WHERE p.object_key = o.key AND p.valid_from <= @to))) AS seen_at
  FROM objects o WHERE o.key = @key`;

/** An object that differs. */
export interface ChangedObject {
  key: number;
  section: ObjectSection;
  difference: ObjectDifference;
  /** Its JSON as it is at the end; as it was at the beginning, when it is gone. */
  json: string;
}

/** Objects that differ, of one section or of all, by their keys; what they are is compared as they pass. */
export function* changedObjects(
  statements: Statements,
  range: RunRange,
  { only, after }: { only: ObjectSection | null; after: number },
): Generator<ChangedObject> {
  const wanted = (only === null ? sections : [only]).map((section) => listIds[lists[section]]);
  const rows = statements.database.prepare<[number, number, string], ChangedRow>(changed).raw();
  for (const [key, list, before, now] of rows.iterate(range.to, after, JSON.stringify(wanted))) {
    const section = sectionOf.get(list);
    // Changed and changed back.
    if (before === now || section === undefined) continue;
    const difference = compareObjects(section, before, now);
    const json = now ?? before;
    if (difference && json !== null) yield { key, section, difference, json };
  }
}

/** The difference as it is shown: with the object's id, and the run that first saw the last of it. */
export const describeObject = (
  statements: Statements,
  range: RunRange,
  { key, section, difference, json }: ChangedObject,
): Difference => {
  const row = statements.get<object, { id: string; seen_at: string | null }>(about).get({ key, to: range.to });
  const id = row?.id ?? '';
  const { name, detail } = wordsOf(section, shapeOf(lists[section]).read(json, null) as never);
  return {
    section,
    kinds: difference.kinds,
    id,
    name: name ?? id,
    detail,
    changes: difference.changes,
    seenAt: row?.seen_at ?? '',
  };
};
