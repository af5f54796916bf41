import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../core/app-error.ts';

const folder = 'unifi-provisioning-monitor';

/** Where everything is kept: `--data-dir`, else `UNIFI_MONITOR_DATA_DIR`, else the platform's place for application data. */
export const dataDirectory = (given: string | undefined, env: Record<string, string | undefined>): string => {
  const chosen = given ?? env['UNIFI_MONITOR_DATA_DIR'];
  if (chosen) return resolve(chosen);
  if (process.platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), folder);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', folder);
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), folder);
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Folder by folder: Node's own recursive way never ends below /proc, where a parent exists and nothing can be made. */
const makeFolders = (directory: string): void => {
  if (isFolder(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) makeFolders(parent);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another program that starts at the same moment may have made it.
    if (!isFolder(directory)) throw error;
  }
};

/** Makes the directory, for its owner only. Throws `file-unwritable` when it cannot be made or written. */
export const makeDataDirectory = (directory: string): void => {
  try {
    makeFolders(directory);
    accessSync(directory, constants.W_OK);
  } catch (cause) {
    throw new AppError(
      {
        code: 'file-unwritable',
        message: `The data directory ${directory} cannot be made or written.`,
        advice: 'Choose another one with --data-dir or UNIFI_MONITOR_DATA_DIR, or make this one writable.',
        file: directory,
      },
      { cause },
    );
  }
};
