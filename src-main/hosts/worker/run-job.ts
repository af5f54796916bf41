import { Worker } from 'node:worker_threads';
import type { ProgressEvent } from '../../contract/events.ts';
import { AppError } from '../../core/app-error.ts';
import { failureOf, type BugLog } from '../../services/failure-of.ts';
import type { FromJob, JobOrder, JobQuestion, JobResults, JobTask, ToJob } from './job-protocol.ts';

export interface RunJobOptions<T extends JobTask> {
  workerUrl: URL;
  order: JobOrder & { task: T };
  signal: AbortSignal;
  bugs: BugLog;
  progress(progress: Omit<ProgressEvent, 'callId'>): void;
  /** Answers what the thread must not hold, tokens, and what only the host can find out. */
  answer(question: JobQuestion, signal: AbortSignal): Promise<string | null>;
}

/** Runs one job in its thread and gives its result, or throws the Failure it ended with. */
export const runJob = <T extends JobTask>(options: RunJobOptions<T>): Promise<JobResults[T]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(options.workerUrl, {
      workerData: options.order,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // Pages come and go: a small nursery is emptied often instead of growing with them.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    const post = (message: ToJob): void => worker.postMessage(message);
    const cancel = (): void => post({ type: 'cancel' });
    const settle = (end: () => void): void => {
      options.signal.removeEventListener('abort', cancel);
      end();
    };
    options.signal.addEventListener('abort', cancel, { once: true });
    if (options.signal.aborted) cancel();

    worker.on('message', (message: FromJob) => {
      switch (message.type) {
        case 'ask':
          options.answer(message.question, options.signal).then(
            (value) => post({ type: 'answer', id: message.id, value }),
            (error: unknown) =>
              post({ type: 'refuse', id: message.id, failure: failureOf(error, options.bugs, 'answering a job') }),
          );
          break;
        case 'progress':
          options.progress(message.progress);
          break;
        case 'done':
          settle(() => resolve(message.result as JobResults[T]));
          break;
        case 'failed':
          settle(() => reject(new AppError(message.failure)));
          break;
      }
    });
    worker.on('error', (error: Error) => settle(() => reject(error)));
    worker.on('exit', (code) => settle(() => reject(new Error(`the job thread ended with ${code} and no result`))));
  });
