import { Worker } from 'node:worker_threads';
import { AppError } from '../../core/app-error.ts';
import type { StoreCall } from '../../services/ports.ts';
import type { Asked, FromStore, StoreThreadData, ToStore } from './store-protocol.ts';

/** One thread with the history, as seen from outside. */
export interface StoreThread {
  call(question: Asked): Promise<unknown>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  progress: ((done: number, total: number) => void) | undefined;
  forget(): void;
}

const isStoreCall = (value: unknown): value is StoreCall =>
  typeof value === 'object' && value !== null && 'signal' in value && value.signal instanceof AbortSignal;

/** Starts a thread and waits until it has opened the file; throws what `openSqliteHistory` throws. */
export const startStoreThread = async (workerUrl: URL, data: StoreThreadData): Promise<StoreThread> => {
  const worker = new Worker(workerUrl, {
    workerData: data,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const post = (message: ToStore): void => worker.postMessage(message);
  const waiting = new Map<number, Waiting>();
  const opening = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let asked = 0;
  let gone: Error | null = null;

  const end = (error: Error): void => {
    gone ??= error;
    opening.reject(gone);
    for (const waiter of waiting.values()) waiter.reject(gone);
    waiting.clear();
  };
  const settle = (id: number | null, settleOne: (waiter: Pick<Waiting, 'resolve' | 'reject'>) => void): void => {
    if (id === null) {
      settleOne({ resolve: opening.resolve, reject: opening.reject });
      return;
    }
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (!waiter) return;
    waiter.forget();
    settleOne(waiter);
  };
  worker.on('message', (message: FromStore) => {
    switch (message.type) {
      case 'opened':
        opening.resolve();
        break;
      case 'value':
        settle(message.id, (waiter) => waiter.resolve(message.value));
        break;
      case 'failure':
        settle(message.id, (waiter) => waiter.reject(new AppError(message.failure)));
        break;
      case 'bug':
        settle(message.id, (waiter) => waiter.reject(new Error(`in the store thread: ${message.stack}`)));
        break;
      case 'progress':
        waiting.get(message.id)?.progress?.(message.done, message.total);
        break;
    }
  });
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => {
    end(new Error('the store thread has ended'));
    ended.resolve();
  });

  await opening.promise;
  return {
    call(question) {
      if (gone) return Promise.reject(gone);
      const { args } = question;
      const last = args.at(-1);
      const storeCall = isStoreCall(last) ? last : null;
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        const cancel = (): void => post({ type: 'cancel', id });
        waiting.set(id, {
          resolve,
          reject,
          progress: storeCall?.progress?.bind(storeCall),
          forget: () => storeCall?.signal.removeEventListener('abort', cancel),
        });
        storeCall?.signal.addEventListener('abort', cancel, { once: true });
        const plain = storeCall === null ? args : args.slice(0, -1);
        post({ type: 'call', id, ...question, args: plain, cancellable: storeCall !== null });
        if (storeCall?.signal.aborted) cancel();
      });
    },
    async close() {
      post({ type: 'close' });
      await ended.promise;
    },
  };
};
