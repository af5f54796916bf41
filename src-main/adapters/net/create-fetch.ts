import type { Agent, Dispatcher, RequestInit } from 'undici';
import type { Fetch } from '../../services/ports.ts';
import { isLoopback } from './clouds.ts';
import { proxyOf, type AskSystemProxy } from './system-proxy.ts';

export interface FetchOptions {
  /** PEM of further certificate authorities, beside those of Node. */
  ca?: string;
  connectTimeoutMs?: number;
  /** From the end of the request to the first byte of the answer. */
  headersTimeoutMs?: number;
  /** Between two pieces of the body. */
  bodyTimeoutMs?: number;
  /** Asked where the environment names no proxy. */
  systemProxy?: AskSystemProxy;
}

/** The proxies that the environment names; empty where it names none. */
const environmentProxies = (env: Record<string, string | undefined>) => ({
  httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
  httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
  noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
});

/** How long a way that the system named is taken without asking again: settings change when a laptop moves. */
const askAgainMs = 30_000;

/**
 * `fetch` with time-outs and the proxy of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, also in lower case), or
 * else that of the operating system, where the host can ask it. Loopback addresses never go to a proxy. Redirects are
 * never followed by themselves: callers decide, because a token must not travel to another host.
 *
 * Its library is loaded at the first request: most commands only read the history.
 */
export const createFetch = (env: Record<string, string | undefined>, options: FetchOptions = {}): Fetch => {
  const settings: Agent.Options = {
    connect: {
      timeout: options.connectTimeoutMs ?? 15_000,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    },
    headersTimeout: options.headersTimeoutMs ?? 100_000,
    bodyTimeout: options.bodyTimeoutMs ?? 60_000,
  };
  const proxies = environmentProxies(env);
  const isNamed = proxies.httpProxy !== '' || proxies.httpsProxy !== '';
  const systemProxy = isNamed ? null : (options.systemProxy ?? null);
  const load = async () => {
    const undici = await import('undici');
    const direct = new undici.Agent(settings);
    const throughProxy = new Map<string, Dispatcher>();
    const ofSystem = (answer: string, host: string): Dispatcher => {
      const uri = proxyOf(answer, host);
      if (uri === null) return direct;
      const known = throughProxy.get(uri) ?? new undici.ProxyAgent({ ...settings, uri });
      throughProxy.set(uri, known);
      return known;
    };
    return {
      fetch: undici.fetch,
      direct,
      ofSystem,
      // An empty string, unlike undefined, keeps the agent from reading the environment of the process by itself.
      ofEnvironment: new undici.EnvHttpProxyAgent({ ...settings, ...proxies }),
    };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const answers = new Map<string, { answer: Promise<string>; askedAt: number }>();

  const askSystem = (ask: AskSystemProxy, { origin }: URL): Promise<string> => {
    const known = answers.get(origin);
    if (known && performance.now() - known.askedAt < askAgainMs) return known.answer;
    const answer = ask(`${origin}/`);
    answers.set(origin, { answer, askedAt: performance.now() });
    // Who waits for it hears of the failure; the next one asks again.
    answer.catch(() => answers.delete(origin));
    return answer;
  };

  const send = async (input: string | URL | { url: string }, init?: RequestInit): Promise<unknown> => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const { fetch, direct, ofSystem, ofEnvironment } = await (loaded ??= load());
    const dispatcher = async (): Promise<Dispatcher> => {
      if (isLoopback(url)) return direct;
      if (systemProxy === null) return ofEnvironment;
      return ofSystem(await askSystem(systemProxy, new URL(url)), new URL(url).host);
    };
    return fetch(url, { ...init, redirect: 'manual', dispatcher: await dispatcher() });
  };
  // The npm package's fetch and Node's own have the same behaviour, but nominally different types.
  return send as unknown as Fetch;
};
