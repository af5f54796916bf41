import type { Api } from '../../../src-main/contract/api.ts';
import type { EventName, Events } from '../../../src-main/contract/events.ts';
import type { Client } from './client.ts';

/** What the preload exposes as `window.unifiMonitor`: one function per method, and `subscribe`. */
export type Bridge = Api & {
  subscribe<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void;
};

/** The bridge of the preload, or null outside Electron. */
export const bridgeOf = (scope: object): Bridge | null =>
  'unifiMonitor' in scope ? ((scope as { unifiMonitor: Bridge }).unifiMonitor ?? null) : null;

/** A client over the preload's bridge; the link lives exactly as long as the window. */
export const createBridgeClient = (bridge: Bridge): Client => ({
  api: bridge,
  subscribe: (name, listener) => bridge.subscribe(name, listener),
  watchLink: (listener) => {
    listener('connected');
    return () => undefined;
  },
});
