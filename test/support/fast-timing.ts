import { realTiming, type Timing } from '../../src-main/adapters/net/wait.ts';

/** Real waiting, `factor` times as fast: ten seconds of pacing take 100 ms at factor 100. */
export const createFastTiming = (factor: number): Timing => ({
  nowMs: () => realTiming.nowMs() * factor,
  wait: (ms, signal) => realTiming.wait(ms / factor, signal),
});
