import type { Api } from '../../src-main/contract/api.ts';
import type { BetweenStates } from '../../src-main/contract/methods/history.ts';
import type {
  Difference,
  DifferenceFilter,
  DiffSummary,
  SetupDiff,
} from '../../src-main/contract/models/history-diff.ts';
import { PagedRows } from './paged-rows.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** What differs between two states: the summary, and the objects that fit a filter. */
export class Changes {
  readonly summary = new Resource<DiffSummary>();
  readonly rows = new PagedRows<Difference>();
  readonly setup = new Resource<SetupDiff>();
  #api: Api;
  #between: string | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  loadSummary(connection: string, between: BetweenStates): void {
    const name = JSON.stringify([connection, between]);
    if (this.#between !== name) this.summary.clear();
    this.#between = name;
    const callId = crypto.randomUUID();
    void this.summary.load(() => this.#api.diffSummary({ connection, callId, ...between }));
  }

  /** Compares the set-up with that of another connection; nothing when there is none to compare with. */
  loadSetup(connection: string, other: string | null): void {
    this.setup.clear();
    if (other !== null) void this.setup.load(() => this.#api.diffSetup({ connection, with: other }));
  }

  loadRows(connection: string, between: BetweenStates, filter: DifferenceFilter): void {
    this.rows.start(JSON.stringify([connection, between, filter]), (page) =>
      this.#api.listDifferences({ connection, ...between, filter, page }),
    );
  }
}
