import { followPast } from './past.svelte.ts';

/** A place in the window: path and query, both part of the address. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

/** What is kept with a step of the history beside its address. */
interface StepNotes {
  /** The step before is one of this window. */
  fromHere?: true;
  /** How far the view was scrolled, pixels. */
  scroll?: number;
  /** Where a list stood: the filter it belongs to, how far it was scrolled in pixels, and the active row. */
  list?: { filter: string; offset: number; active: number };
}

const notesOf = (): StepNotes => (window.history.state as StepNotes | null) ?? {};

const placeOf = (): Place => {
  const place = { path: window.location.pathname, query: new URLSearchParams(window.location.search) };
  followPast(place.path, place.query);
  return place;
};

/** Where the window is. Back, forward, reload and a copied address all lead to the same view and filters. */
export class WindowLocation {
  #place = $state.raw<Place>(placeOf());

  constructor() {
    window.addEventListener('popstate', () => {
      this.#place = placeOf();
    });
  }

  get path(): string {
    return this.#place.path;
  }

  get query(): URLSearchParams {
    return this.#place.query;
  }

  /** Whether this step of the history was reached from another one of this window. */
  get cameFromHere(): boolean {
    void this.#place;
    return notesOf().fromHere === true;
  }

  /** Goes to an address as a new step of the history. */
  go(address: string): void {
    window.history.pushState({ fromHere: true } satisfies StepNotes, '', address);
    this.#place = placeOf();
  }

  /** Changes the address in place: typing in a filter is not a step to go back to. */
  replace(address: string): void {
    window.history.replaceState(window.history.state, '', address);
    this.#place = placeOf();
  }

  back(): void {
    window.history.back();
  }

  /** What was kept with this step of the history, such as how far something was scrolled. */
  kept<N extends keyof StepNotes>(name: N): StepNotes[N] {
    return notesOf()[name];
  }

  /** Keeps something with this step of the history: it is there again when somebody comes back to it. */
  keep<N extends keyof StepNotes>(name: N, value: StepNotes[N]): void {
    window.history.replaceState({ ...notesOf(), [name]: value }, '');
  }

  /** Follows links inside the window without loading the page again; everything else is the browser's. */
  follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const href = link?.getAttribute('href');
    if (!href?.startsWith('/')) return;
    event.preventDefault();
    this.go(href);
  };
}
