import type { Api } from '../../src-main/contract/api.ts';
import type { Finding } from '../../src-main/contract/models/finding.ts';
import type { Facet, Page } from '../../src-main/contract/models/page.ts';
import { personFacetNames, type Person, type PersonFilter } from '../../src-main/contract/models/person.ts';
import { PagedRows } from './paged-rows.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** The people that fit a filter, and the one looked at with the findings about them. */
export class People {
  readonly rows = new PagedRows<Person>();
  readonly facets = new Resource<{ facets: Facet[] }>();
  readonly detail = new Resource<Person | null>();
  readonly findings = new Resource<Page<Finding>>();
  #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  load(connection: string, filter: PersonFilter): void {
    this.rows.start(JSON.stringify([connection, filter]), (page) => this.#api.listPeople({ connection, filter, page }));
    void this.facets.load(() => this.#api.peopleFacets({ connection, filter, facets: [...personFacetNames] }));
  }

  loadDetail(connection: string, id: string | null): void {
    if (id === null) {
      this.detail.clear();
      this.findings.clear();
      return;
    }
    void this.detail.load(() => this.#api.getPerson({ connection, id }));
    void this.findings.load(() =>
      this.#api.listFindings({ connection, filter: { subject: id }, page: { limit: 50, offset: 0 } }),
    );
  }
}
