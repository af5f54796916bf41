import type { SignInReport } from '../../../contract/methods/connections.ts';
import { AppError } from '../../../core/app-error.ts';
import { sayWhenNothingIsKept } from '../key-store-note.ts';
import { clean, line, time } from '../print.ts';
import { askHidden, canAsk, readSecretFromStandardInput } from '../secret-input.ts';
import { meantConnection } from '../sign-in-first.ts';
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
): Promise<boolean> => {
  const stored = await api.setSecret({ connection, kind, value });
  if (!stored.ok) throw new AppError(stored.failure);
  return stored.value.stored === 'key-store';
};

/** Signs in, and takes the secrets that a script pipes in or a person types. */
export const login = (options: LoginOptions): Promise<void> =>
  runCommand(options, async (session) => {
    const { api, callId, on } = session;
    const known = await meantConnection(session, options);
    if (options.scimTokenStdin && options.clientSecretStdin) {
      throw new AppError({
        code: 'input-invalid',
        message: 'Standard input holds one secret at a time.',
        advice: 'Run login twice, once for each secret.',
        fields: [{ field: '--client-secret-stdin', reason: 'cannot stand beside --scim-token-stdin' }],
      });
    }
    /** Where each given secret went to. */
    const kept: boolean[] = [];
    const keep = async (kind: 'scim-token' | 'client-secret', value: string): Promise<void> => {
      if (known) kept.push(await store(session, known.id, kind, value));
    };
    if (known && options.scimTokenStdin) await keep('scim-token', await readSecretFromStandardInput('SCIM token'));
    if (known && options.clientSecretStdin)
      await keep('client-secret', await readSecretFromStandardInput('client secret'));
    const result = await api.signIn({ ...on, callId, ...(options.deviceCode ? { mode: 'device-code' } : {}) });
    if (!result.ok) return { result };
    if (known && !known.hasScimToken && !options.scimTokenStdin && !options.json && canAsk()) {
      const token = await askHidden('SCIM token of UNIFI (not shown; Enter to leave it out): ');
      if (token) await keep('scim-token', token);
    }
    const persistent = result.value.persistent && kept.every(Boolean);
    return {
      result: { ...result, value: { ...result.value, persistent } },
      async print({ account, expiresAt }: SignInReport) {
        line(`Signed in as ${clean(account)}${expiresAt ? `, until ${time(expiresAt)} without renewal` : ''}.`);
        if (!persistent) await sayWhenNothingIsKept(api);
      },
    };
  });
