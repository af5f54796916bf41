import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = 'unifi-provisioning-monitor';

/** Where everything is kept: `--data-dir`, else `UNIFI_MONITOR_DATA_DIR`, else the platform's place for application data. */
export const dataDirectory = (given: string | undefined, env: Record<string, string | undefined>): string => {
  const chosen = given ?? env['UNIFI_MONITOR_DATA_DIR'];
  if (chosen) return resolve(chosen);
  if (process.platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), folder);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', folder);
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), folder);
};
