import type { Connection } from '../../contract/models/connection.ts';
import { isAppError } from '../../core/app-error.ts';
import type { Clock, Fetch, SecretVault, SignIn } from '../../services/ports.ts';
import { hostsOf } from '../net/clouds.ts';
import { authorityOf } from './authority.ts';
import { checkEnvironment, type Environment } from './credentials.ts';
import type { SignInContext } from './sign-in-context.ts';

export interface SignInOptions {
  connection: Connection;
  vault: SecretVault;
  /** The part of the environment that this connection may use. */
  env: Environment;
  fetch: Fetch;
  openBrowser(url: string): Promise<void>;
  /** Real time when left out: the expiry of tokens never follows the application's clock. */
  clock?: Clock;
  /** How long the browser may take, in milliseconds; left out: 5 minutes. */
  browserLimitMs?: number;
}

/** MSAL is loaded here: most commands only read the history, and nobody has to be signed in for that. */
const build = async (options: SignInOptions): Promise<SignIn> => {
  const { connection, env, vault } = options;
  checkEnvironment(connection, env);
  const authority = authorityOf(connection);
  const { createNetworkClient } = await import('./network-client.ts');
  const nowMs = (): number => options.clock?.now().getTime() ?? Date.now();
  const context: SignInContext = {
    connection,
    connectionId: connection.id,
    clientId: connection.clientId,
    authority,
    graph: hostsOf(connection.cloud).graph,
    vault,
    env,
    networkClient: createNetworkClient({ fetch: options.fetch, authority, nowMs }),
    openBrowser: (url) => options.openBrowser(url),
    nowMs,
    ...(options.browserLimitMs === undefined ? {} : { browserLimitMs: options.browserLimitMs }),
  };
  switch (connection.signIn) {
    case 'interactive':
    case 'device-code':
      return (await import('./person-sign-in.ts')).createPersonSignIn(context);
    case 'client-secret':
    case 'client-certificate':
      return (await import('./unattended-sign-in.ts')).createUnattendedSignIn(context);
    case 'access-token':
      return (await import('./given-token-sign-in.ts')).createGivenTokenSignIn(context);
  }
};

/**
 * Sign-in for one connection, in the way it names. Nothing is checked before the first call, so that a connection
 * with a mistake can still be listed and corrected: the methods then throw the Failure.
 */
export const createSignIn = (options: SignInOptions): SignIn => {
  let built: Promise<SignIn> | undefined;
  const get = (): Promise<SignIn> => {
    built ??= build(options).catch((error: unknown) => {
      built = undefined;
      throw error;
    });
    return built;
  };
  return {
    getToken: async (call) => (await get()).getToken(call),
    signIn: async (call) => (await get()).signIn(call),
    signOut: async () => (await get()).signOut(),
    async currentAccount() {
      try {
        return await (await get()).currentAccount();
      } catch (error) {
        // A connection with a mistake has nobody signed in; the mistake is named when it is used.
        if (isAppError(error) && ['input-invalid', 'auth-failed', 'auth-required'].includes(error.code)) return null;
        throw error;
      }
    },
  };
};
