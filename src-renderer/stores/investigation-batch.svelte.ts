import type { Failure } from '../../src-main/contract/failure.ts';
import type { BatchPeople, BatchRow, InvestigationBatch } from '../../src-main/contract/models/investigation-batch.ts';
import type { Facet } from '../../src-main/contract/models/page.ts';
import type { Client } from '../lib/client/client.ts';
import type { Activity } from './activity.svelte.ts';
import { ListedRows } from './listed-rows.svelte.ts';

/** What of a batch is looked at; an empty list means any. */
export interface BatchFilter {
  question: string[];
  cause: string[];
  actor: string[];
}

const facetNames = ['question', 'cause', 'actor'] as const;
const anything: BatchFilter = { question: [], cause: [], actor: [] };
const valueOf = (row: BatchRow, name: keyof BatchFilter): string => row[name] ?? 'none';

/** Verdicts about a list of people: the list under way, its rows, and the part of them that is looked at. */
export class BatchInvestigation {
  readonly rows = new ListedRows<BatchRow>();
  /** The newest batch that ended well; it stays while another one runs or fails. */
  done = $state.raw<InvestigationBatch | null>(null);
  failure = $state.raw<Failure | null>(null);
  running = $state(false);
  filter = $state.raw<BatchFilter>(anything);
  #client: Client;
  #activity: Activity;
  #key = '';

  constructor(client: Client, activity: Activity) {
    this.#client = client;
    this.#activity = activity;
  }

  /** Forgets everything, also a list under way, when it belongs to another connection or state than `key` names. */
  belongTo(key: string): void {
    if (key === this.#key) return;
    this.#key = key;
    this.done = null;
    this.failure = null;
    this.running = false;
  }

  async run(connection: string, people: BatchPeople): Promise<void> {
    const key = this.#key;
    this.running = true;
    this.failure = null;
    const result = await this.#activity.run({ connection, title: 'Investigating' }, (callId) =>
      this.#client.api.investigateBatch({ connection, callId, people, csv: true }),
    );
    if (key !== this.#key) return;
    this.running = false;
    if (!result.ok) {
      // Somebody who cancels knows that it was cancelled.
      this.failure = result.failure.code === 'cancelled' ? null : result.failure;
      return;
    }
    this.done = result.value;
    this.narrow(anything);
  }

  narrow(filter: BatchFilter): void {
    this.filter = filter;
    this.rows.show((this.done?.rows ?? []).filter((row) => this.#fits(row, facetNames)));
  }

  /** Counts of every value; a facet leaves its own filter aside, so that its other values can be chosen too. */
  get facets(): Facet[] {
    return facetNames.map((name) => {
      const counts = new Map<string, number>();
      const others = facetNames.filter((other) => other !== name);
      for (const row of this.done?.rows ?? []) {
        if (this.#fits(row, others)) counts.set(valueOf(row, name), (counts.get(valueOf(row, name)) ?? 0) + 1);
      }
      const values = [...counts].map(([value, count]) => ({ value, count }));
      return { name, values: values.sort((one, other) => other.count - one.count) };
    });
  }

  #fits(row: BatchRow, names: readonly (keyof BatchFilter)[]): boolean {
    return names.every((name) => this.filter[name].length === 0 || this.filter[name].includes(valueOf(row, name)));
  }
}
