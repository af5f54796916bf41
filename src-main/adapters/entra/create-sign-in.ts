import type { Connection } from '../../contract/models/connection.ts';
import { isAppError } from '../../core/app-error.ts';
import type { Clock, Fetch, SecretVault, SignIn } from '../../services/ports.ts';
import { hostsOf } from '../net/clouds.ts';
import { authorityOf } from './authority.ts';
import { checkEnvironment, type Environment } from './credentials.ts';
import { createGivenTokenSignIn } from './given-token-sign-in.ts';
import { createNetworkClient } from './network-client.ts';
import { createPersonSignIn } from './person-sign-in.ts';
import type { SignInContext } from './sign-in-context.ts';
import { createUnattendedSignIn } from './unattended-sign-in.ts';

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

const build = (options: SignInOptions): SignIn => {
  const { connection, env, vault } = options;
  checkEnvironment(connection, env);
  const authority = authorityOf(connection);
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
      return createPersonSignIn(context);
    case 'client-secret':
    case 'client-certificate':
      return createUnattendedSignIn(context);
    case 'access-token':
      return createGivenTokenSignIn(context);
  }
};

/**
 * Sign-in for one connection, in the way it names. Nothing is checked before the first call, so that a connection
 * with a mistake can still be listed and corrected: the methods then throw the Failure.
 */
export const createSignIn = (options: SignInOptions): SignIn => {
  let built: SignIn | undefined;
  const get = (): SignIn => (built ??= build(options));
  return {
    getToken: async (call) => get().getToken(call),
    signIn: async (call) => get().signIn(call),
    signOut: async () => get().signOut(),
    async currentAccount() {
      try {
        return await get().currentAccount();
      } catch (error) {
        // A connection with a mistake has nobody signed in; the mistake is named when it is used.
        if (isAppError(error) && ['input-invalid', 'auth-failed', 'auth-required'].includes(error.code)) return null;
        throw error;
      }
    },
  };
};
