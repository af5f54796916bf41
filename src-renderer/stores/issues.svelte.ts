import type { Api } from '../../src-main/contract/api.ts';
import type { Failure } from '../../src-main/contract/failure.ts';
import type { Issue, IssueDetail, IssueFilter, IssuePage } from '../../src-main/contract/models/issue.ts';
import { PagedRows } from './paged-rows.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** The issues that fit a filter, how many there are in each state, and the one looked at. */
export class Issues {
  readonly rows = new PagedRows<Issue>();
  readonly summary = new Resource<IssuePage>();
  readonly detail = new Resource<IssueDetail | null>();
  /** Why the newest decision was not stored. */
  failure = $state.raw<Failure | null>(null);
  deciding = $state(false);
  #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  load(connection: string, filter: IssueFilter): void {
    this.rows.start(JSON.stringify([connection, filter]), (page) => this.#api.listIssues({ connection, filter, page }));
    void this.summary.load(() => this.#api.listIssues({ connection, filter: {}, page: { limit: 1 } }));
  }

  loadDetail(connection: string, id: string | null): void {
    this.failure = null;
    if (id === null) this.detail.clear();
    else void this.detail.load(() => this.#api.getIssue({ connection, id }));
  }

  /** Mutes an issue until it grows, with a note where one was written; `null` takes the mute back. True when stored. */
  async decide(connection: string, id: string, mute: { note: string } | null): Promise<boolean> {
    this.deciding = true;
    const note = mute?.note.trim();
    const result = mute
      ? await this.#api.muteIssue({ connection, id, ...(note ? { note } : {}) })
      : await this.#api.unmuteIssue({ connection, id });
    this.deciding = false;
    this.failure = result.ok ? null : result.failure;
    return result.ok;
  }
}
