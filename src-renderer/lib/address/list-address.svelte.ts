import type { WindowLocation } from './location.svelte.ts';
import { withField } from './query-fields.ts';
import { viewAddress, type ViewName } from './routes.ts';

interface ListOf<F> {
  connection: () => string;
  view: ViewName;
  /** The filter that a query asks for; the same words give the same filter at any time. */
  filter: (query: URLSearchParams) => F;
  /** Fields that are no filter and stay when filters are cleared. */
  kept?: () => Record<string, string>;
}

/** What the address says of a list: its filter, and the row whose detail is open. */
export class ListAddress<F> {
  #location: WindowLocation;
  #of: ListOf<F>;
  // As text, so that opening a detail does not load the list again.
  #text: string = $derived.by(() => JSON.stringify(this.#of.filter(this.query)));
  readonly filter: F = $derived(JSON.parse(this.#text) as F);

  constructor(location: WindowLocation, of: ListOf<F>) {
    this.#location = location;
    this.#of = of;
  }

  get query(): URLSearchParams {
    return this.#location.query;
  }

  get openId(): string | null {
    return this.query.get('id');
  }

  /** Whether anything narrows the list. */
  get filtered(): boolean {
    return this.#text !== '{}';
  }

  /** Sets fields of the address, in place; null or empty removes one. */
  change = (fields: Record<string, string | readonly string[] | null>): void => {
    let changed = this.query;
    for (const [name, value] of Object.entries(fields)) changed = withField(changed, name, value);
    this.#location.replace(viewAddress(this.#of.connection(), this.#of.view, changed));
  };

  /** Opens the detail of a row, or closes it. */
  open = (id: string | null): void => {
    this.change({ id });
  };

  /** Where this list stood when somebody was at this step before; null for another filter. */
  get place(): { offset: number; active: number } | null {
    const kept = this.#location.kept('list');
    return kept?.filter === this.#text ? kept : null;
  }

  keepPlace = (place: { offset: number; active: number }): void => {
    this.#location.keep('list', { ...place, filter: this.#text });
  };

  clear = (): void => {
    const { connection, view, kept } = this.#of;
    const { openId } = this;
    this.#location.go(viewAddress(connection(), view, { ...kept?.(), ...(openId === null ? {} : { id: openId }) }));
  };
}
