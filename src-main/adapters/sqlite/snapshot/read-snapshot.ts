import type { SnapshotItems, SnapshotName, Versioned } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { listIds, memberLists, shapeOf, type MemberIds } from './snapshot-lists.ts';

type VersionRow = [key: number, json: string, sinceRun: number];

const currentPage = `SELECT o.key, c.json, c.since_run
  FROM objects o CROSS JOIN current_versions c ON c.object_key = o.key
  WHERE o.list = ? AND o.id > ? ORDER BY o.id LIMIT ?`;
const pageAsOf = `SELECT o.key, coalesce(c.json, p.json), coalesce(c.since_run, p.valid_from)
  FROM objects o
  LEFT JOIN current_versions c ON c.object_key = o.key AND c.since_run <= @run
  LEFT JOIN closed_versions p ON c.object_key IS NULL AND p.object_key = o.key
    AND p.valid_from <= @run AND p.valid_to > @run
  WHERE o.list = @list AND o.id > @after AND (c.object_key IS NOT NULL OR p.object_key IS NOT NULL)
  ORDER BY o.id LIMIT @limit`;
const currentMembers = 'SELECT json_group_array(member_key) AS keys FROM current_members WHERE group_key = ?';
const membersAsOf = `SELECT json_group_array(member_key) AS keys FROM (
    SELECT member_key FROM current_members WHERE group_key = @group AND since_run <= @run
    UNION ALL
    SELECT member_key FROM closed_members WHERE group_key = @group AND valid_from <= @run AND valid_to > @run
  )`;
const namesOfKeys = 'SELECT o.key, o.list, o.id FROM json_each(?) k CROSS JOIN objects o ON o.key = k.value';
const listFacts = 'SELECT first_full_run FROM snapshot_lists WHERE id = ?';
const closedAfter = `SELECT p.object_key, p.json, p.valid_to, r.started_at
  FROM runs r CROSS JOIN closed_versions p ON p.valid_to = r.id CROSS JOIN objects o ON o.key = p.object_key
  WHERE r.started_at > ? AND o.list = ? ORDER BY p.valid_to, o.id`;

/**
 * Members of each of these groups now, or as of a run. Somebody is in many groups: each member is looked up once, and
 * all lists share one text of the id, which is then hashed and kept once.
 */
const readMembers = (statements: Statements, groups: readonly { key: number; run: number | null }[]): MemberIds[] => {
  const lists = groups.map(({ key, run }) => {
    const row =
      run === null
        ? statements.get<[number], { keys: string }>(currentMembers).get(key)
        : statements.get<object, { keys: string }>(membersAsOf).get({ group: key, run });
    return row ? (JSON.parse(row.keys) as number[]) : [];
  });
  const distinct = new Set<number>();
  for (const keys of lists) for (const key of keys) distinct.add(key);
  const members = new Map<number, { list: number; id: string }>();
  const named = statements.get<[string], [number, number, string]>(namesOfKeys).raw();
  for (const [key, list, id] of named.all(JSON.stringify([...distinct]))) members.set(key, { list, id });
  return lists.map((keys) => {
    const ids: Record<number, string[]> = {};
    for (const key of keys) {
      const member = members.get(key);
      if (member) (ids[member.list] ??= []).push(member.id);
    }
    return ids;
  });
};

/** Reads the start of runs by number, each once. */
export const createRunTimes = (statements: Statements): ((run: number) => string) => {
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

/** Whether a run is the first of a list: one that broke off in its first runs is only known from its first whole one. */
export const createFirstRun = (statements: Statements, list: number): ((run: number) => boolean) => {
  const firstFullRun =
    statements.get<[number], { first_full_run: number | null }>(listFacts).get(list)?.first_full_run ?? null;
  return (run) => firstFullRun === null || run <= firstFullRun;
};

/** A page of a list in the order of the ids, now or as of a run (its number). */
export const readSnapshot = <N extends SnapshotName>(
  statements: Statements,
  name: N,
  options: { after: string | null; limit: number; asOfRun: number | null; withMembers: boolean },
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
    const isFirstRun = createFirstRun(statements, list);
    const runTime = createRunTimes(statements);
    const page = rows.slice(0, options.limit);
    const members =
      options.withMembers && memberLists.has(name)
        ? readMembers(
            statements,
            page.map(([key]) => ({ key, run: options.asOfRun })),
          )
        : [];
    const items = page.map(([, json, sinceRun], index) => ({
      item: shape.read(json, members[index] ?? null),
      since: runTime(sinceRun),
      firstRun: isFirstRun(sinceRun),
    }));
    const last = items.at(-1);
    return { items, next: last && rows.length > page.length ? shape.id(last.item) : null };
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
    const rows = statements
      .get<[string, number], [number, string, number, string]>(closedAfter)
      .raw()
      .all(since, listIds[name]);
    const members = memberLists.has(name)
      ? readMembers(
          statements,
          rows.map(([key, , endedBy]) => ({ key, run: endedBy - 1 })),
        )
      : [];
    return rows.map(([, json, , at], index) => ({ item: shape.read(json, members[index] ?? null), at }));
  };
  return statements.database.transaction(read).deferred();
};
