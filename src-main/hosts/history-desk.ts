import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { buildFile } from '../adapters/files/write-atomically.ts';
import type { HistoryBackup } from '../contract/models/care.ts';
import type { CaseFile, CaseScope } from '../contract/models/case-file.ts';
import type { HostContext } from './host-context.ts';
import { noteCare } from './note-care.ts';
import { runCare } from './worker/run-care.ts';

/** On which connection, under which call. */
export interface HistoryRequest {
  connection: string | undefined;
  callId: string;
  signal: AbortSignal;
}

/** A file of this computer; only the command line names one. */
export interface HistoryTarget {
  file: string;
  force: boolean;
}

/**
 * Where a history is written into a file, for every host. Without a target the file is a new one of the data directory:
 * `reports` for case files, `backups` for backups. Throws `file-exists` unless `force`, `file-unwritable`, and what
 * reading the history throws.
 */
export interface HistoryDesk {
  writeCaseFile(
    request: HistoryRequest & { scope: CaseScope; redact: boolean },
    target: HistoryTarget | null,
  ): Promise<CaseFile>;
  backUp(request: HistoryRequest, target: HistoryTarget | null): Promise<HistoryBackup>;
}

const sumOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

const stampOf = (at: string): string => at.replace(/[:.]/gu, '-');

/** @param version of the program, for what case files say about themselves */
export const createHistoryDesk = (context: HostContext, version: string): HistoryDesk => {
  const { connections, dataDirectory, sessions } = context;
  return {
    async writeCaseFile({ connection: idOrName, scope, redact, ...call }, target) {
      const session = await sessions.of(idOrName);
      // Opened first: the file is made when it is not there, and a newer or foreign one is named.
      await session.history();
      const { connection } = session;
      const writtenAt = new Date().toISOString();
      const of = redact ? 'redacted' : connection.id;
      const own = join(dataDirectory, 'reports', `${of}-case-${stampOf(writtenAt)}.db`);
      const { file, force } = target ?? { file: own, force: false };
      const key = redact ? await context.redactionKey() : null;
      const order = {
        source: connections.databaseFile(connection.id),
        place: file,
        scope,
        redactionKey: key?.key ?? null,
        about: {
          version,
          connection: connection.name,
          tenantId: connection.tenantId,
          jobId: connection.jobId ?? null,
          writtenAt,
        },
      };
      const manifest = await buildFile(file, { force, mode: 0o600 }, (temporary) =>
        runCare(context, 'write-case-file', { ...order, target: temporary }, call),
      );
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      return { file, bytes: (await stat(file)).size, rows, keyPlace: key?.place ?? null, manifest };
    },
    async backUp({ connection, ...call }, target) {
      const session = await sessions.of(connection);
      await session.history();
      const { id } = session.connection;
      const own = join(dataDirectory, 'backups', `${id}-${stampOf(new Date().toISOString())}.db`);
      const { file, force } = target ?? { file: own, force: false };
      await buildFile(file, { force, mode: 0o600 }, (temporary) =>
        runCare(context, 'backup', { file: connections.databaseFile(id), target: temporary, place: file }, call),
      );
      await noteCare(session, 'backup', true);
      return { file, bytes: (await stat(file)).size, sha256: await sumOf(file) };
    },
  };
};
