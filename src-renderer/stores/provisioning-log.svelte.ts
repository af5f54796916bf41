import { untrack } from 'svelte';
import type { Api } from '../../src-main/contract/api.ts';
import type { Facet } from '../../src-main/contract/models/page.ts';
import {
  logFacetNames,
  type LogFilter,
  type LogRow,
  type LogRowDetail,
} from '../../src-main/contract/models/provisioning-event.ts';
import { PagedRows } from './paged-rows.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** The log rows that fit a filter, their counts, and the one looked at. */
export class ProvisioningLog {
  readonly rows = new PagedRows<LogRow>();
  readonly facets = new Resource<{ facets: Facet[] }>();
  readonly detail = new Resource<LogRowDetail | null>();
  #api: Api;
  #counting: string | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  load(connection: string, filter: LogFilter): void {
    this.rows.start(JSON.stringify([connection, filter]), (page) => this.#api.listLog({ connection, filter, page }));
    this.stopCounting();
    const callId = crypto.randomUUID();
    this.#counting = callId;
    void this.facets.load(() => this.#api.logFacets({ connection, callId, filter, facets: [...logFacetNames] }));
  }

  /** Counts of a filter that nobody looks at any more are not worth the work. */
  stopCounting(): void {
    const loading = untrack(() => this.facets.loading);
    if (this.#counting !== null && loading) void this.#api.cancel({ callId: this.#counting });
    this.#counting = null;
  }

  loadDetail(connection: string, id: string | null): void {
    if (id === null) this.detail.clear();
    else void this.detail.load(() => this.#api.getLogRow({ connection, id }));
  }
}
