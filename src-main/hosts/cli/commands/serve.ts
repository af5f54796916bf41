import { fileURLToPath } from 'node:url';
import type { App } from '../../compose.ts';
import { openInBrowser } from '../../open-in-browser.ts';
import { line, note, printFailure, printJson } from '../print.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { openApp, type CommonOptions } from '../session.ts';
import { isAppError } from '../../../core/app-error.ts';
import { untilStopped } from '../until-stopped.ts';

export interface ServeOptions extends CommonOptions {
  port?: number;
  open?: boolean;
}

const rendererDirectory = fileURLToPath(new URL('../../../../out/renderer/', import.meta.url));

/** A computer without a browser, or without a way to open it, still gets the window: its address was printed. */
const openOrSay = async (address: string): Promise<void> => {
  try {
    await openInBrowser(address);
  } catch (error) {
    if (!isAppError(error)) throw error;
    note('No browser could be opened here; open the address yourself.');
  }
};

/** Serves the window of an open application until Ctrl-C or the end of the service, then closes both. */
export const serveUntilStopped = async (app: App, options: ServeOptions): Promise<void> => {
  // A demo that serves no window needs no web server.
  const { startWebHost } = await import('../../web/server.ts');
  const host = await startWebHost({
    app,
    rendererDirectory,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const stopped = untilStopped();
  try {
    if (options.json) printJson({ version: 1, ok: true, value: { address: host.url } });
    else line(`The window: ${host.url}`);
    if (options.open) await openOrSay(host.url);
    if (!options.json) note('Ctrl-C ends it.');
    await stopped;
  } finally {
    await host.close();
  }
};

export const serve = async (options: ServeOptions): Promise<void> => {
  let app: App | undefined;
  try {
    app = await openApp(options, 'web');
    await serveUntilStopped(app, options);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (options.json) printJson({ version: 1, ok: false, failure: error.failure });
    else printFailure(error.failure);
    process.exitCode = exitCodeOf(error.failure);
  } finally {
    await app?.close();
  }
};
