import type { Api } from '../../src-main/contract/api.ts';
import type { Investigation } from '../../src-main/contract/models/investigation.ts';
import type { Page } from '../../src-main/contract/models/page.ts';
import type { Person } from '../../src-main/contract/models/person.ts';
import { Resource } from './resource.svelte.ts';

const startersShown = 10;

/** The verdict about whoever, or which member of a group, is asked for, and people to start with while nobody is. */
export class InvestigationOf {
  readonly result = new Resource<Investigation>();
  /** People with findings, for somebody who has no name to ask for. */
  readonly starters = new Resource<Page<Person>>();
  #api: Api;
  #asked = '';

  constructor(api: Api) {
    this.#api = api;
  }

  /** Asks again about the same keeps what is shown meanwhile; a verdict about somebody else is never shown. */
  load(connection: string, who: string, member: string | null): void {
    const asked = JSON.stringify([connection, who, member]);
    if (asked !== this.#asked) this.result.clear();
    this.#asked = asked;
    if (who === '') {
      void this.starters.load(() =>
        this.#api.listPeople({ connection, filter: { withFindings: true }, page: { limit: startersShown } }),
      );
      return;
    }
    void this.result.load(() => this.#api.investigate({ connection, who, ...(member === null ? {} : { member }) }));
  }
}
