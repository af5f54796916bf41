import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, ipcMain, Menu, protocol, session, shell } from 'electron';
import { createBugLog } from '../bug-log.ts';
import { composeApp } from '../compose.ts';
import { dataDirectory } from '../data-directory.ts';
import { connectIpc } from './ipc.ts';
import { windowMenu } from './menu.ts';
import { createWindow } from './window.ts';
import { createWindowFiles } from './window-files.ts';
import { isSignInAddress, windowScheme } from './window-address.ts';

/*
 * The application in an Electron window. Built into out/main/main.js: the threads it starts, the preload and the
 * window's files lie at fixed places beside it.
 */

const built = (path: string): URL => new URL(path, import.meta.url);

const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } }, strict: false });
const givenDirectory = values['data-dir'];
const directory = dataDirectory(typeof givenDirectory === 'string' ? givenDirectory : undefined, process.env);

app.setPath('userData', join(directory, 'window'));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: windowScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const focusWindow = (): void => {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
};

const start = async (): Promise<void> => {
  await app.whenReady();
  Menu.setApplicationMenu(Menu.buildFromTemplate(windowMenu(process.platform)));
  const now = process.env['UNIFI_MONITOR_NOW'];
  const bugs = createBugLog(directory);
  const product = await composeApp({
    host: 'electron',
    dataDirectory: directory,
    env: process.env,
    systemProxy: (url) => session.defaultSession.resolveProxy(url),
    openBrowser: (address) =>
      isSignInAddress(address)
        ? shell.openExternal(address)
        : Promise.reject(new Error('A sign-in begins at an https address.')),
    storeWorkerUrl: built('./store-worker.js'),
    jobWorkerUrl: built('./job-worker.js'),
    demoWorkerUrl: built('./tenant-worker.js'),
    queryProcessUrl: built('./query-process.js'),
    careWorkerUrl: built('./care-worker.js'),
    ...(now ? { now } : {}),
  });
  protocol.handle(windowScheme, createWindowFiles(fileURLToPath(built('../renderer/'))));

  const window = createWindow({
    preloadFile: fileURLToPath(built('../preload/index.cjs')),
    openOutside(address) {
      shell.openExternal(address).catch((error: unknown) => bugs.record(error, 'open a link'));
    },
  });
  const disconnect = connectIpc({
    app: product,
    ipcMain,
    window,
    onForeignSender: () => bugs.record(new Error('foreign sender'), 'ipc'),
  });

  let closing: Promise<void> | undefined;
  app.on('before-quit', (event) => {
    if (closing) return;
    event.preventDefault();
    disconnect();
    closing = product
      .close()
      .catch((error: unknown) => {
        bugs.record(error, 'quit');
      })
      .then(() => {
        app.exit(0);
      });
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
};

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', focusWindow);
  start().catch((error: unknown) => {
    createBugLog(directory).record(error, 'start');
    process.stderr.write('The window could not be opened; see logs/unifi-monitor.log in the data directory.\n');
    app.exit(70);
  });
} else {
  app.quit();
}
