import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';

export interface Browser {
  executable: string;
  args: string[];
}

/** What a browser under test must not do: draw on a GPU, update itself, or talk to its maker. */
const quietFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const systemPlaces = (): string[] => {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => [
        join(root, 'Google/Chrome/Application/chrome.exe'),
        join(root, 'Microsoft/Edge/Application/msedge.exe'),
      ]);
  }
  const names = ['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chromium', 'chromium-browser'];
  return (process.env['PATH'] ?? '').split(':').flatMap((folder) => names.map((name) => join(folder, name)));
};

/**
 * A Chromium for the tests: `UNIFI_MONITOR_BROWSER`, else Chrome, Edge or Chromium of the system, else the one that
 * comes with `npm ci` (Linux x64). Throws when there is none: tests in a browser fail then, they are not skipped.
 */
export const findBrowser = async (): Promise<Browser> => {
  const given = process.env['UNIFI_MONITOR_BROWSER'];
  if (given) {
    if (!existsSync(given)) throw new Error(`UNIFI_MONITOR_BROWSER names "${given}", which does not exist.`);
    return { executable: given, args: quietFlags };
  }
  const found = systemPlaces().find((path) => existsSync(path));
  if (found) return { executable: found, args: quietFlags };
  if (process.platform === 'linux' && process.arch === 'x64') {
    return { executable: await sparticuz.executablePath(), args: quietFlags };
  }
  throw new Error('No browser for the tests: install Chrome, Edge or Chromium, or name one in UNIFI_MONITOR_BROWSER.');
};
