import type { Timing } from '../net/wait.ts';
import type { ReadMeter } from '../../services/ports.ts';

export interface PacingRule {
  /** Requests allowed in any `windowMs`. */
  limit: number;
  windowMs: number;
  /** For people: whose limit this is, such as "5 log requests". */
  label: string;
}

interface Slot {
  /** When the answer came; null while the request is under way. */
  answeredMs: number | null;
}

/**
 * A sliding window over requests. A request counts from its departure until `windowMs` after its answer, because the
 * service counts it at some moment in between: however long it travelled, the service never sees more than `limit`
 * in any `windowMs`.
 */
export class Pacing {
  readonly #rule: PacingRule;
  #slots: Slot[] = [];
  /** Requests pass one after the other, in the order in which they came. */
  #queue: Promise<unknown> = Promise.resolve();
  #wake: (() => void) | null = null;

  constructor(rule: PacingRule) {
    this.#rule = rule;
  }

  /** Runs `send` when the window allows it. Waiting is counted in the meter and named to people. */
  async run<T>(send: () => Promise<T>, context: { timing: Timing; signal: AbortSignal; meter: ReadMeter }): Promise<T> {
    const turn = this.#queue.then(() => this.#enter(context));
    this.#queue = turn.catch(() => undefined);
    const slot = await turn;
    try {
      return await send();
    } finally {
      slot.answeredMs = context.timing.nowMs();
      this.#wake?.();
    }
  }

  async #enter(context: { timing: Timing; signal: AbortSignal; meter: ReadMeter }): Promise<Slot> {
    const { timing, signal, meter } = context;
    const { limit, windowMs, label } = this.#rule;
    for (;;) {
      const nowMs = timing.nowMs();
      this.#slots = this.#slots.filter((slot) => slot.answeredMs === null || nowMs < slot.answeredMs + windowMs);
      if (this.#slots.length < limit) {
        const slot: Slot = { answeredMs: null };
        this.#slots.push(slot);
        return slot;
      }
      const answered = this.#slots.flatMap((slot) => (slot.answeredMs === null ? [] : [slot.answeredMs]));
      const waitMs = answered.length === 0 ? null : Math.max(1, Math.min(...answered) + windowMs - nowMs);
      if (waitMs !== null && waitMs >= 1000) {
        meter.changed(
          `Waiting ${Math.round(waitMs / 1000)} s: Microsoft Graph allows ${label} in ${windowMs / 1000} s.`,
        );
      }
      const startedMs = timing.nowMs();
      await (waitMs === null ? this.#untilAnswer(signal) : timing.wait(waitMs, signal));
      meter.throttledMs += timing.nowMs() - startedMs;
    }
  }

  /** All slots are under way: waits for the next answer, or for the signal, which the next round of the loop sees. */
  async #untilAnswer(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.#wake = null;
        resolve();
      };
      this.#wake = done;
      signal.addEventListener('abort', done, { once: true });
    });
    signal.throwIfAborted();
  }
}

const shared = new Map<string, Pacing>();

/**
 * The window for one key, the same for everybody in this process: the limit belongs to the tenant, so two clients of
 * one tenant share it.
 */
export const sharedPacing = (key: string, rule: PacingRule): Pacing => {
  const full = `${key} ${rule.limit}/${rule.windowMs}`;
  const known = shared.get(full) ?? new Pacing(rule);
  shared.set(full, known);
  return known;
};
