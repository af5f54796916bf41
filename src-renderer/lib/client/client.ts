import type { Api } from '../../../src-main/contract/api.ts';
import type { EventName, Events } from '../../../src-main/contract/events.ts';

/** How the window stands with the program that serves it. */
export type LinkState = 'connected' | 'interrupted' | 'ended';

/** The way to the program: the Electron bridge or HTTP. Nothing above knows which. */
export interface Client {
  readonly api: Api;
  /** Gives the function that ends the subscription. */
  subscribe<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void;
  /** Calls the listener at once and at every change. `ended`: only the printed address opens a new session. */
  watchLink(listener: (state: LinkState) => void): () => void;
}
