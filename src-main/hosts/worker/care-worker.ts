import { parentPort, workerData } from 'node:worker_threads';
import { importLog } from '../../adapters/import/import-log.ts';
import { pseudonymsOf } from '../../adapters/files/redaction-key.ts';
import { backUpHistory, restoreHistory, vacuumHistory } from '../../adapters/sqlite/care/back-up-history.ts';
import { verifyHistory } from '../../adapters/sqlite/care/verify-history.ts';
import { readCaseFile } from '../../adapters/sqlite/case-file/read-case-file.ts';
import { writeCaseFile } from '../../adapters/sqlite/case-file/write-case-file.ts';
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
/** People are told how many rows, not of which table. */
const rowProgress = (_table: string, rows: number): void => progress('Copying rows', rows);

const tasks: { [T in CareTask]: (given: CareTasks[T]['order']) => Promise<CareTasks[T]['result']> } = {
  'write-case-file': ({ redactionKey, ...given }) =>
    Promise.resolve().then(() => {
      const redaction = redactionKey === null ? null : pseudonymsOf(Buffer.from(redactionKey, 'hex'));
      return writeCaseFile({ ...given, redaction, progress: rowProgress });
    }),
  'read-case-file': (given) => Promise.resolve().then(() => readCaseFile({ ...given, progress: rowProgress })),
  verify: ({ file }) => Promise.resolve().then(() => verifyHistory(file, progress)),
  backup: ({ file, target, place }) => backUpHistory(file, target, progress, place).then(() => null),
  restore: ({ backup, file }) => restoreHistory(backup, file, progress).then(() => null),
  vacuum: ({ file }) => Promise.resolve().then(() => vacuumHistory(file)),
  async import({ database, files, origin }) {
    const store = openSqliteHistory({ file: database });
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
