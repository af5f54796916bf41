import type { Run, SourceReport } from '../../contract/models/run.ts';

/**
 * The moment that a run's lists stand for, ISO 8601: its end; of a run that never ended, the end of its last source.
 */
export const runMoment = (run: Run, sources: readonly Pick<SourceReport, 'endedAt'>[]): string =>
  run.endedAt ??
  sources.map((source) => source.endedAt).reduce((one, other) => (other > one ? other : one), run.startedAt);
