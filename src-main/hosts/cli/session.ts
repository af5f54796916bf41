import { randomUUID } from 'node:crypto';
import type { Api } from '../../contract/api.ts';
import type { Failure, Result } from '../../contract/failure.ts';
import { isAppError } from '../../core/app-error.ts';
import { composeApp, type App } from '../compose.ts';
import { dataDirectory } from '../data-directory.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { exitCodeOf } from './exit-codes.ts';
import { note, printFailure, printJson } from './print.ts';
import { showProgress } from './progress.ts';

/** Options that every command has. */
export interface CommonOptions {
  json?: boolean;
  connection?: string;
  dataDir?: string;
}

export interface CliSession {
  app: App;
  api: Api;
  /** Id for the long call of this command; Ctrl-C cancels it. */
  callId: string;
  /** `{connection}` when one was named. */
  on: { connection?: string };
}

/** What a command ends with: the Result for `--json`, how people see it, and an exit code when it is not the usual. */
export interface CommandEnd<T> {
  result: Result<T>;
  print?(value: T): void | Promise<void>;
  exitCode?: number;
}

const here = (path: string): URL => new URL(path, import.meta.url);

/** The application for a command or a served window. */
export const openApp = (options: CommonOptions, host: 'cli' | 'web'): Promise<App> => {
  const now = process.env['UNIFI_MONITOR_NOW'];
  return composeApp({
    host,
    dataDirectory: dataDirectory(options.dataDir, process.env),
    env: process.env,
    openBrowser: openInBrowser,
    storeWorkerUrl: here('../../adapters/sqlite/store-worker.ts'),
    jobWorkerUrl: here('../worker/job-worker.ts'),
    demoWorkerUrl: here('../../demo/tenant-worker.ts'),
    ...(now ? { now } : {}),
    ...(options.connection ? { environmentConnection: options.connection } : {}),
  });
};

const fail = (failure: Failure, options: CommonOptions): number => {
  if (options.json) printJson({ version: 1, ok: false, failure });
  else printFailure(failure);
  return exitCodeOf(failure);
};

/**
 * Runs one command: opens the application, shows progress, cancels on the first Ctrl-C (a second one ends at once),
 * prints the Result, closes everything, and sets the exit code. `host` is `web` for a command that serves a window.
 */
export const runCommand = async <T>(
  options: CommonOptions,
  work: (session: CliSession) => Promise<CommandEnd<T>>,
  host: 'cli' | 'web' = 'cli',
): Promise<void> => {
  let app: App | undefined;
  try {
    app = await openApp(options, host);
    const opened = app;
    const callId = randomUUID();
    let interrupted = false;
    let working = true;
    const interrupt = (): void => {
      if (interrupted) process.exit(130);
      interrupted = true;
      // A served window, and the closing of files, end by themselves.
      if (!working) return;
      note('\nStopping; what was collected is kept.');
      void opened.api.cancel({ callId });
    };
    // They stay until the process ends: a second Ctrl-C while files are closed must not end it by the signal.
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', interrupt);
    const stopProgress = showProgress((listener) => opened.on('progress', listener));
    const stopCodes = opened.on('deviceCode', (prompt) => {
      note(`To sign in, open ${prompt.verificationUri} and enter the code ${prompt.userCode}.`);
    });
    try {
      const on = options.connection ? { connection: options.connection } : {};
      const end = await work({ app, api: app.api, callId, on });
      stopProgress();
      working = false;
      if (!end.result.ok) {
        process.exitCode = fail(end.result.failure, options);
        return;
      }
      if (options.json) printJson(end.result);
      else await end.print?.(end.result.value);
      process.exitCode = end.exitCode ?? 0;
    } finally {
      stopProgress();
      stopCodes();
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.exitCode = fail(error.failure, options);
  } finally {
    await app?.close();
  }
};
