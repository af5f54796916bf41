import type { SignInReport } from '../../../contract/api.ts';
import { AppError } from '../../../core/app-error.ts';
import { clean, line, time } from '../print.ts';
import { askHidden, canAsk, readSecretFromStandardInput } from '../secret-input.ts';
import { runCommand, type CliSession, type CommonOptions } from '../session.ts';

export interface LoginOptions extends CommonOptions {
  deviceCode?: boolean;
  scimTokenStdin?: boolean;
  clientSecretStdin?: boolean;
}

const store = async (
  { api }: CliSession,
  connection: string,
  kind: 'scim-token' | 'client-secret',
  value: string,
): Promise<void> => {
  const stored = await api.setSecret({ connection, kind, value });
  if (!stored.ok) throw new AppError(stored.failure);
};

const print = (value: SignInReport): void => {
  line(
    `Signed in as ${clean(value.account)}${value.expiresAt ? `, until ${time(value.expiresAt)} without renewal` : ''}.`,
  );
  if (!value.persistent) {
    line('This computer offers no key store, so nothing outlives this process: every command signs in anew.');
    line('For scripts, give the secrets in the environment (see README, "Unattended").');
  }
};

/** Signs in, and takes the secrets that a script pipes in or a person types. */
export const login = (options: LoginOptions): Promise<void> =>
  runCommand(options, async (session) => {
    const { api, callId, on } = session;
    const listed = await api.listConnections({});
    if (!listed.ok) throw new AppError(listed.failure);
    const known = listed.value.connections.find((entry) =>
      options.connection
        ? entry.name === options.connection || entry.id === options.connection
        : listed.value.connections.length === 1,
    );
    if (options.scimTokenStdin && options.clientSecretStdin) {
      throw new AppError({
        code: 'input-invalid',
        message: 'Standard input holds one secret at a time.',
        advice: 'Run login twice, once for each secret.',
        fields: [{ field: '--client-secret-stdin', reason: 'cannot stand beside --scim-token-stdin' }],
      });
    }
    if (known) {
      if (options.scimTokenStdin)
        await store(session, known.id, 'scim-token', await readSecretFromStandardInput('SCIM token'));
      if (options.clientSecretStdin)
        await store(session, known.id, 'client-secret', await readSecretFromStandardInput('client secret'));
    }
    const result = await api.signIn({ ...on, callId, ...(options.deviceCode ? { mode: 'device-code' } : {}) });
    if (result.ok && known && !known.hasScimToken && !options.scimTokenStdin && !options.json && canAsk()) {
      const token = await askHidden('SCIM token of UNIFI (not shown; Enter to leave it out): ');
      if (token) await store(session, known.id, 'scim-token', token);
    }
    return { result, print };
  });
