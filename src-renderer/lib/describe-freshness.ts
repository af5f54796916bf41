import type { SourceFreshness } from '../../src-main/contract/models/run.ts';

export interface Freshness {
  /** When the newest of all sources was read; null when none ever was. */
  newestAt: string | null;
  total: number;
  /** Sources whose newest reading was partial or failed. */
  incomplete: number;
}

/** How fresh and how complete the stored data is, over all sources. */
export const describeFreshness = (sources: readonly SourceFreshness[]): Freshness => {
  const read = sources.filter(({ status }) => status !== 'skipped');
  const newest = read.map(({ endedAt }) => endedAt).sort();
  return {
    newestAt: newest.at(-1) ?? null,
    total: sources.length,
    incomplete: sources.filter(({ status }) => status === 'partial' || status === 'failed').length,
  };
};
