import type { Run, SourceReport } from '../../src-main/contract/models/run.ts';
import { formatCount } from './format/number.ts';
import { sourceStatusWords, sourceWords, type Tone } from './words.ts';

export interface RunSummary {
  /** Null while it runs, or for ever when the program was ended meanwhile; milliseconds. */
  durationMs: number | null;
  tone: Tone;
  /** How many sources were read completely: "13 of 13". */
  complete: string;
  /** The sources that were not, with how they ended; empty when all were complete. */
  incomplete: string;
  items: number;
  requests: number;
  throttledMs: number;
}

const sum = (sources: readonly SourceReport[], of: (source: SourceReport) => number): number =>
  sources.reduce((total, source) => total + of(source), 0);

/** What the ledger says about one run in a line. A source that was skipped on purpose counts as neither. */
export const describeRun = ({ startedAt, endedAt, sources }: Run & { sources: SourceReport[] }): RunSummary => {
  const read = sources.filter(({ status }) => status !== 'skipped');
  const incomplete = read.filter(({ status }) => status !== 'complete');
  const failed = incomplete.some(({ status }) => status === 'failed');
  return {
    durationMs: endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt),
    tone:
      endedAt === null || read.length === 0
        ? 'neutral'
        : failed
          ? 'danger'
          : incomplete.length > 0
            ? 'warning'
            : 'good',
    complete: `${formatCount(read.length - incomplete.length)} of ${formatCount(read.length)}`,
    incomplete: incomplete
      .map(({ source, status }) => `${sourceWords[source]} ${sourceStatusWords[status].title.toLowerCase()}`)
      .join(', '),
    items: sum(sources, ({ items }) => items),
    requests: sum(sources, ({ requests }) => requests),
    throttledMs: sum(sources, ({ throttledMs }) => throttledMs),
  };
};

/** The moment that a run's lists stand for: its end; of a run that never ended, the end of its last source. */
export const momentOfRun = ({ startedAt, endedAt, sources }: Run & { sources: SourceReport[] }): string =>
  endedAt ?? sources.map((source) => source.endedAt).reduce((one, other) => (other > one ? other : one), startedAt);
