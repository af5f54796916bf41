import { cancelled } from '../../core/app-error.ts';

/** Time as pacing and retries see it; real time even when the application's clock stands still. */
export interface Timing {
  /** Milliseconds of a clock that never jumps and that is the same in all threads of the process. */
  nowMs(): number;
  /** Throws `cancelled` as soon as the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export const realTiming: Timing = {
  // `performance.now()` starts anew in every thread.
  nowMs: () => Number(process.hrtime.bigint()) / 1e6,
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(cancelled());
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(cancelled());
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal.addEventListener('abort', onAbort, { once: true });
    }),
};
