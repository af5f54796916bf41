import { bridgeOf, createBridgeClient } from './bridge-client.ts';
import type { Client } from './client.ts';
import { createHttpClient } from './http-client.ts';

/** The bridge if the preload provided one, else HTTP to the server that delivered the page. */
export const connectClient = (): Client => {
  const bridge = bridgeOf(window);
  return bridge ? createBridgeClient(bridge) : createHttpClient({ location, history, storage: sessionStorage });
};
