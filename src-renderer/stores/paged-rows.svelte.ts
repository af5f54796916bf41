import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Failure, Result } from '../../src-main/contract/failure.ts';
import type { Page, PageRequest } from '../../src-main/contract/models/page.ts';

export type FetchPage<T> = (page: PageRequest) => Promise<Result<Page<T>>>;

const pageSize = 200;
/** Pages kept around the place looked at: 16,000 rows, so that a million never lie in the window. */
const keptPages = 80;
/** Copying asks for at most this many rows. */
const copyLimit = 10_000;

interface LoadedPage<T> {
  rows: T[];
  nextCursor: string | null;
}

/**
 * Rows of a list of any length, fetched page by page where somebody looks. A page behind one already fetched is asked
 * for by cursor, a jump by row number. The count is asked for beside the first page, since counting may take longer.
 */
export class PagedRows<T> {
  failure = $state.raw<Failure | null>(null);
  /** Null until counted. */
  total = $state<number | null>(null);
  /** True until the first page of a new filter is there. */
  starting = $state(true);
  /** Grows with every other filter: places and selections of the filter before mean nothing any more. */
  epoch = $state(0);
  #key: string | null = null;
  #pages = new SvelteMap<number, LoadedPage<T>>();
  #fetch: FetchPage<T> | null = null;
  #wanted: { first: number; last: number } = { first: 0, last: 0 };
  #asked = new Set<number>();
  #generation = 0;

  /** Rows that can be scrolled to: the count, or what is known of it so far. */
  get count(): number {
    if (this.total !== null) return this.total;
    let known = 0;
    for (const [number, page] of this.#pages) known = Math.max(known, number * pageSize + page.rows.length);
    return known;
  }

  /**
   * Starts over; answers to earlier questions are dropped. `key` names what is listed (connection and filter): with
   * the same key it is newer data of the same list, and the place in it stays.
   */
  start(key: string, fetch: FetchPage<T>): void {
    const same = key === this.#key;
    this.#key = key;
    this.#generation += 1;
    this.#fetch = fetch;
    this.#pages.clear();
    this.#asked.clear();
    this.failure = null;
    // An effect that starts must not depend on what it starts.
    untrack(() => {
      if (!same) {
        this.#wanted = { first: 0, last: pageSize - 1 };
        this.total = null;
        this.starting = true;
        this.epoch += 1;
      }
      void this.#fetchCount(fetch, this.#generation);
      this.#fetchWanted();
    });
  }

  /** Tries again what failed. */
  retry(): void {
    if (this.#fetch && this.#key !== null) this.start(this.#key, this.#fetch);
  }

  /** The row, or undefined while it is on its way. */
  row(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.rows[index % pageSize];
  }

  /** Says which rows are looked at, first to last; the newest word counts. */
  look(first: number, last: number): void {
    this.#wanted = { first, last };
    untrack(() => this.#fetchWanted());
  }

  /** The rows of a range, fetched where they are not there; at most `copyLimit`. Null when one could not be fetched. */
  async range(first: number, last: number): Promise<T[] | null> {
    const end = Math.min(last, first + copyLimit - 1);
    const rows: T[] = [];
    for (let number = Math.floor(first / pageSize); number <= Math.floor(end / pageSize); number += 1) {
      const page = this.#pages.get(number) ?? (await this.#fetchPage(number, this.#generation));
      if (!page) return null;
      const start = number * pageSize;
      rows.push(...page.rows.slice(Math.max(0, first - start), end - start + 1));
    }
    return rows;
  }

  #fetchWanted(): void {
    if (this.failure) return;
    const { first, last } = this.#wanted;
    for (let number = Math.floor(first / pageSize); number <= Math.floor(last / pageSize); number += 1) {
      if (this.#pages.has(number) || this.#asked.has(number)) continue;
      // Two questions at a time: a dragged scroll bar must not queue up places that nobody looks at any more.
      if (this.#asked.size >= 2) return;
      void this.#fetchPage(number, this.#generation).then(() => this.#fetchWanted());
    }
  }

  async #fetchPage(number: number, generation: number): Promise<LoadedPage<T> | null> {
    const fetch = this.#fetch;
    if (!fetch) return null;
    this.#asked.add(number);
    const cursor = this.#pages.get(number - 1)?.nextCursor;
    const result = await fetch({ limit: pageSize, ...(cursor ? { cursor } : { offset: number * pageSize }) });
    if (generation !== this.#generation) return null;
    this.#asked.delete(number);
    this.starting = false;
    if (!result.ok) {
      this.failure = result.failure;
      return null;
    }
    const page = { rows: result.value.rows, nextCursor: result.value.nextCursor };
    this.#pages.set(number, page);
    // A short page ends the list, even while the count is still under way.
    if (page.nextCursor === null && this.total === null) this.total = number * pageSize + page.rows.length;
    this.#dropFarPages();
    return page;
  }

  async #fetchCount(fetch: FetchPage<T>, generation: number): Promise<void> {
    const result = await fetch({ limit: 1, offset: 0, withTotal: true });
    if (generation !== this.#generation || !result.ok) return;
    this.total = result.value.total ?? this.total;
  }

  #dropFarPages(): void {
    if (this.#pages.size <= keptPages) return;
    const centre = (this.#wanted.first + this.#wanted.last) / 2 / pageSize;
    const numbers = [...this.#pages.keys()].sort((a, b) => Math.abs(b - centre) - Math.abs(a - centre));
    for (const number of numbers.slice(0, this.#pages.size - keptPages)) this.#pages.delete(number);
  }
}
