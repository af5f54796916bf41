import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import { AppError } from '../../core/app-error.ts';
import type { SignIn } from '../../services/ports.ts';
import { readClientCertificate } from './client-certificate.ts';
import type { SignInContext } from './sign-in-context.ts';
import { findSecret } from './credentials.ts';
import { runMsalCall } from './msal-call.ts';
import { applicationScopes } from './scopes.ts';
import { signInFailure } from './sign-in-failure.ts';
import { createTokenMemo, type MemoToken } from './token-memo.ts';

type Credential = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'>;

const missing = (message: string, advice: string): AppError => new AppError({ code: 'auth-required', message, advice });

/** Sign-in of the application itself, by client secret or certificate. Its tokens stay in memory. */
export const createUnattendedSignIn = (context: SignInContext): SignIn => {
  const { authority, clientId, connection, env, nowMs, vault } = context;
  const memo = createTokenMemo(nowMs);
  const account = `application ${clientId}`;
  let ready: { key: string; app: ConfidentialClientApplication } | null = null;

  const certificatePath = (): string | null => env['AZURE_CLIENT_CERTIFICATE_PATH'] || null;

  const readCredential = async (): Promise<{ key: string; credential: Credential }> => {
    if (connection.signIn === 'client-certificate') {
      const file = certificatePath();
      if (file === null) {
        throw missing(
          'No client certificate is given for this connection.',
          'Set AZURE_CLIENT_CERTIFICATE_PATH to a PEM file with certificate and private key.',
        );
      }
      const clientCertificate = await readClientCertificate(file, new Date(nowMs()));
      return { key: clientCertificate.thumbprintSha256, credential: { clientCertificate } };
    }
    const clientSecret = await findSecret(connection, 'client-secret', env, vault);
    if (clientSecret === null) {
      throw missing(
        'No client secret is given for this connection.',
        'Set AZURE_CLIENT_SECRET, or store the secret for this connection (login).',
      );
    }
    return { key: clientSecret, credential: { clientSecret } };
  };

  /** One application object per credential, so that a changed secret takes effect. */
  const open = async (): Promise<ConfidentialClientApplication> => {
    const { key, credential } = await readCredential();
    if (ready?.key !== key) {
      const app = new ConfidentialClientApplication({
        auth: {
          clientId,
          authority: authority.url,
          knownAuthorities: authority.knownAuthorities,
          clientCapabilities: ['CP1'],
          ...credential,
        },
        system: { networkClient: context.networkClient },
      });
      ready = { key, app };
    }
    return ready.app;
  };

  const acquire = async (signal: AbortSignal, claims?: string): Promise<MemoToken> => {
    const app = await open();
    const scopes = applicationScopes(context.graph);
    const request = {
      scopes,
      // A variable of the machine must not lead the secret to another host.
      azureRegion: 'DisableMsalForceRegion',
      ...(claims === undefined ? {} : { claims, skipCache: true }),
    };
    const result = await runMsalCall(signal, () => app.acquireTokenByClientCredential(request));
    if (!result) throw signInFailure(null, 'sign-in');
    return { token: result.accessToken, expiresAt: result.expiresOn };
  };

  return {
    async getToken({ signal, claims }) {
      try {
        if (claims === undefined) return await memo.get((asking) => acquire(asking), signal);
        memo.forget();
        return (await acquire(signal, claims)).token;
      } catch (error) {
        throw signInFailure(error, 'sign-in');
      }
    },
    /** Nobody has to sign in: proves that the credential works. */
    async signIn({ signal }) {
      try {
        const { expiresAt } = await acquire(signal);
        return { account, persistent: true, expiresAt: expiresAt?.toISOString() ?? null };
      } catch (error) {
        throw signInFailure(error, 'sign-in');
      }
    },
    async signOut() {
      const was = ready !== null;
      ready = null;
      memo.forget();
      return Promise.resolve({ signedOut: was });
    },
    async currentAccount() {
      if (connection.signIn === 'client-certificate') return certificatePath() === null ? null : account;
      return (await findSecret(connection, 'client-secret', env, vault)) === null ? null : account;
    },
  };
};
