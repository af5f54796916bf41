import type { HistoryStore } from '../../services/ports.ts';
import { createFindingStore } from './finding/finding-store.ts';
import { readCounts } from './history-counts.ts';
import { createLogStore } from './log/log-store.ts';
import { mapFailures } from './map-failures.ts';
import { openDatabase, type OpenDatabaseOptions } from './open-database.ts';
import { createPeopleStore } from './people/people-store.ts';
import { createRunStore } from './run-store.ts';
import { createSnapshotStore } from './snapshot/snapshot-store.ts';
import { stageTables } from './snapshot/stage.ts';
import { createStatements } from './statements.ts';
import { toStoreError } from './sqlite-failure.ts';

/**
 * The history in this thread: for threads that may wait, such as collection and cross-check. A thread that serves a
 * window uses `openWorkerHistory`.
 *
 * Throws `store-locked`, `store-full`, `store-newer`, `store-damaged`, `file-unwritable`, `file-unreadable`.
 */
export const openSqliteHistory = (options: OpenDatabaseOptions): HistoryStore => {
  const { file } = options;
  const database = openDatabase(options);
  try {
    database.exec(stageTables);
  } catch (error) {
    database.close();
    throw toStoreError(error, file);
  }
  const statements = createStatements(database);
  const own = {
    counts: async () => readCounts(statements),
    close: async () => {
      database.close();
    },
  };
  return {
    runs: mapFailures(createRunStore(statements), file),
    log: mapFailures(createLogStore(statements), file),
    snapshots: mapFailures(createSnapshotStore(statements), file),
    findings: mapFailures(createFindingStore(statements), file),
    people: mapFailures(createPeopleStore(statements), file),
    ...mapFailures(own, file),
  };
};
