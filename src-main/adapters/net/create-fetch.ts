import type { Agent, RequestInit } from 'undici';
import type { Fetch } from '../../services/ports.ts';
import { isLoopback } from './clouds.ts';

export interface FetchOptions {
  /** PEM of further certificate authorities, beside those of Node. */
  ca?: string;
  connectTimeoutMs?: number;
  /** From the end of the request to the first byte of the answer. */
  headersTimeoutMs?: number;
  /** Between two pieces of the body. */
  bodyTimeoutMs?: number;
}

/**
 * `fetch` with time-outs and the proxy of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, also in lower case).
 * Loopback addresses never go to a proxy. Redirects are never followed by themselves: callers decide, because a
 * token must not travel to another host.
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
  const load = async () => {
    const undici = await import('undici');
    return {
      fetch: undici.fetch,
      direct: new undici.Agent(settings),
      // An empty string, unlike undefined, keeps the agent from reading the environment of the process by itself.
      proxied: new undici.EnvHttpProxyAgent({
        ...settings,
        httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
        httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
        noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
      }),
    };
  };
  let loaded: ReturnType<typeof load> | undefined;

  const send = async (input: string | URL | { url: string }, init?: RequestInit): Promise<unknown> => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const { fetch, direct, proxied } = await (loaded ??= load());
    return fetch(url, { ...init, redirect: 'manual', dispatcher: isLoopback(url) ? direct : proxied });
  };
  // The npm package's fetch and Node's own have the same behaviour, but nominally different types.
  return send as unknown as Fetch;
};
