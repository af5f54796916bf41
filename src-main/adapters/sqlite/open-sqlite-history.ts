import type { HistoryStore, PurgeKey } from '../../services/ports.ts';
import { createDiffStore } from './diff/diff-store.ts';
import { createFindingStore } from './finding/finding-store.ts';
import { createGroupStore } from './group/group-store.ts';
import { readCounts } from './history-counts.ts';
import { createImportStore } from './import/import-store.ts';
import { createIssueStore } from './issue/issue-store.ts';
import { createJobHistoryStore } from './job-history/job-history-store.ts';
import { createLogStore } from './log/log-store.ts';
import { mapFailures } from './map-failures.ts';
import { openDatabase, type OpenDatabaseOptions } from './open-database.ts';
import { createPeopleStore } from './people/people-store.ts';
import { createPasts } from './past/open-pasts.ts';
import { createPurgeStore } from './purge/purge-store.ts';
import { createWithholding } from './purge/withholding.ts';
import { createCareStore } from './care/care-store.ts';
import { createRetentionStore } from './retention/retention-store.ts';
import { createRunStore, runNumber } from './run-store.ts';
import { createSnapshotStore } from './snapshot/snapshot-store.ts';
import { stageTables } from './snapshot/stage.ts';
import { createStatements } from './statements.ts';
import { createViewStore } from './view/view-store.ts';
import { toStoreError } from './sqlite-failure.ts';

/**
 * The history in this thread: for threads that may wait, such as collection and cross-check. A thread that serves a
 * window uses `openWorkerHistory`.
 *
 * `frozen`: for reading only, and everything as it was at this moment, whatever is written meanwhile. `purgeKey`: by
 * which people who were purged are recognised; without it nothing can be stored once somebody was.
 *
 * Throws `store-locked`, `store-full`, `store-newer`, `store-damaged`, `file-unwritable`, `file-unreadable`.
 */
export const openSqliteHistory = (
  options: OpenDatabaseOptions & { frozen?: boolean; purgeKey?: PurgeKey | null },
): HistoryStore => {
  const { file, frozen = false } = options;
  const database = openDatabase(frozen ? { ...options, readOnly: true } : options);
  try {
    database.exec(stageTables);
    // One read transaction for all that follows: a collection meanwhile changes nothing of what is read here.
    if (frozen) database.exec('BEGIN; SELECT count(*) FROM runs');
  } catch (error) {
    database.close();
    throw toStoreError(error, file);
  }
  const statements = createStatements(database);
  const pasts = createPasts(file);
  const differences = createDiffStore(file);
  const own = {
    counts: async () => readCounts(statements),
    close: async () => {
      pasts.close();
      differences.close();
      database.close();
    },
  };
  const withholding = createWithholding(statements, options.purgeKey ?? null);
  const runs = createRunStore(statements, withholding);
  const log = createLogStore(statements, withholding);
  return {
    runs: mapFailures(runs, file),
    log: mapFailures(log, file),
    jobHistory: mapFailures(createJobHistoryStore(statements, { log, runs }), file),
    snapshots: mapFailures(createSnapshotStore(statements, withholding), file),
    findings: mapFailures(createFindingStore(statements, withholding), file),
    people: mapFailures(createPeopleStore(statements), file),
    groups: mapFailures(createGroupStore(statements), file),
    issues: mapFailures(createIssueStore(statements), file),
    imports: mapFailures(createImportStore(statements, withholding), file),
    care: mapFailures(createCareStore(statements), file),
    retention: mapFailures(createRetentionStore(statements), file),
    purges: mapFailures(createPurgeStore(statements), file),
    views: mapFailures(createViewStore(statements), file),
    differences: mapFailures(differences.store, file),
    at: (runId) => pasts.at(runNumber(runId)),
    ...mapFailures(own, file),
  };
};
