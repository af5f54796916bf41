import { parentPort, workerData } from 'node:worker_threads';
import { importLog } from '../../adapters/import/import-log.ts';
import { makePurgeKey, readPurgeKey } from '../../adapters/files/purge-key.ts';
import { pseudonymsOf } from '../../adapters/files/redaction-key.ts';
import { backUpHistory, restoreHistory, vacuumHistory } from '../../adapters/sqlite/care/back-up-history.ts';
import { verifyHistory } from '../../adapters/sqlite/care/verify-history.ts';
import { readCaseFile } from '../../adapters/sqlite/case-file/read-case-file.ts';
import { writeCaseFile } from '../../adapters/sqlite/case-file/write-case-file.ts';
import { carryPurges, purgesOf } from '../../adapters/sqlite/purge/carry-purges.ts';
import { rehearsePurge, resumePurges, runPurge } from '../../adapters/sqlite/purge/run-purge.ts';
import { openSqliteHistory } from '../../adapters/sqlite/open-sqlite-history.ts';
import { failureOf } from '../../services/failure-of.ts';
import { createBugLog } from '../bug-log.ts';
import type { CareOrder, CareTask, CareTasks, FromCare } from './care-protocol.ts';

/*
 * Long work on files of the history, in a thread of its own: case files, imports, backups. SQLite keeps it busy, so that the
 * host ends the whole thread to cancel it.
 */

const port = parentPort;
if (!port) throw new Error('care-worker.ts is the entry of a worker thread');
const order = workerData as CareOrder;
const send = (message: FromCare): void => port.postMessage(message);
const progress = (note: string, items: number): void => send({ type: 'progress', note, items });
const now = (): string => new Date().toISOString();
/** People are told how many rows, not of which table. */
const rowProgress = (_table: string, rows: number): void => progress('Copying rows', rows);

const tasks: { [T in CareTask]: (given: CareTasks[T]['order']) => Promise<CareTasks[T]['result']> } = {
  'write-case-file': ({ redactionKey, ...given }) =>
    Promise.resolve().then(() => {
      const redaction = redactionKey === null ? null : pseudonymsOf(Buffer.from(redactionKey, 'hex'));
      return writeCaseFile({ ...given, redaction, progress: rowProgress });
    }),
  async 'read-case-file'({ histories, ...given }) {
    const key = await readPurgeKey(order.dataDirectory);
    const manifest = readCaseFile({ ...given, progress: rowProgress });
    const purges = histories.flatMap(purgesOf).filter((purge) => purge.lifted_at === null);
    carryPurges(given.target, purges, { key, now, progress, keepAll: false });
    return manifest;
  },
  verify: ({ file }) => Promise.resolve().then(() => verifyHistory(file, progress)),
  backup: ({ file, target, place }) => backUpHistory(file, target, progress, place).then(() => null),
  async restore({ backup, file }) {
    await restoreHistory(backup, file, progress, { key: await readPurgeKey(order.dataDirectory), now });
    return null;
  },
  vacuum: ({ file }) => Promise.resolve().then(() => vacuumHistory(file)),
  'rehearse-purge': ({ file, ids }) => Promise.resolve().then(() => rehearsePurge(file, ids, progress)),
  async purge(given) {
    const key = await makePurgeKey(order.dataDirectory);
    return runPurge({ ...given, key }, { now, progress });
  },
  'finish-purges': ({ file }) => Promise.resolve().then(() => resumePurges(file, { now, progress })),
  async import({ database, files, origin }) {
    const store = openSqliteHistory({ file: database, purgeKey: await readPurgeKey(order.dataDirectory) });
    try {
      return await importLog({ store, files, origin, progress });
    } finally {
      await store.close();
    }
  },
};

const run = tasks[order.task] as (given: unknown) => Promise<CareTasks[CareTask]['result']>;
try {
  send({ type: 'done', result: await run(order.order) });
} catch (error) {
  send({ type: 'failed', failure: failureOf(error, createBugLog(order.dataDirectory), order.task) });
}
port.close();
