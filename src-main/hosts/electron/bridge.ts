import type { Api } from '../../contract/api.ts';
import type { EventName, Events } from '../../contract/events.ts';

/** Names of the two channels between preload and main process, and of the one object that the page sees. */
export const callChannel = 'unifi-monitor:call';
export const eventChannel = 'unifi-monitor:event';
export const bridgeName = 'unifiMonitor';

/** What the page finds as `window.unifiMonitor`: the contract, and its events. */
export interface Bridge extends Api {
  /** Gives a function that ends the subscription. Throws on a name that is no event. */
  subscribe<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void;
}
