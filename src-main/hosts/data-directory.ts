import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '../adapters/files/make-folder.ts';
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

/** Makes the directory, for its owner only. Throws `file-unwritable` when it cannot be made or written. */
export const makeDataDirectory = (directory: string): void => {
  try {
    makeFolder(directory);
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
