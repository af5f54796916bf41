import type { SnapshotItems, SnapshotName, Versioned } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { listIds, memberLists, shapeOf, type MemberIds } from './snapshot-lists.ts';

type VersionRow = [key: number, id: string, json: string, sinceRun: number];

const currentPage = `SELECT o.key, o.id, c.json, c.since_run
  FROM objects o CROSS JOIN current_versions c ON c.object_key = o.key
  WHERE o.list = ? AND o.id > ? ORDER BY o.id LIMIT ?`;
const pageAsOf = `SELECT o.key, o.id, coalesce(c.json, p.json), coalesce(c.since_run, p.valid_from)
  FROM objects o
  LEFT JOIN current_versions c ON c.object_key = o.key AND c.since_run <= @run
  LEFT JOIN closed_versions p ON c.object_key IS NULL AND p.object_key = o.key
    AND p.valid_from <= @run AND p.valid_to > @run
  WHERE o.list = @list AND o.id > @after AND (c.object_key IS NOT NULL OR p.object_key IS NOT NULL)
  ORDER BY o.id LIMIT @limit`;
const currentMembers = `SELECT o.list, json_group_array(o.id)
  FROM current_members m CROSS JOIN objects o ON o.key = m.member_key WHERE m.group_key = ? GROUP BY o.list`;
const membersAsOf = `SELECT o.list, json_group_array(o.id) FROM (
    SELECT member_key FROM current_members WHERE group_key = @group AND since_run <= @run
    UNION ALL
    SELECT member_key FROM closed_members WHERE group_key = @group AND valid_from <= @run AND valid_to > @run
  ) m CROSS JOIN objects o ON o.key = m.member_key GROUP BY o.list`;
const closedAfter = `SELECT p.object_key, p.json, p.valid_to, r.started_at
  FROM runs r CROSS JOIN closed_versions p ON p.valid_to = r.id CROSS JOIN objects o ON o.key = p.object_key
  WHERE r.started_at > ? AND o.list = ? ORDER BY p.valid_to, o.id`;
const listFacts = 'SELECT first_full_run FROM snapshot_lists WHERE id = ?';

/** Members of a group now, or as of a run. */
const readMembers = (statements: Statements, group: number, run: number | null): MemberIds => {
  const rows =
    run === null
      ? statements.get<[number], [number, string]>(currentMembers).raw().all(group)
      : statements.get<object, [number, string]>(membersAsOf).raw().all({ group, run });
  return Object.fromEntries(rows.map(([list, ids]) => [list, JSON.parse(ids) as string[]]));
};

/** Reads the start of runs by number, each once. */
const createRunTimes = (statements: Statements): ((run: number) => string) => {
  const times = new Map<number, string>();
  return (run) => {
    let at = times.get(run);
    if (at === undefined) {
      at =
        statements.get<[number], { started_at: string }>('SELECT started_at FROM runs WHERE id = ?').get(run)
          ?.started_at ?? '';
      times.set(run, at);
    }
    return at;
  };
};

/** A page of a list in the order of the ids, now or as of a run (its number). */
export const readSnapshot = <N extends SnapshotName>(
  statements: Statements,
  name: N,
  options: { after: string | null; limit: number; asOfRun: number | null },
): { items: Versioned<SnapshotItems[N]>[]; next: string | null } => {
  const read = (): ReturnType<typeof readSnapshot<N>> => {
    const list = listIds[name];
    const shape = shapeOf(name);
    const after = options.after ?? '';
    const rows =
      options.asOfRun === null
        ? statements
            .get<[number, string, number], VersionRow>(currentPage)
            .raw()
            .all(list, after, options.limit + 1)
        : statements
            .get<object, VersionRow>(pageAsOf)
            .raw()
            .all({ list, after, limit: options.limit + 1, run: options.asOfRun });
    const firstFullRun =
      statements.get<[number], { first_full_run: number | null }>(listFacts).get(list)?.first_full_run ?? null;
    const runTime = createRunTimes(statements);
    const hasMembers = memberLists.has(name);
    const page = rows.slice(0, options.limit);
    const items = page.map(([key, , json, sinceRun]) => ({
      item: shape.read(json, hasMembers ? readMembers(statements, key, options.asOfRun) : null),
      since: runTime(sinceRun),
      // A list that broke off in its first runs is only known from its first whole one.
      firstRun: firstFullRun === null || sinceRun <= firstFullRun,
    }));
    return { items, next: rows.length > page.length ? (page.at(-1)?.[1] ?? null) : null };
  };
  return statements.database.transaction(read).deferred();
};

/** Versions that ended in runs started after `since` (ISO 8601), as they were before, with the start of that run. */
export const readClosedSince = <N extends SnapshotName>(
  statements: Statements,
  name: N,
  since: string,
): { item: SnapshotItems[N]; at: string }[] => {
  const read = (): { item: SnapshotItems[N]; at: string }[] => {
    const shape = shapeOf(name);
    const hasMembers = memberLists.has(name);
    return statements
      .get<[string, number], [number, string, number, string]>(closedAfter)
      .raw()
      .all(since, listIds[name])
      .map(([key, json, endedBy, at]) => ({
        item: shape.read(json, hasMembers ? readMembers(statements, key, endedBy - 1) : null),
        at,
      }));
  };
  return statements.database.transaction(read).deferred();
};
