import type { SnapshotItems, SnapshotName } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { listIds, shapeOf } from './snapshot-lists.ts';

/**
 * The stage lies in tables of this connection alone: what a killed program staged is gone with it, and staging never
 * waits for another writer.
 */
export const stageTables = `
CREATE TEMP TABLE staged (
  list INTEGER NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, members TEXT, sort_name TEXT, words TEXT,
  PRIMARY KEY (list, id)
) STRICT;
CREATE TEMP TABLE staged_removals (
  list INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (list, id)
) STRICT, WITHOUT ROWID;
-- What the list being applied comes to.
CREATE TEMP TABLE verdicts (key INTEGER PRIMARY KEY, staged_row INTEGER NOT NULL, verdict TEXT NOT NULL) STRICT;
CREATE TEMP TABLE departed (key INTEGER PRIMARY KEY) STRICT;
CREATE TEMP TABLE wanted_members (
  group_key INTEGER NOT NULL, member_key INTEGER NOT NULL, PRIMARY KEY (group_key, member_key)
) STRICT, WITHOUT ROWID;
`;

const put = `INSERT INTO temp.staged (list, id, json, members, sort_name, words) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET json = excluded.json, members = excluded.members, sort_name = excluded.sort_name,
  words = excluded.words`;

export const clearStage = (statements: Statements, name: SnapshotName): void => {
  for (const table of ['staged', 'staged_removals']) {
    statements.get(`DELETE FROM temp.${table} WHERE list = ?`).run(listIds[name]);
  }
};

/** Adds objects to the stage; the last word on an id counts. */
export const stageItems = <N extends SnapshotName>(
  statements: Statements,
  name: N,
  items: readonly SnapshotItems[N][],
): void => {
  const list = listIds[name];
  const shape = shapeOf(name);
  const work = (): void => {
    for (const item of items) {
      const id = shape.id(item);
      const members = shape.members?.(item) ?? null;
      const person = shape.person?.(item);
      statements
        .get(put)
        .run(
          list,
          id,
          shape.json(item),
          members === null ? null : JSON.stringify(members),
          person?.name ?? null,
          person?.words ?? null,
        );
      statements.get('DELETE FROM temp.staged_removals WHERE list = ? AND id = ?').run(list, id);
    }
  };
  statements.database.transaction(work).deferred();
};

/** Marks objects as gone; the last word on an id counts. */
export const stageRemovals = (statements: Statements, name: SnapshotName, ids: readonly string[]): void => {
  const list = listIds[name];
  const work = (): void => {
    for (const id of ids) {
      statements.get('DELETE FROM temp.staged WHERE list = ? AND id = ?').run(list, id);
      statements.get('INSERT OR IGNORE INTO temp.staged_removals (list, id) VALUES (?, ?)').run(list, id);
    }
  };
  statements.database.transaction(work).deferred();
};
