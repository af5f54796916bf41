import type { Api } from '../../src-main/contract/api.ts';
import type { Result } from '../../src-main/contract/failure.ts';
import type { KeptAside, LogGap, Run, SourceReport } from '../../src-main/contract/models/run.ts';
import { PagedRows } from './paged-rows.svelte.ts';
import { Resource } from './resource.svelte.ts';

export type ListedRun = Run & { sources: SourceReport[] };

/** The ledger of runs, the newest first, with the gaps that they left, and the run looked at. */
export class Runs {
  readonly rows = new PagedRows<ListedRun>();
  readonly gaps = new Resource<{ gaps: LogGap[] }>();
  readonly keptAside = new Resource<{ entries: KeptAside[] }>();
  readonly detail = new Resource<ListedRun | null>();
  #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  load(connection: string): void {
    this.rows.start(connection, (page) => this.#api.listRuns({ connection, page }));
    void this.gaps.load(() => this.#api.listGaps({ connection }));
    void this.keptAside.load(() => this.#api.listKeptAside({ connection }));
  }

  loadDetail(connection: string, id: string | null): void {
    if (id === null) this.detail.clear();
    else void this.detail.load(() => findRun(this.#api, connection, id));
  }
}

/** Walks the ledger from its newest end: a run that somebody looks at is hardly ever an old one. */
const findRun = async (api: Api, connection: string, id: string): Promise<Result<ListedRun | null>> => {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Api['listRuns']>> = await api.listRuns({
      connection,
      page: { limit: 200, ...(cursor === null ? {} : { cursor }) },
    });
    if (!page.ok) return page;
    const found = page.value.rows.find((run) => run.id === id);
    if (found) return { version: 1, ok: true, value: found };
    cursor = page.value.nextCursor;
  } while (cursor !== null);
  return { version: 1, ok: true, value: null };
};
