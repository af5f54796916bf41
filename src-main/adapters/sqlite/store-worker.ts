import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '../../core/app-error.ts';
import type { HistoryReads, HistoryStore } from '../../services/ports.ts';
import { openSqliteHistory } from './open-sqlite-history.ts';
import type { Asked, FromStore, StoreThreadData, ToStore } from './store-protocol.ts';

/*
 * A thread with the history of one connection: calls in, values or Failures out. Long counts give way between their
 * steps, so that a cancellation, or another call, comes in between.
 */

const port = parentPort;
if (!port) throw new Error('store-worker.ts is the entry of a worker thread');
const send = (message: FromStore): void => port.postMessage(message);
const running = new Map<number, AbortController>();

const sendError = (id: number | null, error: unknown): void => {
  if (isAppError(error)) send({ type: 'failure', id, failure: error.failure });
  else send({ type: 'bug', id, stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
};

type AnyMethod = (...args: unknown[]) => Promise<unknown>;

const methodOf = (present: HistoryStore, { subject, method: name, asOf }: Asked): AnyMethod => {
  const history: HistoryReads = asOf === null ? present : present.at(asOf);
  const store = (subject === null ? history : history[subject as keyof HistoryReads]) as unknown as
    Record<string, AnyMethod> | undefined;
  const method = store?.[name];
  if (typeof method !== 'function') throw new Error(`the history has no method ${subject ?? ''}.${name}`);
  return method;
};

const call = async (history: HistoryStore, message: ToStore & { type: 'call' }): Promise<void> => {
  const { id, args } = message;
  try {
    const method = methodOf(history, message);
    if (message.cancellable) {
      const controller = new AbortController();
      running.set(id, controller);
      const progress = (done: number, total: number): void => send({ type: 'progress', id, done, total });
      args.push({ signal: controller.signal, progress });
    }
    send({ type: 'value', id, value: await method(...args) });
  } catch (error) {
    sendError(id, error);
  } finally {
    running.delete(id);
  }
};

const serve = (history: HistoryStore): void => {
  port.on('message', (message: ToStore) => {
    switch (message.type) {
      case 'call':
        void call(history, message);
        break;
      case 'cancel':
        running.get(message.id)?.abort();
        break;
      case 'close':
        for (const controller of running.values()) controller.abort();
        void history.close().finally(() => port.close());
        break;
    }
  });
  send({ type: 'opened' });
};

try {
  serve(openSqliteHistory(workerData as StoreThreadData));
} catch (error) {
  sendError(null, error);
  port.close();
}
