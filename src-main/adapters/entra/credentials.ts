import type { Connection } from '../../contract/models/connection.ts';
import type { SecretKind } from '../../contract/methods/connections.ts';
import { AppError } from '../../core/app-error.ts';
import type { SecretVault } from '../../services/ports.ts';
import { authorityOrigin, hostsOf, isLoopback } from '../net/clouds.ts';

export type Environment = Record<string, string | undefined>;

const secretKeys = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'GRAPH_ACCESS_TOKEN'] as const;

const refuse = (message: string, advice: string): AppError => new AppError({ code: 'auth-failed', message, advice });

/**
 * Refuses secrets of the environment that obviously belong to something else. The host decides which environment a
 * connection gets; this is the second lock on the same door. Throws `auth-failed`.
 */
export const checkEnvironment = (connection: Connection, env: Environment): void => {
  const used = secretKeys.filter((key) => (env[key] ?? '') !== '');
  if (used.length === 0) return;
  const names = used.join(', ');
  if (connection.demo) {
    throw refuse(`The demo tenant does not take secrets from the environment (${names}).`, 'Remove them.');
  }
  const { authority, graph } = hostsOf(connection.cloud);
  const unconfirmed = [authority, graph].filter(
    (origin) =>
      typeof connection.cloud !== 'string' &&
      !isLoopback(origin) &&
      !connection.trustedHosts.includes(new URL(origin).hostname) &&
      !connection.trustedHosts.includes(new URL(origin).host),
  );
  if (unconfirmed.length > 0) {
    throw refuse(
      `Secrets of the environment (${names}) are not sent to ${unconfirmed.join(' or ')}, which nobody confirmed.`,
      'Connect again with --trust-host if you know these hosts.',
    );
  }
  if (used.length === 1 && used[0] === 'GRAPH_ACCESS_TOKEN') return;
  for (const [key, value] of [
    ['AZURE_TENANT_ID', connection.tenantId],
    ['AZURE_CLIENT_ID', connection.clientId],
  ] as const) {
    const given = env[key];
    if (given !== undefined && given !== '' && given.toLowerCase() !== value.toLowerCase()) {
      throw refuse(
        `${key} names something else than connection "${connection.name}", so ${names} was not used for it.`,
        'Name the right connection with --connection, or correct the environment.',
      );
    }
  }
};

/** A secret of the environment, else of the vault; null when there is neither. Bound to the sign-in host. */
export const findSecret = async (
  connection: Connection,
  kind: Exclude<SecretKind, 'scim-token'>,
  env: Environment,
  vault: SecretVault,
): Promise<string | null> => {
  const given = env[kind === 'client-secret' ? 'AZURE_CLIENT_SECRET' : 'GRAPH_ACCESS_TOKEN'];
  if (given !== undefined && given !== '') return given;
  return vault.read({ connectionId: connection.id, origin: authorityOrigin(connection.cloud), kind });
};
