import { followPast } from './past.svelte.ts';

/** A place in the window: path and query, both part of the address. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

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

  /** Goes to an address as a new step of the history. */
  go(address: string): void {
    window.history.pushState(null, '', address);
    this.#place = placeOf();
  }

  /** Changes the address in place: typing in a filter is not a step to go back to. */
  replace(address: string): void {
    window.history.replaceState(null, '', address);
    this.#place = placeOf();
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
