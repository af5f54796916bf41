import type { SourceName } from '../../../contract/models/run.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

interface Presence {
  list: number;
  since: number;
  until: number | null;
}

const presences = `SELECT k.list, c.since_run AS since, NULL AS until
    FROM temp.purge_keys k JOIN current_versions c ON c.object_key = k.key
  UNION ALL SELECT k.list, c.valid_from, c.valid_to FROM temp.purge_keys k JOIN closed_versions c ON c.object_key = k.key`;
const stored = 'SELECT run_id, item_count FROM list_counts WHERE list = ? ORDER BY run_id';
const write = 'INSERT OR REPLACE INTO list_counts (list, run_id, item_count) VALUES (?, ?, ?)';
const present = 'UPDATE snapshot_lists SET item_count = item_count - ? WHERE id = ?';

/** From the presences, read before anything is deleted: how many runs each list's objects were there in, and which. */
export const readPresences = (statements: Statements): Presence[] => statements.get<[], Presence>(presences).all();

/** Every list as long as it is without the person, in every run. Inside a write transaction. */
export const correctListCounts = (statements: Statements, gone: readonly Presence[]): void => {
  for (const [list, own] of Map.groupBy(gone, (presence) => presence.list)) {
    const counts = statements.get<[number], { run_id: number; item_count: number }>(stored).all(list);
    const runs = new Set(counts.map(({ run_id }) => run_id));
    for (const { since, until } of own) for (const run of [since, until]) if (run !== null) runs.add(run);
    for (const run of [...runs].sort((one, other) => one - other)) {
      const before = counts.findLast(({ run_id }) => run_id <= run)?.item_count ?? 0;
      const there = own.filter(({ since, until }) => since <= run && (until === null || until > run)).length;
      statements.get(write).run(list, run, Math.max(0, before - there));
    }
    const now = own.filter(({ until }) => until === null).length;
    if (now > 0) statements.get(present).run(now, list);
  }
};

const addWithheld = `UPDATE run_sources SET withheld = withheld + @entries
  WHERE source = @source AND run_id = (SELECT max(run_id) FROM run_sources WHERE source = @source)`;
const memberships = `SELECT o.list, count(*) AS entries FROM current_members m JOIN objects o ON o.key = m.group_key
  WHERE m.member_key IN (SELECT key FROM temp.purge_keys) GROUP BY o.list`;
const sourceOf: Readonly<Record<number, SourceName>> = {
  [listIds.users]: 'users',
  [listIds['deleted-users']]: 'deleted-users',
  [listIds['group-members']]: 'groups',
  [listIds.assignments]: 'assignments',
  [listIds['scim-users']]: 'scim-users',
  [listIds['scim-groups']]: 'scim-groups',
};

/**
 * Until the next collection says it itself: what the newest reports of the sources no longer have, so that fewer members
 * or accounts are not taken for a fact. Before anything is deleted, inside a write transaction.
 */
export const noteWithheld = (statements: Statements, gone: readonly Presence[]): void => {
  const objects = [
    ...Map.groupBy(
      gone.filter(({ until }) => until === null),
      ({ list }) => list,
    ),
  ];
  const counts = [
    ...objects.map(([list, own]) => ({ list, entries: own.length })),
    ...statements.get<[], { list: number; entries: number }>(memberships).all(),
  ];
  for (const { list, entries } of counts) {
    const source = sourceOf[list];
    if (source !== undefined) statements.get<object>(addWithheld).run({ source, entries });
  }
};

/** Runs in whose state somebody was: first, last and how many; null when in none. */
export const runsOf = (
  statements: Statements,
  gone: readonly Presence[],
): { first: string; last: string; runs: number } | null => {
  const runs = statements.get<[], number>('SELECT id FROM runs ORDER BY id').pluck().all() as number[];
  const held = runs.filter((run) => gone.some(({ since, until }) => since <= run && (until === null || until > run)));
  const [first, last] = [held[0], held.at(-1)];
  return first === undefined || last === undefined
    ? null
    : { first: String(first), last: String(last), runs: held.length };
};
