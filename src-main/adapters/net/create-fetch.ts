import { Agent, EnvHttpProxyAgent, fetch as undiciFetch, type Dispatcher, type RequestInit } from 'undici';
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
  const direct = new Agent(settings);
  // An empty string, unlike undefined, keeps the agent from reading the environment of the process by itself.
  const proxied = new EnvHttpProxyAgent({
    ...settings,
    httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
    httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
    noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
  });

  const send = (input: string | URL | { url: string }, init?: RequestInit): Promise<unknown> => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const dispatcher: Dispatcher = isLoopback(url) ? direct : proxied;
    return undiciFetch(url, { ...init, redirect: 'manual', dispatcher });
  };
  // The npm package's fetch and Node's own have the same behaviour, but nominally different types.
  return send as unknown as Fetch;
};
