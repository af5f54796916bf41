import type { Cloud } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';

/** Where a cloud's sign-in and Graph live. All are origins, without a trailing slash. */
export interface CloudHosts {
  authority: string;
  /** Other names of the same sign-in host that MSAL or the service may use. */
  authorityAliases: readonly string[];
  graph: string;
}

type NamedCloud = Extract<Cloud, string>;

/** graph-provisioning.md 1; the alias of China is MSAL's preferred host (msal-desktop.md 1). */
const clouds: Readonly<Record<NamedCloud, CloudHosts>> = {
  global: {
    authority: 'https://login.microsoftonline.com',
    authorityAliases: ['https://login.windows.net', 'https://login.microsoft.com', 'https://sts.windows.net'],
    graph: 'https://graph.microsoft.com',
  },
  usgov: {
    authority: 'https://login.microsoftonline.us',
    authorityAliases: ['https://login.usgovcloudapi.net'],
    graph: 'https://graph.microsoft.us',
  },
  'usgov-dod': {
    authority: 'https://login.microsoftonline.us',
    authorityAliases: ['https://login.usgovcloudapi.net'],
    graph: 'https://dod-graph.microsoft.us',
  },
  china: {
    authority: 'https://login.chinacloudapi.cn',
    authorityAliases: ['https://login.partner.microsoftonline.cn'],
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
};

const loopbackHosts = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/u;

/** True for `localhost`, `[::1]` and 127.0.0.0/8, with any scheme and port. False for what is no address at all. */
export const isLoopback = (address: string): boolean =>
  URL.canParse(address) && loopbackHosts.test(new URL(address).hostname);

/** Why an address is not acceptable as a custom host, as a sentence part; null when it is. */
const problemOf = (address: string): string | null => {
  if (!URL.canParse(address)) return 'must be an address such as https://host.example';
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(address))) {
    return 'must be an https address (http is accepted for this computer only)';
  }
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') {
    return 'must be the address of a host, without a path';
  }
  return null;
};

/**
 * The hosts of a connection's cloud. Custom hosts are https, or http on loopback.
 * Throws `input-invalid` naming `cloud.authority` and `cloud.graph` when they are anything else.
 */
export const hostsOf = (cloud: Cloud): CloudHosts => {
  if (typeof cloud === 'string') return clouds[cloud];
  const fields = (['authority', 'graph'] as const).flatMap((key) => {
    const reason = problemOf(cloud[key]);
    return reason === null ? [] : [{ field: `cloud.${key}`, reason }];
  });
  if (fields.length > 0) {
    throw new AppError({
      code: 'input-invalid',
      message: `The hosts of the connection cannot be used: ${fields.map((f) => `${f.field} ${f.reason}`).join('; ')}.`,
      advice: 'Correct the connection.',
      fields,
    });
  }
  return {
    authority: new URL(cloud.authority).origin,
    authorityAliases: [],
    graph: new URL(cloud.graph).origin,
  };
};

/** Origin of the sign-in host; what the secrets of a sign-in are bound to. Throws as `hostsOf`. */
export const authorityOrigin = (cloud: Cloud): string => hostsOf(cloud).authority;

const labels: Readonly<Record<NamedCloud, string>> = {
  global: 'Microsoft Entra (global)',
  usgov: 'US Government (GCC High)',
  'usgov-dod': 'US Government (DoD)',
  china: 'China (21Vianet)',
};

/** The cloud in words; of custom hosts the host of Graph. */
export const cloudLabel = (cloud: Cloud): string =>
  typeof cloud === 'string' ? labels[cloud] : URL.canParse(cloud.graph) ? new URL(cloud.graph).host : cloud.graph;
