import type { SourceName, SourceReport, SourceStatus } from '../../contract/models/run.ts';
import type { BugLog } from '../failure-of.ts';
import { failureOf } from '../failure-of.ts';
import type { Clock, ReadOptions, RunStore } from '../ports.ts';
import { createReadMeter, type Progress } from '../read-meter.ts';

/** What one source says at its end; without a word it was complete. */
export interface SourceEnd {
  status?: SourceStatus;
  from?: string | null;
  to?: string | null;
  failure?: SourceReport['failure'];
}

export interface SourceRunnerOptions {
  runId: string;
  runs: RunStore;
  clock: Clock;
  signal: AbortSignal;
  progress: Progress;
  bugs: BugLog;
  monotonicMs(): number;
}

export interface SourceRunner {
  /** In the order in which the sources ended. */
  readonly reports: SourceReport[];
  run(source: SourceName, work: (read: ReadOptions) => Promise<SourceEnd | undefined>): Promise<SourceReport>;
  /** A source that cannot be read now, for a reason that another source already names. */
  skip(source: SourceName, failure: SourceReport['failure']): Promise<SourceReport>;
}

/**
 * Runs the sources of one collection. Each source ends in the ledger, whatever happens to it: an error becomes the
 * report's failure, `partial` when something was stored before it broke off, else `failed`. Never throws, except when
 * the ledger itself cannot be written: then nothing that follows could be trusted.
 */
export const createSourceRunner = (options: SourceRunnerOptions): SourceRunner => {
  const reports: SourceReport[] = [];

  const save = async (report: SourceReport): Promise<SourceReport> => {
    reports.push(report);
    await options.runs.saveSource(options.runId, report);
    return report;
  };

  const run = async (
    source: SourceName,
    work: (read: ReadOptions) => Promise<SourceEnd | undefined>,
  ): Promise<SourceReport> => {
    const meter = createReadMeter(source, options.progress, options.monotonicMs);
    const startedAt = options.clock.now().toISOString();
    let end: SourceEnd;
    try {
      options.signal.throwIfAborted();
      end = (await work({ signal: options.signal, meter })) ?? {};
    } catch (error) {
      const failure = options.signal.aborted
        ? { code: 'cancelled' as const, message: 'The collection was cancelled.', advice: 'Collect again to go on.' }
        : failureOf(error, options.bugs, `collecting ${source}`);
      end = { status: meter.items > 0 ? 'partial' : 'failed', failure };
    }
    meter.changed();
    await options.runs.keepAside(options.runId, source, [...meter.keptAside]);
    return save({
      source,
      status: end.status ?? 'complete',
      items: meter.items,
      pages: meter.pages,
      requests: meter.requests,
      throttledMs: Math.round(meter.throttledMs),
      malformed: meter.malformed,
      ...(meter.withheld > 0 ? { withheld: meter.withheld } : {}),
      from: end.from ?? null,
      to: end.to ?? null,
      startedAt,
      endedAt: options.clock.now().toISOString(),
      failure: end.failure ?? null,
    });
  };

  const skip = (source: SourceName, failure: SourceReport['failure']): Promise<SourceReport> => {
    const at = options.clock.now().toISOString();
    const zero = { items: 0, pages: 0, requests: 0, throttledMs: 0, malformed: 0 };
    const report = { source, status: 'skipped' as const, ...zero, from: null, to: null, startedAt: at, endedAt: at };
    return save({ ...report, failure });
  };

  return { reports, run, skip };
};
