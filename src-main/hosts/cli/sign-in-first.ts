import type { ConnectionSummary } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import { askHidden, canAsk } from './secret-input.ts';
import type { CliSession, CommonOptions } from './session.ts';

/** The person at the terminal, as far as one is there. */
export interface Terminal {
  canAsk(): boolean;
  askHidden(question: string): Promise<string | null>;
}

export type SessionOfPerson = Pick<CliSession, 'api' | 'callId' | 'on'>;

/** The connection that the options mean, or the only one; undefined where the call itself says what is wrong. */
export const meantConnection = async (
  { api }: Pick<CliSession, 'api'>,
  options: Pick<CommonOptions, 'connection'>,
): Promise<ConnectionSummary | undefined> => {
  const listed = await api.listConnections({});
  if (!listed.ok) throw new AppError(listed.failure);
  const { connections } = listed.value;
  const named = options.connection;
  if (named === undefined) return connections.length === 1 ? connections[0] : undefined;
  return connections.find((entry) => entry.name === named || entry.id === named);
};

/**
 * Before a command that needs the network: where nobody is signed in, the person at the terminal signs in and gives the
 * SCIM token. Without a key store this is the only way to collect on the command line, since nothing of an earlier
 * `login` is left. Scripts (no terminal, `--json`) are never asked. Throws the sign-in's Failure.
 */
export const signInFirst = async (
  session: SessionOfPerson,
  options: CommonOptions,
  terminal: Terminal = { canAsk, askHidden },
): Promise<void> => {
  if (options.json || !terminal.canAsk()) return;
  const { api, callId, on } = session;
  const known = await meantConnection(session, options);
  if (!known || known.demo) return;
  if (!known.signedIn) {
    const signedIn = await api.signIn({ ...on, callId });
    if (!signedIn.ok) throw new AppError(signedIn.failure);
  }
  if (known.hasScimToken) return;
  const value = await terminal.askHidden('SCIM token of UNIFI (not shown; Enter to leave it out): ');
  if (value === null) return;
  const stored = await api.setSecret({ connection: known.id, kind: 'scim-token', value });
  if (!stored.ok) throw new AppError(stored.failure);
};
