import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Why a caller is turned away: an HTTP status and a sentence, without anything the caller sent. */
export interface Refusal {
  status: 401 | 403 | 429;
  message: string;
}

export interface CallerCheck {
  /** The one-run token for the fragment of the address. */
  token: string;
  /** The request was meant for this server and comes from its own page (or from no page): `Host`, `Origin`, `Sec-Fetch-Site`. */
  refuseAddress(headers: IncomingHttpHeaders, port: number): Refusal | null;
  /** Gives cookie and key for the right token. */
  exchange(token: unknown, port: number): { cookie: string; key: string } | Refusal;
  /** Needs the cookie of this port and the key in its header: a page of another port gets the cookie sent, never the key. */
  refuseCaller(headers: IncomingHttpHeaders, port: number): Refusal | null;
}

export const keyHeader = 'x-unifi-monitor-key';

const wrongTokensPerMinute = 20;

const same = (given: string, expected: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
};

const cookieName = (port: number): string => `unifi_monitor_${String(port)}`;

const cookieOf = (header: string | undefined, name: string): string =>
  (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? '';

const secret = (): string => randomBytes(32).toString('base64url');

/**
 * Who may talk to the loopback server. Everyone on this computer reaches the port, and so does every page in a
 * browser; only who knows the one-run token gets in. The token may be exchanged again while the program runs (a
 * second tab, a browser that was closed); wrong ones are limited.
 */
export const createCallerCheck = (nowMs: () => number = Date.now): CallerCheck => {
  const token = secret();
  const cookieValue = secret();
  const key = secret();
  let wrong: number[] = [];

  return {
    token,
    refuseAddress(headers, port) {
      const host = headers.host?.toLowerCase() ?? '';
      const ours = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${String(port)}`);
      // Another name that resolves to this computer is how DNS rebinding looks.
      if (!ours.includes(host)) return { status: 403, message: 'This server answers only to its own address.' };
      const foreign = { status: 403, message: 'Pages of other origins are refused.' } as const;
      if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${host}`) return foreign;
      const site = headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return foreign;
      return null;
    },
    exchange(given, port) {
      const now = nowMs();
      wrong = wrong.filter((at) => now - at < 60_000);
      if (wrong.length >= wrongTokensPerMinute) {
        return { status: 429, message: 'Too many wrong tokens; wait a minute.' };
      }
      if (typeof given !== 'string' || !same(given, token)) {
        wrong.push(now);
        return { status: 401, message: 'The address is not the one that this program printed.' };
      }
      return { cookie: `${cookieName(port)}=${cookieValue}; HttpOnly; SameSite=Strict; Path=/`, key };
    },
    refuseCaller(headers, port) {
      const givenKey = headers[keyHeader];
      const known =
        same(cookieOf(headers.cookie, cookieName(port)), cookieValue) &&
        typeof givenKey === 'string' &&
        same(givenKey, key);
      return known ? null : { status: 401, message: 'This window is not known to the program.' };
    },
  };
};
