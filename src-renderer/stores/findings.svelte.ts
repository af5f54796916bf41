import { findingFacetNames, type FindingFilter } from '../../src-main/contract/methods/reading.ts';
import type { Api } from '../../src-main/contract/api.ts';
import type { Finding, NotEvaluated } from '../../src-main/contract/models/finding.ts';
import type { Facet } from '../../src-main/contract/models/page.ts';
import { PagedRows } from './paged-rows.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** The findings that fit a filter, their counts, and the one looked at. */
export class Findings {
  readonly rows = new PagedRows<Finding>();
  readonly facets = new Resource<{ facets: Facet[]; notEvaluated: NotEvaluated[] }>();
  readonly detail = new Resource<Finding | null>();
  #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  load(connection: string, filter: FindingFilter): void {
    this.rows.start(JSON.stringify([connection, filter]), (page) =>
      this.#api.listFindings({ connection, filter, page }),
    );
    void this.facets.load(() => this.#api.findingFacets({ connection, filter, facets: [...findingFacetNames] }));
  }

  loadDetail(connection: string, id: string | null): void {
    if (id === null) this.detail.clear();
    else void this.detail.load(() => this.#api.getFinding({ connection, id }));
  }
}
