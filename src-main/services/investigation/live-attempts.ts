import type { Failure } from '../../contract/failure.ts';
import type { SourceAge } from '../../contract/models/investigation.ts';
import type { SourceFreshness, SourceName } from '../../contract/models/run.ts';
import { AppError, cancelled } from '../../core/app-error.ts';
import { quietMeter } from '../connection-tests.ts';
import { failureOf, type BugLog } from '../failure-of.ts';
import type { ReadOptions } from '../ports.ts';

/** A look that takes longer ends with what it has: somebody is on the telephone. */
export const usualPatienceMs = 60_000;

const again = 'Try again in a minute, or collect.';

/** The parts of a look, and how each of them ended. */
export interface LiveAttempts {
  failures: ReadonlyMap<SourceName, Failure>;
  /** Does a part; one that fails, or that was not understood whole, is remembered. Undefined then. Throws only `cancelled`. */
  attempt<T>(source: SourceName, work: (read: ReadOptions) => Promise<T>): Promise<T | undefined>;
  /** Says that nothing can be concluded for a source, and why, as a whole sentence. */
  refuse(source: SourceName, message: string): void;
  /** Says in whole sentences what of a source was read, where that is not all. */
  tellPart(source: SourceName, part: string): void;
  /** `isWhole`: all that concerns the person was read at `now` (ISO 8601). */
  ages(sources: readonly SourceFreshness[], about: { now: string; isWhole(source: SourceName): boolean }): SourceAge[];
}

/** `say` hears what a look waits for. */
export const createLiveAttempts = (options: {
  bugs: BugLog;
  signal: AbortSignal;
  patienceMs: number;
  say?: ((note: string) => void) | undefined;
}): LiveAttempts => {
  const { bugs, patienceMs, say } = options;
  const deadline = AbortSignal.timeout(patienceMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const failures = new Map<SourceName, Failure>();
  const parts = new Map<SourceName, string>();

  const failureFor = (error: unknown, source: SourceName): Failure =>
    deadline.aborted
      ? {
          code: 'timed-out',
          message: `Entra or UNIFI did not answer within ${Math.ceil(patienceMs / 1000)} seconds.`,
          advice: again,
        }
      : failureOf(error, bugs, `looking at ${source}`);

  return {
    failures,
    async attempt(source, work) {
      const meter = quietMeter();
      meter.changed = (note) => {
        if (note !== undefined) say?.(note);
      };
      try {
        const value = await work({ signal, meter });
        if (meter.malformed === 0) {
          failures.delete(source);
          return value;
        }
        throw new AppError({
          code: 'response-unexpected',
          message: 'The answer holds entries that this program does not understand.',
          advice: 'Collect: what was not understood is kept there, to be looked at.',
          source,
        });
      } catch (error) {
        if (options.signal.aborted) throw cancelled();
        failures.set(source, failureFor(error, source));
        return undefined;
      }
    },
    refuse: (source, message) => failures.set(source, { code: 'response-unexpected', message, advice: again, source }),
    tellPart: (source, part) => parts.set(source, part),
    ages: (sources, { now, isWhole }) =>
      sources.map(({ source, status, endedAt, lastCompleteAt }): SourceAge => {
        const isLive = isWhole(source);
        const storedAt = status === 'complete' ? endedAt : lastCompleteAt;
        return {
          source,
          readAt: isLive ? now : storedAt,
          isLive,
          part: isLive ? null : (parts.get(source) ?? null),
          failure: failures.get(source)?.message ?? null,
        };
      }),
  };
};
