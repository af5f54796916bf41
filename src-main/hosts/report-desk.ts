import { randomUUID } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from '../adapters/files/is-missing.ts';
import { makeFolder } from '../adapters/files/make-folder.ts';
import { companionOf } from '../adapters/files/save-report.ts';
import { createReportDefinitions, type ReportDefinitions } from '../adapters/files/report-definitions.ts';
import { fileUnwritable } from '../adapters/files/write-atomically.ts';
import type {
  ReportDownload,
  ReportFile,
  ReportFormat,
  ReportOptions,
  ReportPreview,
} from '../contract/models/report.ts';
import { AppError } from '../core/app-error.ts';
import type { HostContext } from './host-context.ts';
import type { Session } from './sessions.ts';
import { startJob } from './worker/start-job.ts';

/** What is asked for, on which connection, under which call. */
export interface ReportRequest {
  connection: string | undefined;
  options: ReportOptions;
  callId: string;
  signal: AbortSignal;
}

/** Where reports are made, for every host: each in a thread of its own. */
export interface ReportDesk {
  /** Into a file of this computer. Throws `file-exists` unless `force`, `file-unwritable`, and what building throws. */
  write(request: ReportRequest, target: { format: ReportFormat; file: string; force: boolean }): Promise<ReportFile>;
  preview(request: ReportRequest): Promise<ReportPreview>;
  /** Into a file that waits to be read in parts. */
  prepare(request: ReportRequest, format: ReportFormat): Promise<ReportDownload>;
  /** Throws `input-invalid` for a report that does not wait here. */
  read(id: string, part: 'file' | 'companion', offset: number): Promise<{ data: string; nextOffset: number | null }>;
  discard(id: string): Promise<boolean>;
  definitions(connection: string | undefined): Promise<ReportDefinitions>;
  close(): Promise<void>;
}

const partBytes = 600_000;

/** A name that every file system takes: the connection, which a redacted report does not name, the kind, the day. */
const fileNameOf = (session: Session, options: ReportOptions, format: ReportFormat): string => {
  const day = session.clock.now().toISOString().slice(0, 10);
  const of = options.redact === true ? 'redacted' : session.connection.id;
  return `${of}-${options.kind}-${day}.${format}`;
};

const unknownDownload = (): AppError =>
  new AppError({
    code: 'input-invalid',
    message: 'This report does not wait to be downloaded any more.',
    advice: 'Make it again.',
    fields: [{ field: 'id', reason: 'is not known' }],
  });

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process lives; one that is not there does not.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Removes what programs left behind that were killed: reports name people, and nobody will fetch these any more. */
const clearLeftovers = async (downloads: string): Promise<void> => {
  const left = await readdir(downloads).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const name of left) {
    const pid = Number(name.split('-')[0]);
    if (Number.isInteger(pid) && pid > 0 && !lives(pid)) {
      await rm(join(downloads, name), { recursive: true, force: true });
    }
  }
};

/** @param application name and version, for what reports say about themselves */
export const createReportDesk = (context: HostContext, application: { name: string; version: string }): ReportDesk => {
  const downloads = join(context.dataDirectory, 'downloads');
  const folder = join(downloads, `${process.pid}-${randomUUID()}`);
  const waiting = new Map<string, { file: string; companion: string | null }>();

  const write: ReportDesk['write'] = async ({ connection, options, callId, signal }, { format, file, force }) => {
    const session = await context.sessions.of(connection);
    const fileName = fileNameOf(session, options, format);
    const redactionKey = options.redact === true ? await context.redactionKey() : null;
    const report = { options, format, application, fileName, redactionKey, target: { file, force } };
    return startJob(context, session, { task: 'report', callId, signal, report });
  };

  const discard = async (id: string): Promise<boolean> => {
    const entry = waiting.get(id);
    waiting.delete(id);
    if (!entry) return false;
    await rm(entry.file, { force: true });
    await rm(companionOf(entry.file), { force: true });
    return true;
  };

  return {
    write,
    async preview({ connection, options, callId, signal }) {
      const redactionKey = options.redact === true ? await context.redactionKey() : null;
      const report = { options, format: 'html' as const, application, fileName: '', redactionKey, target: null };
      return startJob(context, await context.sessions.of(connection), {
        task: 'report-preview',
        callId,
        signal,
        report,
      });
    },
    async prepare(request, format) {
      const id = randomUUID();
      const file = join(folder, `${id}.${format}`);
      try {
        await clearLeftovers(downloads);
        makeFolder(folder);
      } catch (error) {
        throw fileUnwritable(folder, error);
      }
      const made = await write(request, { format, file, force: false });
      waiting.set(id, { file, companion: made.companion });
      return {
        ...made,
        id,
        file: null,
        companion: made.companion === null ? null : companionOf(made.fileName),
      };
    },
    async read(id, part, offset) {
      const entry = waiting.get(id);
      const file = part === 'file' ? entry?.file : entry?.companion;
      if (file === undefined || file === null) throw unknownDownload();
      const handle = await open(file, 'r');
      try {
        const { size } = await handle.stat();
        const buffer = Buffer.alloc(Math.max(0, Math.min(partBytes, size - offset)));
        await handle.read(buffer, 0, buffer.length, offset);
        const end = offset + buffer.length;
        return { data: buffer.toString('base64'), nextOffset: end < size ? end : null };
      } finally {
        await handle.close();
      }
    },
    discard,
    async definitions(connection) {
      const { id } = (await context.sessions.of(connection)).connection;
      return createReportDefinitions(join(dirname(context.connections.databaseFile(id)), 'reports.json'));
    },
    async close() {
      waiting.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
