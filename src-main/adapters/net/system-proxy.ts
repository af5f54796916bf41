import { AppError } from '../../core/app-error.ts';

/** Asks the operating system which way to take to an address; the answer is read by `proxyOf`. */
export type AskSystemProxy = (url: string) => Promise<string>;

/** Names of proxies that speak HTTP, and the scheme of their address. */
const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };

/**
 * The proxy that an answer names, as a URL; null: none, the way is direct. An answer is what a proxy auto-configuration
 * script returns and Electron's `session.resolveProxy` gives: `PROXY host:port; DIRECT`, of which the first one counts
 * that can be used here.
 *
 * Throws `network-unreachable` when every way leads through a proxy that does not speak HTTP, or the answer is none.
 */
export const proxyOf = (answer: string, host: string): string | null => {
  const ways = answer
    .split(';')
    .map((way) => way.trim().split(/\s+/u))
    .filter(([name]) => name !== '');
  for (const [name = '', address] of ways) {
    if (name.toUpperCase() === 'DIRECT') return null;
    const scheme = schemes[name.toUpperCase()];
    if (scheme !== undefined && address !== undefined && URL.canParse(`${scheme}://${address}`)) {
      return `${scheme}://${address}`;
    }
  }
  if (ways.length === 0) return null;
  const names = ways.map(([name = '']) => name.toUpperCase()).join(', ');
  throw new AppError({
    code: 'network-unreachable',
    message: `The host ${host} could not be reached: the proxy settings of this computer name only proxies of a kind that cannot be used here (${names}).`,
    advice: 'Name an HTTP proxy in the environment variable HTTPS_PROXY, and start again.',
  });
};
