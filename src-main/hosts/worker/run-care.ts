import { Worker } from 'node:worker_threads';
import { AppError } from '../../core/app-error.ts';
import type { HostContext } from '../host-context.ts';
import type { CareOrder, CareTask, CareTasks, FromCare } from './care-protocol.ts';

const cancelled = (): AppError =>
  new AppError({ code: 'cancelled', message: 'It was stopped.', advice: 'Start it again when you need it.' });

/**
 * Runs long work on files in a thread of its own, reporting its progress under the call's id. A thread that is
 * cancelled ends at once: whoever ordered the work throws away what is half done. Gives the result, or throws the
 * Failure that it ended with.
 */
export const runCare = <T extends CareTask>(
  context: HostContext,
  task: T,
  order: CareTasks[T]['order'],
  call: { callId: string; signal: AbortSignal },
): Promise<CareTasks[T]['result']> => {
  const progress = (phase: 'writing' | 'finished', items: number, note: string | null): void =>
    context.events.emit('progress', {
      callId: call.callId,
      phase,
      source: null,
      items,
      total: null,
      rate: null,
      remainingMs: null,
      note,
    });
  return new Promise<CareTasks[T]['result']>((resolve, reject) => {
    if (call.signal.aborted) {
      reject(cancelled());
      return;
    }
    const data: CareOrder<T> = { task, order, dataDirectory: context.dataDirectory };
    const worker = new Worker(context.careWorkerUrl, {
      workerData: data,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // As a job's thread: left alone, V8 takes several times as much for rows that are forgotten at once.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    const cancel = (): void => {
      // The thread may still hold files open until it is gone.
      void worker.terminate().then(() => reject(cancelled()));
    };
    call.signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: FromCare) => {
      if (message.type === 'progress') progress('writing', message.items, message.note);
      else if (message.type === 'done') resolve(message.result);
      else reject(new AppError(message.failure));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      call.signal.removeEventListener('abort', cancel);
      if (!call.signal.aborted) reject(new Error(`the thread of ${task} ended with ${code} and no result`));
    });
  }).finally(() => progress('finished', 0, null));
};
