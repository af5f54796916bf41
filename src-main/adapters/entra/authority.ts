import type { Connection } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import { hostsOf, isLoopback } from '../net/clouds.ts';

/** A sign-in host as MSAL is told and as it is really called. */
export interface Authority {
  /** For MSAL's configuration: always https. */
  url: string;
  /** Hosts that MSAL trusts without discovery; empty for Microsoft's own, which it has built in. */
  knownAuthorities: string[];
  /** Origin of the real host; also what the token cache is bound to. */
  origin: string;
  /** MSAL's address to the real one. Throws `auth-failed` for any other host: nothing is sent there. */
  toReal(url: string): string;
  /** Addresses in a text of the host, as MSAL must see them. */
  toAlias(text: string): string;
  /** The reverse, for texts that people read. */
  toRealText(text: string): string;
}

const refused = (host: string): AppError =>
  new AppError({
    code: 'auth-failed',
    message: `The sign-in host pointed to another host (${host}); this was refused.`,
    advice: 'Check the authority of the connection.',
  });

/** MSAL refuses http, so a loopback host gets this https name and the calls are translated. stack.md, "MSAL against a loopback authority". */
const alias = 'https://login.loopback.invalid';

/** The sign-in host of a connection. Throws `input-invalid` when the host cannot be used. */
export const authorityOf = (connection: Pick<Connection, 'cloud' | 'tenantId'>): Authority => {
  const { authority: origin, authorityAliases } = hostsOf(connection.cloud);
  const isAliased = isLoopback(origin) && origin.startsWith('http:');
  const seen = isAliased ? alias : origin;
  const allowed = new Set([seen, ...authorityAliases]);
  return {
    url: `${seen}/${encodeURIComponent(connection.tenantId)}`,
    knownAuthorities: typeof connection.cloud === 'string' ? [] : [new URL(seen).host],
    origin,
    toReal(url) {
      const parsed = new URL(url);
      if (!allowed.has(parsed.origin)) throw refused(parsed.host);
      return isAliased ? origin + url.slice(seen.length) : url;
    },
    toAlias: (text) => (isAliased ? text.replaceAll(origin, seen) : text),
    toRealText: (text) => (isAliased ? text.replaceAll(seen, origin) : text),
  };
};
