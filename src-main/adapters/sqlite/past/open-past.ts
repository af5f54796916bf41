import { runMoment } from '../../../core/model/run-moment.ts';
import type { HistoryReads } from '../../../services/ports.ts';
import { createFindingStore } from '../finding/finding-store.ts';
import { createGroupStore } from '../group/group-store.ts';
import { readCounts } from '../history-counts.ts';
import { createJobHistoryStore } from '../job-history/job-history-store.ts';
import { createLogStore } from '../log/log-store.ts';
import { mapFailures } from '../map-failures.ts';
import { createPeopleStore } from '../people/people-store.ts';
import { createWithholding } from '../purge/withholding.ts';
import { createRunStore, findRun, unknownRun } from '../run-store.ts';
import { createSnapshotStore } from '../snapshot/snapshot-store.ts';
import { toStoreError } from '../sqlite-failure.ts';
import { createStatements, type Statements } from '../statements.ts';
import { openForReading } from './reading-connection.ts';
import { createPastLog } from './past-log.ts';
import { createPastSearch } from './past-search.ts';
import { mountPast } from './past-views.ts';

const lastEvaluated = 'SELECT max(run_id) AS run FROM evaluations WHERE run_id <= ?';

const momentOf = (statements: Statements, run: number): string => {
  const found = findRun(statements, run);
  if (!found) throw unknownRun(String(run));
  return runMoment(found.run, found.sources);
};

/** A past state that is open. */
export interface OpenPast {
  reads: HistoryReads;
  /** Another number after anyone else wrote to the file. */
  version(): number;
  close(): void;
}

/**
 * The history as of a run (its number), on a connection of its own: opening takes a tenth of a second with a hundred
 * thousand people, every question is then as quick as one about the present.
 *
 * Throws `run-unknown`, and what `openForReading` throws.
 */
export const openPast = (file: string, run: number): OpenPast => {
  const database = openForReading(file);
  try {
    const statements = createStatements(database);
    const at = momentOf(statements, run);
    const evaluated = statements.get<[number], { run: number | null }>(lastEvaluated).get(run)?.run ?? null;
    mountPast(database, { run, at, evaluatedAt: evaluated === null ? at : momentOf(statements, evaluated) });
    // Nothing is written to the past.
    const withholding = createWithholding(statements, null);
    const snapshots = createSnapshotStore(statements, withholding);
    const log = createPastLog(createLogStore(statements, withholding), at);
    const runs = createRunStore(statements, withholding);
    const own = {
      counts: async () => ({
        ...readCounts(statements),
        logRows: (await log.page({}, { limit: 1, withTotal: true })).total ?? 0,
      }),
    };
    return {
      reads: {
        runs: mapFailures(runs, file),
        log: mapFailures(log, file),
        // The lists that it reads are those of the run already.
        snapshots: mapFailures(
          {
            ...snapshots,
            read: (name, { after, limit }) => snapshots.read(name, { after, limit }),
          } satisfies HistoryReads['snapshots'],
          file,
        ),
        findings: mapFailures(createFindingStore(statements), file),
        people: mapFailures(createPeopleStore(statements, createPastSearch(statements, run)), file),
        groups: mapFailures(createGroupStore(statements), file),
        jobHistory: mapFailures(createJobHistoryStore(statements, { log, runs }), file),
        ...mapFailures(own, file),
      },
      version: () => Number(database.pragma('data_version', { simple: true })),
      close: () => {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw toStoreError(error, file);
  }
};
