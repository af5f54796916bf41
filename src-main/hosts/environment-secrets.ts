import type { Connection } from '../contract/models/connection.ts';
import { knownScimHosts } from './target-profile.ts';

type Environment = Record<string, string | undefined>;

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(host);

const hostOf = (address: string): string => new URL(address).hostname;

/** Custom hosts of a connection that need a person's confirmation before a secret of the environment may go there. */
export const customHosts = (connection: Pick<Connection, 'cloud' | 'scim'>): { entra: string[]; scim: string[] } => {
  const entra = typeof connection.cloud === 'string' ? [] : [connection.cloud.authority, connection.cloud.graph];
  const needing = (addresses: string[]): string[] =>
    [...new Set(addresses.map(hostOf))].filter((host) => !isLoopback(host));
  return {
    entra: needing(entra),
    scim: needing([connection.scim.baseUrl]).filter((host) => !knownScimHosts.includes(host)),
  };
};

const entraKeys = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'GRAPH_ACCESS_TOKEN',
];
const ruledKeys = new Set([...entraKeys, 'UNIFI_SCIM_TOKEN']);

/**
 * The part of the environment that a connection may use. Secrets serve only the connection that was named, or the
 * sole one; never the demo tenant; never a custom host that nobody confirmed. A secret meant for another tenant or
 * application (AZURE_TENANT_ID, AZURE_CLIENT_ID differ) is left out too. Everything else (proxies, limits) passes.
 */
export const environmentFor = (
  connection: Connection,
  env: Environment,
  options: { named: boolean },
): { env: Environment; withheld: { key: string; because: string }[] } => {
  const allowed: Environment = Object.fromEntries(Object.entries(env).filter(([key]) => !ruledKeys.has(key)));
  const withheld: { key: string; because: string }[] = [];
  const custom = customHosts(connection);
  const differs = (key: string, value: string): boolean =>
    env[key] !== undefined && env[key]?.toLowerCase() !== value.toLowerCase();
  const otherIdentity =
    differs('AZURE_TENANT_ID', connection.tenantId) || differs('AZURE_CLIENT_ID', connection.clientId);

  for (const key of ruledKeys) {
    if (env[key] === undefined) continue;
    const unconfirmed = (key === 'UNIFI_SCIM_TOKEN' ? custom.scim : custom.entra).filter(
      (host) => !connection.trustedHosts.includes(host),
    );
    const because = connection.demo
      ? 'the demo tenant has its own credentials'
      : connection.caseFile
        ? 'a case file has no tenant behind it'
        : !options.named
          ? 'several connections exist and none was named'
          : unconfirmed.length > 0
            ? `the host ${unconfirmed.join(', ')} was not confirmed (connect again with --trust-host)`
            : key.startsWith('AZURE_CLIENT_') && key !== 'AZURE_CLIENT_ID' && otherIdentity
              ? 'AZURE_TENANT_ID or AZURE_CLIENT_ID names another tenant or application than the connection'
              : null;
    if (because === null) allowed[key] = env[key];
    else withheld.push({ key, because });
  }
  return { env: allowed, withheld };
};
