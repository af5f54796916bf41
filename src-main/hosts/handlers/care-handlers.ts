import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CareMethods } from '../../contract/methods/care.ts';
import { AppError } from '../../core/app-error.ts';
import type { Handlers } from '../api-router.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import type { HistoryDesk } from '../history-desk.ts';
import type { HostContext } from '../host-context.ts';
import type { Session } from '../sessions.ts';
import { runCare } from '../worker/run-care.ts';

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
    verifyHistory: (input) =>
      calls.run(input.callId, async (signal) => {
        const { history } = await open(input.connection);
        return runCare(context, 'verify', { file: history }, { callId: input.callId, signal });
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
        return { file: history, ...sizes };
      }),
  };
};
