import type { ReadMeter } from '../../services/ports.ts';
import type { Timing } from '../net/wait.ts';
import { openSlotTable, type SlotTable } from './slot-table.ts';

export interface PacingRule {
  /** Requests allowed in any `windowMs`. */
  limit: number;
  windowMs: number;
  /** For people: whose limit this is, such as "5 log requests". */
  label: string;
}

interface PacingContext {
  timing: Timing;
  signal: AbortSignal;
  meter: ReadMeter;
}

/** How often to look again while all slots belong to requests under way, which may be another thread's. */
const lookAgainMs = 100;

/**
 * A sliding window over requests, shared by all threads of the process. A request counts from its departure until
 * `windowMs` after its answer, because the service counts it at some moment in between: however long it travelled, the
 * service never sees more than `limit` in any `windowMs`.
 */
export class Pacing {
  readonly #rule: PacingRule;
  readonly #slots: SlotTable;
  /** Requests pass one after the other, in the order in which they came. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(key: string, rule: PacingRule) {
    this.#rule = rule;
    this.#slots = openSlotTable(key, rule);
  }

  /** Runs `send` when the window allows it. Waiting is counted in the meter and named to people. */
  async run<T>(send: () => Promise<T>, context: PacingContext): Promise<T> {
    const turn = this.#queue.then(() => this.#enter(context));
    // Whoever waits behind a request that was cancelled still gets a turn.
    this.#queue = turn.catch(() => undefined);
    const slot = await turn;
    try {
      return await send();
    } finally {
      this.#slots.release(slot, context.timing.nowMs());
    }
  }

  async #enter({ timing, signal, meter }: PacingContext): Promise<number> {
    const { windowMs, label } = this.#rule;
    for (;;) {
      const taken = this.#slots.take(timing.nowMs());
      if ('slot' in taken) return taken.slot;
      const { waitMs } = taken;
      if (waitMs !== null && waitMs >= 1000) {
        meter.changed(
          `Waiting ${Math.round(waitMs / 1000)} s: Microsoft Graph allows ${label} in ${windowMs / 1000} s.`,
        );
      }
      const startedMs = timing.nowMs();
      await timing.wait(waitMs ?? lookAgainMs, signal);
      meter.throttledMs += timing.nowMs() - startedMs;
    }
  }
}

const open = new Map<string, Pacing>();

/** The window for one key: the limit belongs to the tenant, so two clients of one tenant share it. */
export const sharedPacing = (key: string, rule: PacingRule): Pacing => {
  const full = `${key} ${rule.limit}/${rule.windowMs}`;
  const known = open.get(full) ?? new Pacing(full, rule);
  open.set(full, known);
  return known;
};
