import type { FindingKind, NotEvaluated } from '../../contract/models/finding.ts';
import type { SourceName } from '../../contract/models/run.ts';

export interface NotEvaluatedCounts {
  add(entry: { kind?: FindingKind; attribute?: string; source?: SourceName; reason: string }, count?: number): void;
  list(): NotEvaluated[];
}

/** Collects what was left out, adding up what has the same reason. */
export const createNotEvaluated = (): NotEvaluatedCounts => {
  const entries = new Map<string, NotEvaluated>();
  return {
    add(entry: { kind?: FindingKind; attribute?: string; source?: SourceName; reason: string }, count = 1): void {
      const key = [entry.kind, entry.attribute, entry.source, entry.reason].join('\n');
      const present = entries.get(key);
      if (present) present.count += count;
      else entries.set(key, { ...entry, count });
    },
    list(): NotEvaluated[] {
      const keyed = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
      return keyed.map(([, entry]) => entry);
    },
  };
};
