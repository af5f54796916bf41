import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CareMethods } from '../../contract/methods/care.ts';
import type { Retention } from '../../contract/models/care.ts';
import type { Connection } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import type { Handlers } from '../api-router.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import type { HistoryDesk } from '../history-desk.ts';
import type { HostContext } from '../host-context.ts';
import { noteCare } from '../note-care.ts';
import type { Session } from '../sessions.ts';
import { runCare } from '../worker/run-care.ts';

const retentionOf = ({ keepLogsDays, keepStatesDays, keepAuditDays, keepRunsDays }: Connection): Retention => ({
  logs: keepLogsDays ?? null,
  states: keepStatesDays ?? null,
  audit: keepAuditDays ?? null,
  runs: keepRunsDays ?? null,
});

const bytesOf = async (file: string): Promise<number> => {
  const sizes = await Promise.all([file, `${file}-wal`].map((one) => stat(one).catch(() => ({ size: 0 }))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
};

/** Care of history files: verify, back up, restore, vacuum. */
export const createCareHandlers = (context: HostContext, desk: HistoryDesk): Pick<Handlers, keyof CareMethods> => {
  const { calls, connections, events, sessions } = context;

  const open = async (idOrName: string | undefined): Promise<{ session: Session; history: string }> => {
    const session = await sessions.of(idOrName);
    // Opened first: the file is made when it is not there, and a newer or foreign one is named.
    await session.history();
    return { session, history: connections.databaseFile(session.connection.id) };
  };

  return {
    async getCare(input) {
      const { session, history } = await open(input.connection);
      const store = await session.history();
      const [notes, purges, { statesFrom }] = await Promise.all([
        store.care.notes(),
        store.purges.list(),
        store.runs.kept(),
      ]);
      const { connection } = session;
      return {
        bytes: await bytesOf(history),
        notes,
        retention: retentionOf(connection),
        statesFrom,
        purges,
        readOnly: connection.caseFile !== undefined,
      };
    },
    async setRetention(input) {
      const { connection } = await sessions.of(input.connection);
      refuseCaseFile(connection);
      const {
        id: _,
        createdAt,
        demo,
        trustedHosts,
        keepLogsDays: _1,
        keepStatesDays: _2,
        keepAuditDays: _3,
        ...rest
      } = connection;
      const { keepRunsDays: _4, ...file } = rest;
      const { logs, states, audit, runs } = input.retention;
      const saved = await connections.save(
        {
          ...file,
          ...(logs === null ? {} : { keepLogsDays: logs }),
          ...(states === null ? {} : { keepStatesDays: states }),
          ...(audit === null ? {} : { keepAuditDays: audit }),
          ...(runs === null ? {} : { keepRunsDays: runs }),
        },
        { demo, trustedHosts, createdAt },
      );
      events.emit('dataChanged', { connectionId: saved.id, what: 'connection' });
      return { retention: retentionOf(saved) };
    },
    verifyHistory: (input) =>
      calls.run(input.callId, async (signal) => {
        const { session, history } = await open(input.connection);
        const found = await runCare(context, 'verify', { file: history }, { callId: input.callId, signal });
        await noteCare(session, 'verify', found.good);
        return found;
      }),
    backupHistory: ({ callId, connection }) =>
      calls.run(callId, (signal) => desk.backUp({ connection, callId, signal }, null)),
    restoreHistory: (input) =>
      calls.run(input.callId, async (signal) => {
        const { session, history } = await open(input.connection);
        refuseCaseFile(session.connection);
        const from = resolve(input.file);
        await stat(from).catch((cause: unknown) => {
          throw new AppError(
            {
              code: 'file-unreadable',
              message: `The file ${from} cannot be read.`,
              advice: 'Check its path, and that you may read it.',
              file: from,
            },
            { cause },
          );
        });
        const call = { callId: input.callId, signal };
        const { file: kept } = await desk.backUp({ connection: session.connection.id, ...call }, null);
        await runCare(context, 'restore', { backup: from, file: history }, call);
        events.emit('dataChanged', { connectionId: session.connection.id, what: 'run' });
        return { file: history, from, kept };
      }),
    vacuumHistory: (input) =>
      calls.run(input.callId, async (signal) => {
        const { session, history } = await open(input.connection);
        refuseCaseFile(session.connection);
        const sizes = await runCare(context, 'vacuum', { file: history }, { callId: input.callId, signal });
        await noteCare(session, 'vacuum', true);
        return { file: history, ...sizes };
      }),
  };
};
