import type { Connection } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import { hostsOf, isLoopback } from '../net/clouds.ts';

/** What a given access token says about itself, as far as it is used; all null for one that cannot be read. */
export interface GivenToken {
  token: string;
  account: string | null;
  expiresAt: Date | null;
}

/** Microsoft Graph's application id, the audience of some tokens in every cloud. */
const graphAppId = '00000003-0000-0000-c000-000000000000';

const readClaims = (token: string): Record<string, unknown> | null => {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const refuse = (message: string): AppError =>
  new AppError({
    code: 'auth-failed',
    message: `The given access token cannot be used: ${message}.`,
    advice: 'Give a token of the connection’s tenant for Microsoft Graph (GRAPH_ACCESS_TOKEN), or sign in another way.',
  });

/**
 * Checks an access token that was given from outside, so that a token of another tenant or for another service never
 * leaves this computer: its tenant must be the connection's and its audience the Graph of that cloud; a loopback
 * Graph is excepted. Nobody verifies the signature here, Graph does. Throws `auth-failed`, and `auth-required` when
 * the token has expired at `now`.
 */
export const checkGivenToken = (
  given: string,
  connection: Pick<Connection, 'cloud' | 'tenantId'>,
  now: Date,
): GivenToken => {
  const token = given.trim();
  if (!/^[\w.~+/=-]+$/u.test(token)) throw refuse('it contains characters that no token has');
  const { graph } = hostsOf(connection.cloud);
  const claims = readClaims(token);
  if (!isLoopback(graph)) {
    if (claims === null) throw refuse('it is not a readable token');
    if (textOf(claims['tid'])?.toLowerCase() !== connection.tenantId.toLowerCase()) {
      throw refuse('it belongs to another tenant');
    }
    const audience = textOf(claims['aud'])?.replace(/\/$/u, '').toLowerCase();
    if (audience !== graph.toLowerCase() && audience !== graphAppId) throw refuse('it is meant for another service');
  }
  const expiry = claims?.['exp'];
  const expiresAt = typeof expiry === 'number' && Number.isFinite(expiry) ? new Date(expiry * 1000) : null;
  if (expiresAt !== null && expiresAt <= now) {
    throw new AppError({
      code: 'auth-required',
      message: 'The given access token has expired.',
      advice: 'Get a new token for Microsoft Graph and give it again (GRAPH_ACCESS_TOKEN).',
    });
  }
  const account =
    textOf(claims?.['upn']) ?? textOf(claims?.['preferred_username']) ?? textOf(claims?.['app_displayname']);
  return { token, account, expiresAt };
};
