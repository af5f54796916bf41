import { untrack } from 'svelte';
import type { Failure, Result } from '../../src-main/contract/failure.ts';

/** Everything a view has to show of one answer. `last` is older data that is still worth showing, with its age. */
export type ResourceState<T> =
  | { kind: 'idle' }
  | { kind: 'loading'; last: Loaded<T> | null }
  | { kind: 'ready'; data: T; fetchedAt: number }
  | { kind: 'failed'; failure: Failure; last: Loaded<T> | null };

export interface Loaded<T> {
  data: T;
  /** Epoch milliseconds. */
  fetchedAt: number;
}

/** One answer of the program, loaded again and again. An answer that comes late never replaces a newer one. */
export class Resource<T> {
  state = $state.raw<ResourceState<T>>({ kind: 'idle' });
  #run = 0;

  /** The newest data, whether or not it is loading again or the newest attempt failed. */
  get data(): T | null {
    return this.#loaded?.data ?? null;
  }

  get failure(): Failure | null {
    return this.state.kind === 'failed' ? this.state.failure : null;
  }

  get loading(): boolean {
    return this.state.kind === 'loading';
  }

  get #loaded(): Loaded<T> | null {
    if (this.state.kind === 'idle') return null;
    return this.state.kind === 'ready' ? this.state : this.state.last;
  }

  /** Keeps the data shown so far until the answer is there. */
  async load(call: () => Promise<Result<T>>): Promise<void> {
    const run = ++this.#run;
    // An effect that loads must not depend on what it loads.
    this.state = { kind: 'loading', last: untrack(() => this.#loaded) };
    const result = await call();
    if (run !== this.#run) return;
    this.state = result.ok
      ? { kind: 'ready', data: result.value, fetchedAt: Date.now() }
      : { kind: 'failed', failure: result.failure, last: this.#loaded };
  }

  /** Forgets everything, also an answer that is under way: what is shown belongs to something else now. */
  clear(): void {
    this.#run += 1;
    this.state = { kind: 'idle' };
  }
}
