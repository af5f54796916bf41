import type { Api } from '../../src-main/contract/api.ts';
import type { Finding } from '../../src-main/contract/models/finding.ts';
import type { Investigation } from '../../src-main/contract/models/investigation.ts';
import type { Page } from '../../src-main/contract/models/page.ts';
import type { Person } from '../../src-main/contract/models/person.ts';
import type { Activity } from './activity.svelte.ts';
import { Resource } from './resource.svelte.ts';

const startersShown = 10;
const membersShown = 50;

/** Who is asked about: `member` of the group `who`, as of an earlier state, or null. */
export interface Question {
  who: string;
  member: string | null;
  asOf: string | null;
}

/** The verdict about whoever, or which member of a group, is asked for, and people to start with while nobody is. */
export class InvestigationOf {
  readonly result = new Resource<Investigation>();
  /** People with findings, for somebody who has no name to ask for. */
  readonly starters = new Resource<Page<Person>>();
  /** Findings about members of the group asked for. */
  readonly members = new Resource<Page<Finding>>();
  #api: Api;
  #asked = '';
  /** What failed last is what is tried again: a look is not answered from the history. */
  #last: () => Promise<void> = () => Promise.resolve();

  constructor(api: Api) {
    this.#api = api;
  }

  /** Asks again about the same keeps what is shown meanwhile; a verdict about somebody else is never shown. */
  load(connection: string, asked: Question): void {
    const { who, member } = asked;
    const key = JSON.stringify([connection, asked]);
    if (key !== this.#asked) this.result.clear();
    this.#asked = key;
    if (who === '') {
      void this.starters.load(() =>
        this.#api.listPeople({ connection, filter: { withFindings: true }, page: { limit: startersShown } }),
      );
      return;
    }
    this.#last = () =>
      this.result.load(() => this.#api.investigate({ connection, who, ...(member === null ? {} : { member }) }));
    void this.#last();
  }

  /** The members of a group that differ; null: nobody asks for a group. */
  loadMembers(connection: string, group: string | null): void {
    if (group === null) {
      this.members.clear();
      return;
    }
    void this.members.load(() =>
      this.#api.listFindings({
        connection,
        filter: { subject: group, kind: ['member-missing', 'member-extra'], state: ['open', 'pending'] },
        page: { limit: membersShown },
      }),
    );
  }

  /** Has Entra and UNIFI asked about this one person now; what was shown stays until the answer is there. */
  look(connection: string, who: string, activity: Activity): Promise<void> {
    this.#last = () =>
      this.result.load(() =>
        activity.run({ connection, title: 'Asking Entra and UNIFI' }, (callId) =>
          this.#api.investigate({ connection, who, live: true, callId }),
        ),
      );
    return this.#last();
  }

  /** The last question about somebody once more: the history, or Entra and UNIFI, whichever was asked. */
  tryAgain(): Promise<void> {
    return this.#last();
  }
}
