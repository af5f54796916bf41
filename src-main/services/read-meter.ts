import type { ProgressEvent } from '../contract/events.ts';
import type { SourceName } from '../contract/models/run.ts';
import type { ReadMeter } from './ports.ts';

/** How often a source may report, so that a fast source does not flood the window. */
const reportEveryMs = 200;

/** A service that sends nothing but nonsense must not fill the disk. */
const keptAsideAtMost = 200;
const longestKept = 4_000;
const shorten = (text: string): string =>
  text.length <= longestKept ? text : `${text.slice(0, longestKept).toWellFormed()} ... (cut)`;

export type Progress = (progress: Omit<ProgressEvent, 'callId'>) => void;

/**
 * The counters of one source, reporting items, rate (items per second since the start) and the remaining time where
 * the service says how many there are. `monotonicMs` is a clock that never jumps.
 */
export const createReadMeter = (
  source: SourceName,
  progress: Progress,
  monotonicMs: () => number,
): ReadMeter & { keptAside: ReadonlySet<string> } => {
  const keptAside = new Set<string>();
  const startedMs = monotonicMs();
  let reportedMs = -Infinity;
  const meter: ReadMeter & { keptAside: ReadonlySet<string> } = {
    keptAside,
    requests: 0,
    pages: 0,
    items: 0,
    malformed: 0,
    withheld: 0,
    throttledMs: 0,
    total: null,
    changed(note) {
      const nowMs = monotonicMs();
      if (note === undefined && nowMs - reportedMs < reportEveryMs) return;
      reportedMs = nowMs;
      const seconds = (nowMs - startedMs) / 1000;
      const rate = seconds > 0.5 ? meter.items / seconds : null;
      const left = meter.total === null ? null : Math.max(0, meter.total - meter.items);
      progress({
        phase: 'collecting',
        source,
        items: meter.items,
        total: meter.total,
        rate,
        remainingMs: left === null || !rate ? null : Math.round((left / rate) * 1000),
        note: note ?? null,
      });
    },
    keepAside(text) {
      if (keptAside.size < keptAsideAtMost) keptAside.add(shorten(text));
    },
  };
  return meter;
};
