import type { LogFilter, LogStatus } from '../../../contract/models/provisioning-event.ts';
import type { HistoryReads } from '../../../services/ports.ts';

const dayMs = 86_400_000;

const outcomeFilters = {
  success: { status: ['success'] },
  failure: { status: ['failure'] },
  warning: { status: ['warning'] },
  skippedBenign: { status: ['skipped'], benign: true },
  skippedOther: { status: ['skipped'], benign: false },
} satisfies Record<string, { status: LogStatus[]; benign?: boolean }>;

/**
 * The provisioning log up to a moment (ISO 8601, inclusive). Rows never change, so what happened until then is as it
 * was, also where a later run brought it.
 */
export const createPastLog = (log: HistoryReads['log'], at: string): HistoryReads['log'] => {
  const endMs = Date.parse(at) + 1;
  const end = new Date(endMs).toISOString();
  const earlier = (time: string): string => (Date.parse(time) < endMs ? time : end);
  const cut = (filter: LogFilter): LogFilter => ({ ...filter, to: filter.to === undefined ? end : earlier(filter.to) });
  const count = async (filter: LogFilter): Promise<number> =>
    (await log.page(cut(filter), { limit: 1, withTotal: true })).total ?? 0;

  return {
    async position() {
      const position = await log.position();
      const { completeTo } = position;
      return { ...position, completeTo: completeTo === null ? null : earlier(completeTo), open: [] };
    },
    page: (filter, page) => log.page(cut(filter), page),
    async row(id) {
      const found = await log.row(id);
      return found !== null && Date.parse(found.row.at) < endMs ? found : null;
    },
    async rowsOf(entraId, limit) {
      const { rows } = await log.page(cut({ entraId }), { limit });
      const found = await Promise.all(rows.map(({ id }) => log.row(id)));
      return found.flatMap((row) => row ?? []);
    },
    facets: (filter, facets, options) => log.facets(cut(filter), facets, options),
    async outcomes(from, to) {
      const days = await log.outcomes(from, earlier(to));
      const last = days.at(-1);
      const lastMs = Date.parse(`${last?.day ?? ''}T00:00:00Z`);
      if (!last || lastMs + dayMs <= endMs) return days;
      // Days are counted whole; the last one only until the moment, and it was not over.
      const dayStart = new Date(lastMs).toISOString();
      for (const [name, filter] of Object.entries(outcomeFilters)) {
        last[name as keyof typeof outcomeFilters] = await count({ ...filter, from: dayStart });
      }
      last.covered = false;
      return days;
    },
    // Only the newest telling row of each object is kept: what the log says about the scope mode is as known today.
    scopeHints: () => log.scopeHints(),
    async firstAt(from) {
      const first = await log.firstAt(from);
      return first !== null && Date.parse(first) < endMs ? first : null;
    },
    newestAt: async () => (await log.page({ to: end }, { limit: 1 })).rows[0]?.at ?? null,
  };
};
