import type { Failure } from '../../contract/failure.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';
import type { ConnectReport, Connection, ConnectionSummary, SignInMode } from '../../contract/models/connection.ts';
import { createMemoryVault } from '../../adapters/secrets/memory-vault.ts';
import { authorityOrigin, cloudLabel } from '../../adapters/net/clouds.ts';
import { AppError, isAppError } from '../../core/app-error.ts';
import { runMoment } from '../../core/model/run-moment.ts';
import { connectReport, testConnection, type ConnectOutcome } from '../../services/connect.ts';
import type { SecretBinding, SecretVault } from '../../services/ports.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import { customHosts } from '../environment-secrets.ts';
import { createSession, scimBinding, type Session } from '../sessions.ts';
import { unifiProfile } from '../target-profile.ts';

type ConnectionHandlers = Pick<
  Handlers,
  'listConnections' | 'connect' | 'testConnection' | 'deleteConnection' | 'setSecret' | 'signIn' | 'signOut'
>;

/** Secrets of the sign-in belong to the sign-in host, the SCIM token to UNIFI's. */
const bindingOf = (connection: Connection, kind: SecretBinding['kind']): SecretBinding =>
  kind === 'scim-token'
    ? scimBinding(connection)
    : { connectionId: connection.id, origin: authorityOrigin(connection.cloud), kind };

const isByPerson = (mode: SignInMode): mode is 'interactive' | 'device-code' =>
  mode === 'interactive' || mode === 'device-code';

const secretKinds = ['scim-token', 'client-secret', 'access-token', 'token-cache'] as const;

/** Connections and who is signed in on them. */
export const createConnectionHandlers = (context: HostContext): ConnectionHandlers => {
  const { bugs, calls, connections, events, sessions, vault } = context;

  const summarise = async (connection: Connection): Promise<ConnectionSummary> => {
    const session = await sessions.of(connection.id);
    const history = await latestRun(session);
    return {
      id: connection.id,
      name: connection.name,
      tenantId: connection.caseFile?.tenantId ?? connection.tenantId,
      cloudLabel: connection.caseFile ? 'Case file' : cloudLabel(connection.cloud),
      demo: connection.demo,
      lastRunAt: history.lastRunAt,
      databaseFile: connections.databaseFile(connection.id),
      signedIn: (await session.signIn.currentAccount()) !== null,
      hasScimToken:
        session.env['UNIFI_SCIM_TOKEN'] !== undefined || (await vault.read(scimBinding(connection))) !== null,
      ...(connection.caseFile ? { caseFile: connection.caseFile } : {}),
      ...(history.failure ? { failure: history.failure } : {}),
    };
  };

  const test = async (
    session: Session,
    profile: TargetProfile,
    callId: string,
    signal: AbortSignal,
  ): Promise<ConnectOutcome> => {
    // Only here does this thread speak to Graph and UNIFI by itself; connections are listed without either.
    const { createGraph } = await import('../../adapters/graph/create-graph.ts');
    const { createScimDirectory } = await import('../../adapters/scim/create-scim-directory.ts');
    return testConnection(
      {
        graph: createGraph({
          connection: session.connection,
          tokens: session.signIn,
          fetch: context.fetch,
          clock: session.clock,
          env: session.env,
        }),
        scim: createScimDirectory({
          baseUrl: session.connection.scim.baseUrl,
          token: () => session.scimToken(),
          fetch: context.fetch,
        }),
        tokens: session.signIn,
        bugs,
      },
      { connection: session.connection, profile },
      {
        signal,
        progress: (note) =>
          events.emit('progress', {
            callId,
            phase: 'starting',
            source: null,
            items: 0,
            total: null,
            rate: null,
            remainingMs: null,
            note,
          }),
      },
    );
  };

  /** A sign-in by a person, where the mode needs one and nobody is signed in yet. */
  const signInIfNeeded = async (session: Session, callId: string, signal: AbortSignal): Promise<void> => {
    const mode = session.connection.signIn;
    if (!isByPerson(mode)) return;
    if ((await session.signIn.currentAccount()) !== null) return;
    await session.signIn.signIn({
      mode,
      signal,
      onDeviceCode: (prompt) => events.emit('deviceCode', { callId, ...prompt }),
    });
  };

  return {
    async listConnections() {
      const all = await connections.list();
      return { connections: await Promise.all(all.map(summarise)) };
    },

    connect: (input) =>
      calls.run(input.callId, async (signal): Promise<ConnectReport> => {
        const file = input.connection;
        const existing = (await connections.list()).find((connection) => connection.name === file.name);
        if (existing && !input.replace) {
          throw new AppError({
            code: 'input-invalid',
            message: `A connection named "${file.name}" exists already.`,
            advice: 'Choose another name, or replace it (--replace); its history is kept.',
            fields: [{ field: 'name', reason: 'is in use' }],
          });
        }
        const custom = customHosts(file);
        const draft: Connection = {
          ...file,
          id: existing?.id ?? 'draft',
          demo: false,
          createdAt: new Date().toISOString(),
          trustedHosts: input.trustHost ? [...new Set([...custom.entra, ...custom.scim])] : [],
        };
        // Until everything is known to be right, secrets stay in memory.
        const draftVault: SecretVault = createMemoryVault();
        if (existing) await copySecrets({ ...draft, id: existing.id }, vault, draft, draftVault);
        for (const kind of secretKinds) {
          const value = kind === 'token-cache' ? undefined : input.secrets?.[kind];
          if (value !== undefined) await draftVault.write(bindingOf(draft, kind), value);
        }
        const session = createSession(draft, { ...context.sessionOptions, vault: draftVault, named: true });
        try {
          await signInIfNeeded(session, input.callId, signal);
          const outcome = await test(session, input.profile ?? unifiProfile, input.callId, signal);
          if (!outcome.chosen) return connectReport(draft, outcome, false);
          const { jobId, servicePrincipalId } = outcome.chosen;
          if (existing?.servicePrincipalId && existing.servicePrincipalId !== servicePrincipalId) {
            throw new AppError({
              code: 'input-invalid',
              message: `"${file.name}" holds the history of another enterprise application; the two must not be mixed.`,
              advice: 'Choose another name, or delete the old connection first (connect --remove).',
              fields: [{ field: 'name', reason: 'belongs to another enterprise application' }],
            });
          }
          const saved = await connections.save(
            { ...file, servicePrincipalId, ...(jobId === null ? {} : { jobId }) },
            { demo: false, trustedHosts: draft.trustedHosts, createdAt: existing?.createdAt ?? draft.createdAt },
          );
          await sessions.forget(saved.id);
          await vault.deleteConnection(saved.id);
          await copySecrets(draft, draftVault, saved, vault);
          events.emit('dataChanged', { connectionId: saved.id, what: 'connection' });
          return connectReport(saved, outcome, true);
        } finally {
          await session.close();
        }
      }),

    testConnection: (input) =>
      calls.run(input.callId, async (signal) => {
        const session = await sessions.of(input.connection);
        refuseCaseFile(session.connection);
        const outcome = await test(session, unifiProfile, input.callId, signal);
        return connectReport(session.connection, outcome, true);
      }),

    async deleteConnection(input) {
      const connection = await connections.find(input.connection);
      await sessions.forget(connection.id);
      await vault.deleteConnection(connection.id);
      await connections.delete(connection.id);
      events.emit('dataChanged', { connectionId: connection.id, what: 'connection' });
      return { deleted: connection.name };
    },

    async setSecret(input) {
      const { connection } = await sessions.of(input.connection);
      refuseCaseFile(connection);
      await vault.write(bindingOf(connection, input.kind), input.value);
      return { stored: (await vault.isPersistent()) ? 'key-store' : 'memory' };
    },

    signIn: (input) =>
      calls.run(input.callId, async (signal) => {
        const session = await sessions.of(input.connection);
        const { name, signIn } = session.connection;
        if (input.mode && !isByPerson(signIn)) {
          throw new AppError({
            code: 'input-invalid',
            message: `Connection "${name}" signs in by ${signIn}: no person signs in there.`,
            advice: 'Sign in without choosing a way, or replace the connection by one with another sign-in mode.',
            fields: [{ field: 'mode', reason: `does not go with ${signIn}` }],
          });
        }
        const preferred = signIn === 'device-code' ? 'device-code' : 'interactive';
        return session.signIn.signIn({
          mode: input.mode ?? preferred,
          signal,
          onDeviceCode: (prompt) => events.emit('deviceCode', { callId: input.callId, ...prompt }),
        });
      }),

    async signOut(input) {
      const session = await sessions.of(input.connection);
      return session.signIn.signOut();
    },
  };
};

/** A history that cannot be read must not hide the other connections. */
const latestRun = async (session: Session): Promise<{ lastRunAt: string | null; failure?: Failure }> => {
  try {
    const latest = await (await session.history()).runs.latest();
    return { lastRunAt: latest ? runMoment(latest.run, latest.sources) : null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { lastRunAt: null, failure: error.failure };
  }
};

const copySecrets = async (
  from: Connection,
  source: SecretVault,
  to: Connection,
  target: SecretVault,
): Promise<void> => {
  for (const kind of secretKinds) {
    // The binding holds the origin, so a changed host finds nothing to copy.
    const value = await source.read(bindingOf(from, kind));
    if (value !== null) await target.write(bindingOf(to, kind), value);
  }
};
