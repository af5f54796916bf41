import { writeSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { isAppError } from '../../../core/app-error.ts';
import { executeQuery } from './execute-query.ts';
import { openConsole, type Sqlite } from './open-console.ts';
import { toQueryFailure } from './query-failure.ts';
import { outOfMemoryMark, type FromQuery, type QueryOrder, type ToQuery } from './query-protocol.ts';

/*
 * A process for one query, which can be killed at any moment. SQLite runs in the main thread and may be busy for ever;
 * a second thread of the same file ends the process when it takes too much memory or time, or when its parent is gone.
 */

interface Watch {
  memoryBytes: number;
  timeMs: number;
  parent: number;
}

const lookEveryMs = 20;
/** Written at once: in a thread, `process.stderr` goes through the main thread, which is busy, or about to end. */
const stderr = 2;
/** The parent kills at the limit; this thread does for a parent that cannot. */
const graceMs = 5_000;

const watch = ({ memoryBytes, timeMs, parent }: Watch): void => {
  const startedAt = performance.now();
  setInterval(() => {
    const isTooLarge = process.memoryUsage.rss() > memoryBytes;
    if (isTooLarge) writeSync(stderr, `${outOfMemoryMark}\n`);
    const isTooLate = performance.now() - startedAt > timeMs + graceMs;
    if (isTooLarge || isTooLate || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, lookEveryMs);
  parentPort?.postMessage('watching');
};

const startWatch = (order: QueryOrder): Promise<void> =>
  new Promise((resolve, reject) => {
    const { memoryBytes, timeMs } = order;
    const data: Watch = { memoryBytes, timeMs, parent: process.ppid };
    const watcher = new Worker(new URL(import.meta.url), {
      workerData: data,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    watcher.once('message', () => resolve());
    watcher.once('error', reject);
  });

const nextMessage = (): Promise<ToQuery> => new Promise((resolve) => process.once('message', resolve));

const send = async (message: FromQuery): Promise<void> => {
  const taken = message.type === 'rows' ? nextMessage() : null;
  await new Promise<void>((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
  await taken;
};

const serve = async (order: QueryOrder): Promise<void> => {
  // A host whose Node was built without SQLite, or with an older one, has no console.
  const sqlite: Sqlite | null = await import('node:sqlite').catch(() => null);
  if (typeof sqlite?.DatabaseSync.prototype.setAuthorizer !== 'function') {
    await send({ type: 'unavailable' });
    return;
  }
  if (order.query === null) {
    await send({ type: 'available' });
    return;
  }
  await startWatch(order);
  try {
    const { database, authorizer } = openConsole(sqlite, order.file);
    await executeQuery(database, order.query, authorizer, send);
  } catch (error) {
    const known = toQueryFailure(error, order.file);
    if (!isAppError(known)) throw known;
    await send({ type: 'failed', failure: known.failure });
  }
};

const main = async (): Promise<void> => {
  const first = nextMessage();
  await send({ type: 'started' });
  const message = await first;
  if (message.type !== 'order') throw new Error('a query process begins with its order');
  await serve(message.order);
};

if (isMainThread) {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      writeSync(stderr, error instanceof Error ? (error.stack ?? error.message) : String(error));
      // Not by itself: the watching thread would keep the process alive until the limit of time.
      process.exit(70);
    },
  );
} else {
  watch(workerData as Watch);
}
