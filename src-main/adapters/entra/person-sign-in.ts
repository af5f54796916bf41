import { PublicClientApplication, type AccountInfo, type AuthenticationResult } from '@azure/msal-node';
import { AppError } from '../../core/app-error.ts';
import type { SignIn } from '../../services/ports.ts';
import { browserLimitMs, signInWithBrowser } from './browser-sign-in.ts';
import type { SignInContext } from './sign-in-context.ts';
import { signInWithDeviceCode } from './device-code-sign-in.ts';
import { runMsalCall } from './msal-call.ts';
import { fallbackScopes, grantedScopes, readScopes, renewalScopes } from './scopes.ts';
import { isUnknownScope, signInFailure } from './sign-in-failure.ts';
import { createTokenCache } from './token-cache.ts';
import { createTokenMemo } from './token-memo.ts';

const mustSignIn = (): AppError =>
  new AppError({
    code: 'auth-required',
    message: 'Nobody is signed in for this connection.',
    advice: 'Sign in, in the window or with "unifi-monitor login".',
  });

/** A second browser window would confuse the person, and each one holds a port. */
let underWay = false;

/** Sign-in of a person: browser or device code, and silent renewal afterwards. */
export const createPersonSignIn = (context: SignInContext): SignIn => {
  const { authority, clientId, graph, nowMs, vault } = context;
  const binding = { connectionId: context.connectionId, origin: authority.origin, kind: 'token-cache' } as const;
  const cache = createTokenCache(vault, binding);
  const memo = createTokenMemo(nowMs);
  /** Claims that silent renewal could not answer; the next sign-in of the person does. msal-desktop.md 6. */
  let pendingClaims: string | null = null;

  const app = new PublicClientApplication({
    auth: {
      clientId,
      authority: authority.url,
      knownAuthorities: authority.knownAuthorities,
      clientCapabilities: ['CP1'],
    },
    cache: { cachePlugin: cache.plugin },
    system: { networkClient: context.networkClient },
  });
  const accounts = (): Promise<AccountInfo[]> => app.getTokenCache().getAllAccounts();

  const renew = async (signal: AbortSignal, claims?: string) => {
    const [account] = await accounts();
    if (!account) throw mustSignIn();
    const granted = await cache.scopes();
    const scopes = renewalScopes(granted, graph);
    const result = await runMsalCall(signal, () =>
      app.acquireTokenSilent({ account, scopes, ...(claims === undefined ? {} : { claims }) }),
    );
    const spelling = grantedScopes(result.scopes);
    if (!result.fromCache && spelling.length > 0 && spelling.join(' ') !== granted.join(' ')) {
      await cache.saveScopes(spelling);
    }
    return { token: result.accessToken, expiresAt: result.expiresOn };
  };

  const finish = async (result: AuthenticationResult | null) => {
    if (!result?.account) throw signInFailure(null, 'sign-in');
    // One person per connection: an account signed in earlier would be found first by silent renewal.
    for (const other of await accounts()) {
      if (other.homeAccountId !== result.account.homeAccountId) await app.signOut({ account: other });
    }
    await cache.saveScopes(grantedScopes(result.scopes));
    pendingClaims = null;
    memo.forget();
    return {
      account: result.account.username || result.account.name || result.account.homeAccountId,
      persistent: await vault.isPersistent(),
      expiresAt: result.expiresOn?.toISOString() ?? null,
    };
  };

  return {
    async getToken({ signal, claims }) {
      try {
        if (claims === undefined) return await memo.get((asking) => renew(asking), signal);
        memo.forget();
        return (await renew(signal, claims)).token;
      } catch (error) {
        const failure = signInFailure(error, 'renewal');
        if (claims !== undefined && failure.code === 'auth-required') pendingClaims = claims;
        throw failure;
      }
    },

    async signIn({ mode, signal, onDeviceCode }) {
      if (underWay) {
        throw new AppError({
          code: 'auth-failed',
          message: 'Another sign-in is under way.',
          advice: 'Finish or cancel it first.',
        });
      }
      underWay = true;
      const claims = pendingClaims === null ? {} : { claims: pendingClaims };
      const attempt = (scopes: string[]): Promise<AuthenticationResult | null> => {
        const request = { scopes, ...claims };
        if (mode === 'device-code') {
          return runMsalCall(signal, () =>
            signInWithDeviceCode({ app, authority, request, signal, nowMs, onDeviceCode }),
          );
        }
        const limitMs = context.browserLimitMs ?? browserLimitMs;
        const { openBrowser } = context;
        return runMsalCall(signal, () => signInWithBrowser({ app, authority, request, signal, openBrowser, limitMs }));
      };
      try {
        const result = await attempt(readScopes(graph)).catch((error: unknown) => {
          if (isUnknownScope(error)) return attempt(fallbackScopes(graph));
          throw error;
        });
        return await finish(result);
      } catch (error) {
        throw signInFailure(error, 'sign-in');
      } finally {
        underWay = false;
      }
    },

    async signOut() {
      const known = await accounts();
      for (const account of known) await app.signOut({ account });
      await cache.clear();
      memo.forget();
      return { signedOut: known.length > 0 };
    },

    async currentAccount() {
      const [account] = await accounts();
      return account ? account.username || account.name || account.homeAccountId : null;
    },
  };
};
