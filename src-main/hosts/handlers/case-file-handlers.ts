import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, copyFile, rename, rm, stat } from 'node:fs/promises';
import { fileUnwritable } from '../../adapters/files/write-atomically.ts';
import { basename, join, resolve } from 'node:path';
import type { CaseFileMethods } from '../../contract/methods/case-files.ts';
import type { CaseManifest } from '../../contract/models/case-file.ts';
import type { Connection } from '../../contract/models/connection.ts';
import { AppError } from '../../core/app-error.ts';
import type { Handlers } from '../api-router.ts';
import type { HistoryDesk } from '../history-desk.ts';
import type { HostContext } from '../host-context.ts';
import { runCare } from '../worker/run-care.ts';

const noTenant = '00000000-0000-0000-0000-000000000000';

const unreadable = (file: string, cause: unknown): AppError =>
  new AppError(
    {
      code: 'file-unreadable',
      message: `The file ${file} cannot be read.`,
      advice: 'Check its path, and that you may read it.',
      file,
    },
    { cause },
  );

/** Case files: parts of a history to give away, and those that were given. */
export const createCaseFileHandlers = (
  context: HostContext,
  { desk, listConnections }: { desk: HistoryDesk; listConnections: Handlers['listConnections'] },
): Pick<Handlers, keyof CaseFileMethods> => {
  const { calls, connections, events } = context;

  /** A connection that shows the case file, its history put in place. */
  const keep = async (manifest: CaseManifest, history: string): Promise<Connection> => {
    const { tables: _, ...caseFile } = manifest;
    const taken = new Set((await connections.list()).map(({ name }) => name.toLowerCase()));
    const of = manifest.redacted ? 'Redacted case file' : `Case file ${manifest.connection}`;
    const wanted = `${of.slice(0, 70)} ${manifest.writtenAt.slice(0, 16).replace('T', ' ')}`;
    let name = wanted;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${wanted} (${number})`;
    const connection = await connections.save(
      {
        name,
        cloud: 'global',
        tenantId: noTenant,
        clientId: noTenant,
        signIn: 'interactive',
        ...(manifest.jobId === null ? {} : { jobId: manifest.jobId }),
        // A name that no network knows: nothing is ever asked there.
        scim: { baseUrl: 'https://case-file.invalid/' },
      },
      { demo: false, trustedHosts: [], createdAt: new Date().toISOString(), caseFile },
    );
    try {
      await rename(history, connections.databaseFile(connection.id));
    } catch (error) {
      // A connection without its history would show nothing, and look like an empty case.
      await connections.delete(connection.id);
      throw error;
    }
    return connection;
  };

  /** Histories whose purges hold for whatever is opened here. */
  const ownHistories = async (): Promise<string[]> =>
    (await connections.list())
      .filter(({ caseFile }) => caseFile === undefined)
      .map(({ id }) => connections.databaseFile(id))
      .filter((file) => existsSync(file));

  return {
    writeCaseFile: ({ callId, connection, scope, redact = false }) =>
      calls.run(callId, (signal) => desk.writeCaseFile({ connection, scope, redact, callId, signal }, null)),

    openCaseFile: (input) =>
      calls.run(input.callId, async (signal) => {
        const name = resolve(input.file);
        const mark = join(context.dataDirectory, `incoming-${randomBytes(6).toString('hex')}`);
        const copy = `${mark}.copy`;
        const history = `${mark}.db`;
        try {
          const found = await stat(name).catch((error: unknown) => {
            throw unreadable(name, error);
          });
          if (!found.isFile()) throw unreadable(name, new Error('no ordinary file'));
          // A private copy: what is checked is what is read, whatever happens to the file meanwhile.
          await access(name, constants.R_OK).catch((error: unknown) => {
            throw unreadable(name, error);
          });
          await copyFile(name, copy).catch((error: unknown) => {
            throw fileUnwritable(copy, error);
          });
          const manifest = await runCare(
            context,
            'read-case-file',
            { file: copy, name: basename(name), target: history, histories: await ownHistories() },
            { callId: input.callId, signal },
          );
          const open = (await connections.list()).find(({ caseFile }) => caseFile?.sha256 === manifest.sha256);
          const connection = open ?? (await keep(manifest, history));
          events.emit('dataChanged', { connectionId: connection.id, what: 'connection' });
          const { connections: all } = await listConnections({});
          const summary = all.find(({ id }) => id === connection.id);
          if (!summary) throw new Error('the connection of the case file was not saved');
          return { connection: summary, manifest };
        } finally {
          for (const file of [copy, history, `${history}-journal`]) await rm(file, { force: true });
        }
      }),
  };
};
