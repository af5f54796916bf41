import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A download that does not grow for so long is given up, and any download after the second limit. */
const usualLimits = { stalledMs: 20_000, longestMs: 600_000 };

/** @param {string} directory @returns {number} bytes of all files below; another number at each call while it changes */
const sizeOf = (directory) => {
  try {
    let bytes = 0;
    for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
    }
    return bytes;
  } catch {
    // A file went away while it was counted: something happens there.
    return -Math.random();
  }
};

const executableNames = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/** @param {string} folder of the electron package @returns {string | null} the runtime's executable, when it is there */
const presentRuntime = (folder) => {
  const { ELECTRON_OVERRIDE_DIST_PATH: given } = process.env;
  const name = executableNames[/** @type {'darwin'} */ (process.platform)] ?? 'electron';
  // The installer writes path.txt last: without it, what lies in dist may be half of a runtime.
  if (!given && !existsSync(join(folder, 'path.txt'))) return null;
  const executable = join(given ?? join(folder, 'dist'), name);
  return existsSync(executable) ? executable : null;
};

/**
 * Runs Electron's own installer, which downloads and checks the runtime, in a process that can be ended: it may hang
 * where packets are dropped. Its temporary folder shows whether it still gets anything.
 * @param {string} folder
 * @param {typeof usualLimits} limits
 * @returns {Promise<void>}
 */
const download = (folder, limits) =>
  new Promise((resolve) => {
    const scratch = mkdtempSync(join(tmpdir(), 'unifi-monitor-electron-'));
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: 'ignore',
      env: { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
    });
    const startedAt = Date.now();
    let grewAt = startedAt;
    let size = 0;
    const watch = setInterval(() => {
      const now = sizeOf(scratch);
      if (now !== size) grewAt = Date.now();
      size = now;
      if (Date.now() - grewAt > limits.stalledMs || Date.now() - startedAt > limits.longestMs) child.kill('SIGKILL');
    }, 500);
    const end = () => {
      clearInterval(watch);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
      resolve();
    };
    child.once('error', end);
    child.once('exit', end);
  });

/**
 * The Electron runtime of this checkout, downloaded when it is missing and can be had. Never takes longer than the
 * limits above, never throws.
 * @param {typeof usualLimits} [limits]
 * @returns {Promise<{ executable: string } | { because: string }>} `because` completes the sentence "No Electron window: ..."
 */
export const findElectron = async (limits = usualLimits) => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { because: 'this computer has no display' };
  }
  let folder;
  try {
    folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return { because: 'the electron package is not installed' };
  }
  const present = presentRuntime(folder);
  if (present) return { executable: present };
  await download(folder, limits);
  const downloaded = presentRuntime(folder);
  return downloaded
    ? { executable: downloaded }
    : { because: 'the Electron runtime is not here and could not be downloaded' };
};
