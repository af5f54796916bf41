import type { NamedView, ViewFilter, ViewPage, ViewRow } from '../../contract/models/named-view.ts';
import type { PageRequest } from '../../contract/models/page.ts';
import { pageList } from '../page-list.ts';
import type { Clock, HistoryStore } from '../ports.ts';
import { buildView, type BuiltView } from './build-view.ts';

export interface ViewOptions {
  store: HistoryStore;
  clock: Clock;
  jobId: string | null;
  view: NamedView;
  filter: ViewFilter;
  page: PageRequest;
}

export type ReadView = (options: ViewOptions) => Promise<ViewPage>;

/** Days and due dates move on; a view that is older is built again. */
const freshMs = 10 * 60_000;

const textOf = (row: ViewRow): string =>
  [row.subject.name, row.subject.entraId, row.subject.scimId, row.sentence, 'attribute' in row ? row.attribute : null]
    .filter((part) => part !== null)
    .join('\n')
    .toLowerCase();

/**
 * Named views in pages. A view is built as a whole, and kept while nothing new was collected or checked: scrolling
 * through it reads nothing again. Each history keeps its own.
 */
export const createViewReader = (): ReadView => {
  const kept = new WeakMap<HistoryStore, Map<NamedView, { key: string; built: Promise<BuiltView> }>>();

  return async ({ store, clock, jobId, view, filter, page }) => {
    const nowMs = clock.now().getTime();
    const [evaluation, latest, newestAt] = await Promise.all([
      store.findings.evaluation(),
      store.runs.latest(),
      store.log.newestAt(),
    ]);
    const key = JSON.stringify([evaluation, latest?.run, newestAt, jobId, Math.floor(nowMs / freshMs)]);
    const views = kept.get(store) ?? new Map<NamedView, { key: string; built: Promise<BuiltView> }>();
    kept.set(store, views);
    let entry = views.get(view);
    if (entry?.key !== key) {
      const built = store.runs.freshness().then((sources) => buildView(view, { store, jobId, nowMs, sources }));
      const fresh = { key, built };
      entry = fresh;
      views.set(view, fresh);
      // A failure is told to whoever asked, and tried again by the next.
      built.catch(() => {
        if (views.get(view) === fresh) views.delete(view);
      });
    }
    const { rows, blind, notes } = await entry.built;
    const text = filter.text?.trim().toLowerCase();
    const found = rows.filter(
      (row) => (filter.id === undefined || row.id === filter.id) && (!text || textOf(row).includes(text)),
    );
    const counts = [...Map.groupBy(found, ({ what }) => what)].map(([value, list]) => ({ value, count: list.length }));
    const wanted = filter.what?.length ? new Set(filter.what) : null;
    return {
      ...pageList(wanted ? found.filter(({ what }) => wanted.has(what)) : found, page),
      counts,
      blind,
      notes,
      asOf: evaluation?.at ?? null,
    };
  };
};
