import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { buildFile } from '../../adapters/files/write-atomically.ts';
import type { CareMethods } from '../../contract/methods/care.ts';
import type { HistoryBackup } from '../../contract/models/care.ts';
import { AppError } from '../../core/app-error.ts';
import type { Handlers } from '../api-router.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import type { HostContext } from '../host-context.ts';
import type { Session } from '../sessions.ts';
import { runCare } from '../worker/run-care.ts';

type Call = { callId: string; signal: AbortSignal };

const sumOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

/** Care of history files: verify, back up, restore, vacuum. */
export const createCareHandlers = (context: HostContext): Pick<Handlers, keyof CareMethods> => {
  const { calls, connections, events, sessions } = context;

  const open = async (idOrName: string | undefined): Promise<{ session: Session; history: string }> => {
    const session = await sessions.of(idOrName);
    // Opened first: the file is made when it is not there, and a newer or foreign one is named.
    await session.history();
    return { session, history: connections.databaseFile(session.connection.id) };
  };
  const backUp = async (
    session: Session,
    history: string,
    wanted: string | null,
    force: boolean,
    call: Call,
  ): Promise<HistoryBackup> => {
    const stamp = new Date().toISOString().replace(/[:.]/gu, '-');
    const file = wanted ?? join(context.dataDirectory, 'backups', `${session.connection.id}-${stamp}.db`);
    await buildFile(file, { force, mode: 0o600 }, (target) =>
      runCare(context, 'backup', { file: history, target }, call),
    );
    return { file, bytes: (await stat(file)).size, sha256: await sumOf(file) };
  };

  return {
    verifyHistory: (input) =>
      calls.run(input.callId, async (signal) => {
        const { history } = await open(input.connection);
        return runCare(context, 'verify', { file: history }, { callId: input.callId, signal });
      }),
    backupHistory: (input) =>
      calls.run(input.callId, async (signal) => {
        const { session, history } = await open(input.connection);
        const file = input.file === undefined ? null : resolve(input.file);
        return backUp(session, history, file, input.force ?? false, { callId: input.callId, signal });
      }),
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
        const { file: kept } = await backUp(session, history, null, false, call);
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
