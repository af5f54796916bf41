import { AppError, isAppError } from '../../core/app-error.ts';
import type { SignIn } from '../../services/ports.ts';
import type { SignInContext } from './sign-in-context.ts';
import { findSecret } from './credentials.ts';
import { checkGivenToken, type GivenToken } from './given-token.ts';

/** An access token made elsewhere. It cannot be renewed, and a claims challenge cannot be answered with it. */
export const createGivenTokenSignIn = (context: SignInContext): SignIn => {
  const { connection, env, nowMs, vault } = context;

  const read = async (): Promise<GivenToken> => {
    const given = await findSecret(connection, 'access-token', env, vault);
    if (given !== null) return checkGivenToken(given, connection, new Date(nowMs()));
    throw new AppError({
      code: 'auth-required',
      message: 'No access token is given for this connection.',
      advice: 'Set GRAPH_ACCESS_TOKEN, or choose another way to sign in.',
    });
  };
  const accountOf = (token: GivenToken): string => token.account ?? 'given access token';

  return {
    async getToken({ claims }) {
      if (claims !== undefined) {
        throw new AppError({
          code: 'auth-required',
          message: 'Microsoft Graph wants a newer access token than the given one.',
          advice: 'Get a new token for Microsoft Graph and give it again (GRAPH_ACCESS_TOKEN).',
        });
      }
      return (await read()).token;
    },
    async signIn() {
      const token = await read();
      return { account: accountOf(token), persistent: false, expiresAt: token.expiresAt?.toISOString() ?? null };
    },
    signOut: () => Promise.resolve({ signedOut: false }),
    async currentAccount() {
      try {
        return accountOf(await read());
      } catch (error) {
        // No token, or one that cannot be used: nobody is signed in, and the next call says why.
        if (isAppError(error)) return null;
        throw error;
      }
    },
  };
};
