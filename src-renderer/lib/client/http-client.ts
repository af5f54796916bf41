import { methodNames, type Api, type MethodName } from '../../../src-main/contract/api.ts';
import { eventNames, type EventName, type Events } from '../../../src-main/contract/events.ts';
import type { Failure, Result } from '../../../src-main/contract/failure.ts';
import type { Client, LinkState } from './client.ts';
import { readLines } from './read-lines.ts';

const keyName = 'unifi-monitor-key';
const keyHeader = 'x-unifi-monitor-key';
const firstRetryMs = 1000;
const longestRetryMs = 10_000;

export interface BrowserParts {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState'>;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

type Listeners = { [E in EventName]: Set<(payload: Events[E]) => void> };

/**
 * A client over HTTP to the loopback host. The one-run token of the address's fragment leaves the address at once and
 * is exchanged for a key, which is kept in sessionStorage and sent with every call, beside the host's cookie.
 */
export const createHttpClient = (parts: BrowserParts): Client => {
  const links = new Set<(state: LinkState) => void>();
  const listeners: Listeners = { progress: new Set(), deviceCode: new Set(), dataChanged: new Set() };
  let link: LinkState = 'connected';
  const setLink = (state: LinkState): void => {
    if (state === link || link === 'ended') return;
    link = state;
    for (const listener of links) listener(state);
  };
  const endSession = (): void => {
    parts.storage.removeItem(keyName);
    setLink('ended');
  };

  const session = openSession(parts).then((key) => {
    if (key === null) endSession();
    else void listen(key);
    return key;
  });

  const call = async (method: MethodName, input: unknown): Promise<Result<unknown>> => {
    const key = await session;
    if (key === null || link === 'ended') return { version: 1, ok: false, failure: sessionEnded };
    try {
      const response = await fetch(`/api/call/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [keyHeader]: key },
        body: JSON.stringify(input),
      });
      if (response.status === 401) {
        endSession();
        return { version: 1, ok: false, failure: sessionEnded };
      }
      return (await response.json()) as Result<unknown>;
    } catch {
      // A refused connection and a cut answer mean the same to the person in front: the program is gone.
      return { version: 1, ok: false, failure: programGone };
    }
  };

  const listen = async (key: string): Promise<void> => {
    let retryMs = firstRetryMs;
    while (link !== 'ended') {
      try {
        const response = await fetch('/api/events', { headers: { [keyHeader]: key } });
        if (response.status === 401) return endSession();
        if (response.ok && response.body) {
          setLink('connected');
          retryMs = firstRetryMs;
          for await (const line of readLines(response.body)) deliver(listeners, line);
        }
      } catch {
        // Interrupted; the loop tries again below.
      }
      setLink('interrupted');
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    }
  };

  return {
    api: Object.fromEntries(
      methodNames.map((method) => [method, (input: unknown) => call(method, input)]),
    ) as unknown as Api,
    subscribe: (name, listener) => {
      listeners[name].add(listener);
      return () => listeners[name].delete(listener);
    },
    watchLink: (listener) => {
      links.add(listener);
      listener(link);
      return () => links.delete(listener);
    },
  };
};

const deliver = (listeners: Listeners, line: string): void => {
  const event = JSON.parse(line) as { name: EventName; payload: never };
  if (!eventNames.includes(event.name)) return;
  for (const listener of listeners[event.name]) listener(event.payload);
};

/** The key of this window's session, or null when neither a token nor an earlier key gives one. */
const openSession = async ({ location, history, storage }: BrowserParts): Promise<string | null> => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return storage.getItem(keyName);
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  try {
    const response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    // A token works once; the same address opened again in this tab may still have its key.
    if (!response.ok) return storage.getItem(keyName);
    const { key } = (await response.json()) as { key: string };
    storage.setItem(keyName, key);
    return key;
  } catch {
    return null;
  }
};

const sessionEnded: Failure = {
  code: 'auth-required',
  message: "This window's session has ended.",
  advice: 'Open the address printed by the program again.',
};

const programGone: Failure = {
  code: 'network-unreachable',
  message: 'The program behind this window does not answer.',
  advice: 'It was probably closed. Start it again and open the address it prints.',
};
