import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../support/browser.ts';

const bundle = fileURLToPath(new URL('../../../out/main/main.js', import.meta.url));
const standIn = new URL('./electron-stand-in/register.mjs', import.meta.url).href;

/** What the stand-in saw the product do, such as `{type: 'open-external', url}`. */
export type Seen = { type: string } & Record<string, unknown>;

export interface BuiltElectronApp {
  page: Page;
  seen: Seen[];
  dataDirectory: string;
  send(message: { type: string }): void;
  /** Closes the window as its user would; gives the exit code of the program. */
  closeWindow(): Promise<number | null>;
  dispose(): Promise<void>;
}

const startBrowser = async (profile: string): Promise<{ process: ChildProcess; address: string }> => {
  const { executable, args } = await findBrowser();
  const browser = spawn(
    executable,
    [...args, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: profile },
    },
  );
  for await (const line of createInterface({ input: browser.stderr })) {
    const found = /DevTools listening on (ws:\S+)/u.exec(line);
    if (found?.[1]) {
      browser.stderr.resume();
      return { process: browser, address: found[1] };
    }
  }
  throw new Error('The browser ended before it could be driven.');
};

/** Runs the built main bundle and preload over a real Chromium, with the stand-in for the `electron` module. */
export const startBuiltElectronApp = async (): Promise<BuiltElectronApp> => {
  if (!existsSync(bundle)) throw new Error('The Electron bundle is missing: run "npm run build".');
  const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-electron-'));
  const dataDirectory = join(folder, 'data');
  const browser = await startBrowser(join(folder, 'profile'));
  const child = spawn(process.execPath, ['--import', standIn, bundle, '--data-dir', dataDirectory], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'], HOME: folder, STAND_IN_DEVTOOLS: browser.address },
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const seen: Seen[] = [];
  child.on('message', (message: Seen) => seen.push(message));

  const connection = await chromium.connectOverCDP(browser.address);
  const [context] = connection.contexts();
  const isOurs = (page: Page): boolean => page.url().includes('.localhost/');
  const deadline = Date.now() + 30_000;
  let page = context?.pages().find(isOurs);
  while (!page && Date.now() < deadline && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    page = context?.pages().find(isOurs);
  }

  const dispose = async (): Promise<void> => {
    await connection.close();
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
    const browserExited = once(browser.process, 'exit');
    browser.process.kill('SIGKILL');
    await browserExited;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  if (!page) {
    await dispose();
    throw new Error('The built application opened no window.');
  }
  const opened = page;
  return {
    page: opened,
    seen,
    dataDirectory,
    send: (message) => child.send(message),
    async closeWindow() {
      await opened.close();
      const [code] = await exited;
      return code;
    },
    dispose,
  };
};
