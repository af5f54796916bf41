import type { Api } from '../../src-main/contract/api.ts';
import type { PastState } from '../../src-main/contract/models/history-diff.ts';
import type { Page } from '../../src-main/contract/models/page.ts';
import type { ListedRun } from './runs.svelte.ts';
import { Resource } from './resource.svelte.ts';

/** As many runs as somebody looks through in a list; older ones are found by their date. */
const offered = 40;

/** Which earlier state is shown, and the runs that can be chosen. */
export class Past {
  readonly runs = new Resource<Page<ListedRun>>();
  readonly state = new Resource<PastState>();
  #api: Api;
  #shown: string | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  loadRuns(connection: string): void {
    void this.runs.load(() => this.#api.listRuns({ connection, page: { limit: offered, offset: 0 } }));
  }

  /** Finds the run behind what was chosen; nothing while the present is shown. */
  find(connection: string, asOf: string | null): void {
    const name = JSON.stringify([connection, asOf]);
    if (this.#shown !== name) this.state.clear();
    this.#shown = name;
    if (asOf === null) this.state.clear();
    else void this.state.load(() => this.#api.findState({ connection, asOf }));
  }
}
