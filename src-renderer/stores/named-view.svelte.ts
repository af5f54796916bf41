import type { Api } from '../../src-main/contract/api.ts';
import type { Result } from '../../src-main/contract/failure.ts';
import type { NamedView, ViewFilter, ViewPage, ViewRow } from '../../src-main/contract/models/named-view.ts';
import { PagedRows } from './paged-rows.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** The rows of one named view, their counts, and what it could not see. */
export class NamedViewRows {
  readonly rows = new PagedRows<ViewRow>();
  readonly summary = new Resource<ViewPage>();
  /** The row looked at; null when it is not in the list any more. */
  readonly detail = new Resource<ViewRow | null>();
  #api: Api;
  #shown: string | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  load(connection: string, view: NamedView, filter: ViewFilter): void {
    const shown = JSON.stringify([connection, view]);
    // What another view could not see is no word about this one.
    if (this.#shown !== shown) this.summary.clear();
    this.#shown = shown;
    this.rows.start(JSON.stringify([connection, view, filter]), (page) =>
      this.#api.listView({ connection, view, filter, page }),
    );
    void this.summary.load(() => this.#api.listView({ connection, view, filter, page: { limit: 1 } }));
  }

  loadDetail(connection: string, view: NamedView, id: string | null): void {
    if (id === null) this.detail.clear();
    else void this.detail.load(() => this.#find(connection, view, id));
  }

  async #find(connection: string, view: NamedView, id: string): Promise<Result<ViewRow | null>> {
    const found = await this.#api.listView({ connection, view, filter: { id }, page: { limit: 1 } });
    return found.ok ? { ...found, value: found.value.rows[0] ?? null } : found;
  }
}
