import type { Statements } from '../statements.ts';

/** Two runs by number, the earlier one first. */
export interface RunRange {
  from: number;
  to: number;
}

/*
 * An object differs between two runs only when its version of the first one ended by the second, or its version of the
 * second one began after the first. Both are ranges of an index: what did not change is never looked at.
 */

const tables = `
CREATE TEMP TABLE IF NOT EXISTS changed_objects (
  key INTEGER PRIMARY KEY, before_row INTEGER, after_row INTEGER
) STRICT;
CREATE TEMP TABLE IF NOT EXISTS changed_members (
  list INTEGER NOT NULL, group_key INTEGER NOT NULL, member_key INTEGER NOT NULL, run INTEGER NOT NULL,
  added INTEGER NOT NULL, PRIMARY KEY (list, group_key, member_key)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.changed_objects;
DELETE FROM temp.changed_members;
`;

/**
 * Rows of versions that have ended; the present version of an object is found by its key. The literal condition lets
 * SQLite use the index that leaves the first run out.
 */
const fillObjects = [
  `INSERT INTO temp.changed_objects (key, before_row)
    SELECT p.object_key, p.rowid FROM closed_versions p
    WHERE p.valid_to > @from AND p.valid_to <= @to AND p.valid_from <= @from`,
  `INSERT INTO temp.changed_objects (key, after_row)
    SELECT p.object_key, p.rowid FROM closed_versions p
    WHERE p.valid_from > @from AND p.valid_from <= @to AND p.valid_to > @to
    ON CONFLICT DO UPDATE SET after_row = excluded.after_row`,
  `INSERT INTO temp.changed_objects (key)
    SELECT c.object_key FROM current_versions c
    WHERE c.since_run > 1 AND c.since_run > @from AND c.since_run <= @to
    ON CONFLICT DO NOTHING`,
];

const gone = `SELECT group_key, member_key, valid_to AS run FROM closed_members
  WHERE valid_to > @from AND valid_to <= @to AND valid_from <= @from`;
const come = `SELECT group_key, member_key, since_run AS run FROM current_members
    WHERE since_run > 1 AND since_run > @from AND since_run <= @to
  UNION ALL SELECT group_key, member_key, valid_from FROM closed_members
    WHERE valid_from > @from AND valid_from <= @to AND valid_to > @to`;
const fillMembers = [
  `INSERT INTO temp.changed_members (list, group_key, member_key, run, added)
    SELECT o.list, m.group_key, m.member_key, m.run, 1 FROM (${come}) m CROSS JOIN objects o ON o.key = m.group_key`,
  // Somebody who went and came back is in both states: no difference.
  `INSERT INTO temp.changed_members (list, group_key, member_key, run, added)
    SELECT o.list, m.group_key, m.member_key, m.run, 0 FROM (${gone}) m CROSS JOIN objects o ON o.key = m.group_key
    WHERE true ON CONFLICT DO UPDATE SET added = -1`,
  'DELETE FROM temp.changed_members WHERE added = -1',
];

/**
 * Keeps what changed between two runs in temporary tables, for as long as the same two are asked about and nobody writes
 * to the file.
 */
export const createChangedKeys = (statements: Statements): { use(range: RunRange): void } => {
  let held: string | null = null;
  return {
    use(range) {
      const version = String(statements.database.pragma('data_version', { simple: true }));
      const name = `${range.from}-${range.to} ${version}`;
      if (held === name) return;
      held = null;
      statements.database.exec(tables);
      for (const sql of [...fillObjects, ...fillMembers]) statements.get<object>(sql).run({ ...range });
      held = name;
    },
  };
};
