import { Worker } from 'node:worker_threads';
import type { ServedAddresses, TenantControls } from './serve-world.ts';
import type { ControlName, WorkerReply, WorkerRequest, WorkerStart } from './worker-messages.ts';

/** The servers in a thread of their own: the same controls, answered later. */
export interface TenantThread {
  addresses: ServedAddresses;
  call<N extends ControlName>(
    name: N,
    argument?: Parameters<TenantControls[N]>[0],
  ): Promise<ReturnType<TenantControls[N]>>;
  close(): Promise<void>;
}

/**
 * Starts the thread and waits for its servers. Throws when the simulation cannot be made, when the thread ends, or the
 * reason of the signal when it is aborted meanwhile; the thread is gone then.
 */
export const startTenantThread = async (
  workerUrl: URL,
  start: WorkerStart,
  signal?: AbortSignal,
): Promise<TenantThread> => {
  signal?.throwIfAborted();
  // The flags of the host's own process (loaders, inspectors) are not for this thread.
  const worker = new Worker(workerUrl, { workerData: start, execArgv: [] });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  let ended: Error | null = null;

  const addresses = await new Promise<ServedAddresses>((resolve, reject) => {
    const end = (error: Error): void => {
      ended ??= error;
      signal?.removeEventListener('abort', onAbort);
      reject(ended);
      for (const call of waiting.values()) call.reject(ended);
      waiting.clear();
    };
    const onAbort = (): void => {
      const reason: unknown = signal?.reason;
      end(reason instanceof Error ? reason : new Error('cancelled'));
      void worker.terminate();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.on('error', (error: Error) => end(error));
    worker.on('exit', (code) => end(new Error(`The demo tenant ended (exit code ${code}).`)));
    worker.on('message', (message: WorkerReply) => {
      if (message.type === 'started') {
        signal?.removeEventListener('abort', onAbort);
        resolve(message.addresses);
        return;
      }
      if (message.type === 'failed' && message.id === null) {
        end(new Error(message.message));
        void worker.terminate();
        return;
      }
      const call = waiting.get(message.id ?? 0);
      waiting.delete(message.id ?? 0);
      if (message.type === 'failed') call?.reject(new Error(message.message));
      else call?.resolve(message.value);
    });
  });

  const send = (name: WorkerRequest['name'], argument: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended);
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ id: lastId, name, argument });
    });

  return {
    addresses,
    call: (name, argument) => send(name, argument) as Promise<ReturnType<TenantControls[typeof name]>>,
    async close() {
      if (!ended) await send('close', undefined);
      await worker.terminate();
    },
  };
};
