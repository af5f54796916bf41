import type { Connection } from '../contract/models/connection.ts';
import { createSignIn } from '../adapters/entra/create-sign-in.ts';
import { openWorkerHistory } from '../adapters/sqlite/open-worker-history.ts';
import type { Clock, ConnectionStore, Fetch, HistoryStore, SecretVault, SignIn } from '../services/ports.ts';
import { createNoSignIn, onlyHeld } from './case-file-connection.ts';
import { createClock } from './clock.ts';
import { environmentFor } from './environment-secrets.ts';
import { explainWithheld, withheldFailure } from './explain-withheld.ts';

/** One connection in use: who is signed in, which secrets it may have, its clock and its history. */
export interface Session {
  connection: Connection;
  signIn: SignIn;
  clock: Clock;
  /** ISO 8601 when the clock stands still. */
  fixedNow: string | null;
  /** The environment without secrets that this connection may not use. */
  env: Record<string, string | undefined>;
  scimToken(): Promise<string | null>;
  /** Opened at first use, kept until the session closes. */
  history(): Promise<HistoryStore>;
  close(): Promise<void>;
}

export interface SessionOptions {
  env: Record<string, string | undefined>;
  fetch: Fetch;
  storeWorkerUrl: URL;
  /** True where one thing is asked after another: one thread then reads and writes a history. */
  oneStoreThread: boolean;
  connections: ConnectionStore;
  vault: SecretVault;
  now: string | null;
  openBrowser(url: string): Promise<void>;
  /** The connection that `--connection` named when the program was started, if any. */
  environmentConnection: string | undefined;
}

/** Where the SCIM token of a connection is bound to. */
export const scimBinding = (connection: Connection) =>
  ({ connectionId: connection.id, origin: new URL(connection.scim.baseUrl).origin, kind: 'scim-token' }) as const;

/** Puts a session together; `vault` and `openBrowser` differ for the demo tenant and for a connection not yet saved. */
export const createSession = (
  connection: Connection,
  options: Omit<SessionOptions, 'environmentConnection'> & { named: boolean },
): Session => {
  const { vault } = options;
  // The demo tenant's present is the moment of its simulation: its connection is made at that moment.
  const fixedNow = connection.demo ? connection.createdAt : options.now;
  const clock = createClock(fixedNow);
  const { env, withheld } = environmentFor(connection, options.env, { named: options.named });
  let opened: Promise<HistoryStore> | undefined;
  return {
    connection,
    clock,
    fixedNow,
    env,
    signIn: connection.caseFile
      ? createNoSignIn(connection)
      : explainWithheld(
          createSignIn({ connection, vault, env, fetch: options.fetch, openBrowser: options.openBrowser }),
          connection,
          withheld,
        ),
    async scimToken() {
      if (connection.caseFile) return null;
      const given = env['UNIFI_SCIM_TOKEN'];
      if (given) return given;
      const stored = await vault.read(scimBinding(connection));
      if (stored) return stored;
      const held = withheld.find((entry) => entry.key === 'UNIFI_SCIM_TOKEN');
      if (!held) return null;
      throw withheldFailure('scim-unauthorised', connection, held);
    },
    history() {
      opened ??= Promise.resolve(
        openWorkerHistory({
          file: options.connections.databaseFile(connection.id),
          workerUrl: options.storeWorkerUrl,
          readOnly: connection.caseFile !== undefined,
          oneThread: options.oneStoreThread,
        }),
      )
        .then((store) => onlyHeld(store, connection))
        .catch((error: unknown) => {
          // The next call tries again: the file may have been repaired or released meanwhile.
          opened = undefined;
          throw error;
        });
      return opened;
    },
    async close() {
      if (opened) await (await opened).close();
    },
  };
};

export interface Sessions {
  /** Throws `connection-unknown` or `selection-ambiguous`. */
  of(idOrName: string | undefined): Promise<Session>;
  /** Uses this session for its connection from now on (a demo tenant that was started, a new connection). */
  keep(session: Session): Promise<void>;
  forget(connectionId: string): Promise<void>;
  close(): Promise<void>;
}

/** The open sessions, one for each connection; a connection that was changed on disk gets a new one. */
export const createSessions = (options: SessionOptions): Sessions => {
  const open = new Map<string, Session>();

  const isNamed = async (connection: Connection): Promise<boolean> => {
    const wanted = options.environmentConnection;
    if (wanted !== undefined) return wanted === connection.id || wanted === connection.name;
    const real = (await options.connections.list()).filter((other) => !other.demo && !other.caseFile);
    return real.length === 1 && real[0]?.id === connection.id;
  };
  const forget = async (id: string): Promise<void> => {
    const session = open.get(id);
    open.delete(id);
    await session?.close();
  };

  return {
    async of(idOrName) {
      const connection = await options.connections.find(idOrName);
      const current = (): Session | undefined => {
        const session = open.get(connection.id);
        return session && JSON.stringify(session.connection) === JSON.stringify(connection) ? session : undefined;
      };
      const known = current();
      if (known) return known;
      await forget(connection.id);
      const named = await isNamed(connection);
      // A window asks for several things at once: one of them made the session while this one waited. A second one
      // would keep its threads for ever.
      const made = current();
      if (made) return made;
      const session = createSession(connection, { ...options, named });
      open.set(connection.id, session);
      return session;
    },
    async keep(session) {
      await forget(session.connection.id);
      open.set(session.connection.id, session);
    },
    forget,
    async close() {
      await Promise.all([...open.keys()].map(forget));
    },
  };
};
