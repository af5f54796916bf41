import type { SnapshotName } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { listIds, memberLists, personLists } from './snapshot-lists.ts';
import { clearStage } from './stage.ts';

/** Parameters of the statements below: the list and the run. */
interface Applied {
  list: number;
  run: number;
}

const internStaged = `INSERT INTO objects (list, id)
  SELECT @list, s.id FROM temp.staged s
  WHERE s.list = @list AND NOT EXISTS (SELECT 1 FROM objects o WHERE o.list = @list AND o.id = s.id) ORDER BY s.id`;
const judge = `INSERT INTO temp.verdicts (key, staged_row, verdict)
  SELECT o.key, s.rowid,
    CASE WHEN c.object_key IS NULL THEN 'added' WHEN c.json = s.json THEN 'unchanged' ELSE 'changed' END
  FROM temp.staged s CROSS JOIN objects o ON o.list = @list AND o.id = s.id
  LEFT JOIN current_versions c ON c.object_key = o.key WHERE s.list = @list`;
const findRemoved = `INSERT OR IGNORE INTO temp.departed (key)
  SELECT o.key FROM temp.staged_removals s CROSS JOIN objects o ON o.list = @list AND o.id = s.id
  CROSS JOIN current_versions c ON c.object_key = o.key WHERE s.list = @list`;
const findMissing = `INSERT OR IGNORE INTO temp.departed (key)
  SELECT o.key FROM objects o CROSS JOIN current_versions c ON c.object_key = o.key
  WHERE o.list = @list AND o.key NOT IN (SELECT key FROM temp.verdicts)`;

/** A version that began in this very run was never the state of a run: it leaves no trace. */
const closeVersions = (keys: string): string => `INSERT INTO closed_versions (object_key, valid_from, valid_to, json)
  SELECT c.object_key, c.since_run, @run, c.json FROM ${keys} k CROSS JOIN current_versions c ON c.object_key = k.key
  WHERE c.since_run < @run`;
const changedKeys = `(SELECT key FROM temp.verdicts WHERE verdict = 'changed')`;
const writeVersions = `INSERT INTO current_versions (object_key, since_run, json)
  SELECT v.key, @run, s.json FROM temp.verdicts v CROSS JOIN temp.staged s ON s.rowid = v.staged_row
  WHERE v.verdict <> 'unchanged' ORDER BY v.key
  ON CONFLICT DO UPDATE SET since_run = excluded.since_run, json = excluded.json`;
const dropDeparted = 'DELETE FROM current_versions WHERE object_key IN (SELECT key FROM temp.departed)';

/* CROSS JOIN fixes the order of the loops: SQLite knows nothing of the sizes of tables that were just filled. */

/** Members of groups that are new or changed; groups whose members could not be read keep what they had. */
const stagedMembers = `SELECT v.key AS group_key, CAST(l.key AS INTEGER) AS list, m.value AS id
  FROM temp.verdicts v CROSS JOIN temp.staged s ON s.rowid = v.staged_row CROSS JOIN json_each(s.members) l
    CROSS JOIN json_each(l.value) m
  WHERE v.verdict <> 'unchanged' AND s.members IS NOT NULL`;
const internMembers = `INSERT OR IGNORE INTO objects (list, id) SELECT list, id FROM (${stagedMembers})`;
const wantMembers = `INSERT OR IGNORE INTO temp.wanted_members (group_key, member_key)
  SELECT w.group_key, o.key FROM (${stagedMembers}) w CROSS JOIN objects o ON o.list = w.list AND o.id = w.id`;
const readGroups = `SELECT v.key FROM temp.verdicts v CROSS JOIN temp.staged s ON s.rowid = v.staged_row
  WHERE v.verdict <> 'unchanged' AND s.members IS NOT NULL`;
const goneMembers = `(group_key IN (SELECT key FROM temp.departed) OR (group_key IN (${readGroups})
  AND NOT EXISTS (SELECT 1 FROM temp.wanted_members w
    WHERE w.group_key = m.group_key AND w.member_key = m.member_key)))`;
const closeMembers = `INSERT INTO closed_members (group_key, member_key, valid_from, valid_to)
  SELECT group_key, member_key, since_run, @run FROM current_members m
  WHERE since_run < @run AND group_key IN (SELECT key FROM temp.departed UNION ALL ${readGroups}) AND ${goneMembers}`;
const dropMembers = `DELETE FROM current_members AS m
  WHERE group_key IN (SELECT key FROM temp.departed UNION ALL ${readGroups}) AND ${goneMembers}`;
const writeMembers = `INSERT OR IGNORE INTO current_members (group_key, member_key, since_run)
  SELECT group_key, member_key, @run FROM temp.wanted_members`;

/** A person goes by the key of list 1 also while soft-deleted, so that name and words stay with it. */
const internPeople = `INSERT OR IGNORE INTO objects (list, id)
  SELECT 1, s.id FROM temp.verdicts v CROSS JOIN temp.staged s ON s.rowid = v.staged_row WHERE v.verdict <> 'unchanged'`;
const people = `SELECT p.key, s.sort_name, s.words
  FROM temp.verdicts v CROSS JOIN temp.staged s ON s.rowid = v.staged_row
  CROSS JOIN objects p ON p.list = CASE @list WHEN 2 THEN 1 ELSE @list END AND p.id = s.id
  WHERE v.verdict <> 'unchanged' ORDER BY p.key`;
const writeNames = `INSERT INTO person_names (person_key, sort_name) SELECT key, sort_name FROM (${people}) WHERE true
  ON CONFLICT DO UPDATE SET sort_name = excluded.sort_name`;
const writeWords = `INSERT OR REPLACE INTO person_search (rowid, words) SELECT key, words FROM (${people})`;

const countVerdicts = 'SELECT verdict, count(*) AS count FROM temp.verdicts GROUP BY verdict';
const updateList = `UPDATE snapshot_lists SET item_count = item_count + @change,
  first_full_run = CASE WHEN @full THEN coalesce(first_full_run, @run) ELSE first_full_run END WHERE id = @list`;

/**
 * Makes the stage the state of a run, in one transaction, by sets: an object whose JSON is the same costs no write.
 * `full` closes what was not staged. The stage is empty afterwards.
 */
export const applyStage = (
  statements: Statements,
  name: SnapshotName,
  options: { run: number; full: boolean },
): { added: number; changed: number; closed: number; unchanged: number } => {
  const applied: Applied = { list: listIds[name], run: options.run };
  // SQLite refuses parameters that a statement does not name, so each gets its own.
  const run = (sql: string): number => {
    const parameters: Partial<Applied> = {};
    if (sql.includes('@list')) parameters.list = applied.list;
    if (sql.includes('@run')) parameters.run = applied.run;
    const statement = statements.get<object>(sql);
    return Object.keys(parameters).length === 0 ? statements.get(sql).run().changes : statement.run(parameters).changes;
  };
  const work = (): ReturnType<typeof applyStage> => {
    for (const table of ['verdicts', 'departed', 'wanted_members']) run(`DELETE FROM temp.${table}`);
    run(internStaged);
    run(judge);
    run(findRemoved);
    if (options.full) run(findMissing);
    run(closeVersions(changedKeys));
    run(closeVersions('temp.departed'));
    if (memberLists.has(name)) {
      run(internMembers);
      run(wantMembers);
      run(closeMembers);
      run(dropMembers);
      run(writeMembers);
    }
    run(writeVersions);
    const closed = run(dropDeparted);
    if (personLists.has(name)) {
      if (name === 'deleted-users') run(internPeople);
      run(writeNames);
      run(writeWords);
    }
    const counts = new Map(
      statements
        .get<[], { verdict: string; count: number }>(countVerdicts)
        .all()
        .map((row) => [row.verdict, row.count]),
    );
    const added = counts.get('added') ?? 0;
    statements
      .get<object>(updateList)
      .run({ change: added - closed, full: options.full ? 1 : 0, run: applied.run, list: applied.list });
    clearStage(statements, name);
    return { added, changed: counts.get('changed') ?? 0, closed, unchanged: counts.get('unchanged') ?? 0 };
  };
  return statements.database.transaction(work).immediate();
};
