import type { Timing } from '../net/wait.ts';

const windowMs = 1_050;

/** How hard the client may press; UNIFI's own limit is not known. scim-entra.md 5.5. */
export interface Pace {
  concurrent: number;
  perSecond: number;
}

export interface Gate {
  /** Runs the request when a place is free; `waited` is told the milliseconds spent on it. */
  pass<T>(signal: AbortSignal, waited: (ms: number) => void, request: () => Promise<T>): Promise<T>;
}

/** Lets requests through in order: never more than `concurrent` at once, never more than `perSecond` in a second. */
export const createGate = ({ concurrent, perSecond }: Pace, timing: Timing): Gate => {
  const starts: number[] = [];
  const running = new Set<Promise<unknown>>();
  let queue: Promise<unknown> = Promise.resolve();

  const enter = async (signal: AbortSignal): Promise<void> => {
    while (running.size >= concurrent) await Promise.race(running);
    const oldest = starts.length < perSecond ? undefined : starts.shift();
    const due = oldest === undefined ? 0 : oldest + windowMs - timing.nowMs();
    if (due > 0) await timing.wait(due, signal);
    signal.throwIfAborted();
    starts.push(timing.nowMs());
  };

  return {
    pass: (signal, waited, request) => {
      const asked = timing.nowMs();
      const turn = queue.then(async () => {
        await enter(signal);
        const result = request();
        const settled = result.then(
          () => undefined,
          () => undefined,
        );
        running.add(settled);
        void settled.then(() => running.delete(settled));
        return { result, startedMs: timing.nowMs() };
      });
      // A request that failed must not close the gate for those behind it.
      queue = turn.then(
        () => undefined,
        () => undefined,
      );
      return turn.then(({ result, startedMs }) => {
        if (startedMs > asked) waited(startedMs - asked);
        return result;
      });
    },
  };
};
