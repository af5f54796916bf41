import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './own-node.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const out = join(root, 'out');
/** Holds the moment at which the build began. */
const stamp = 'built-at';
const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
const sources = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

/** @param {string} path @returns {number} newest change at or below a path, in milliseconds; 0 when it is not there */
const newestChange = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  let newest = found.mtimeMs;
  if (found.isDirectory()) {
    for (const name of readdirSync(path)) newest = Math.max(newest, newestChange(join(path, name)));
  }
  return newest;
};

const isCurrent = () => {
  const file = join(out, stamp);
  if (!existsSync(file)) return false;
  const builtAt = Number(readFileSync(file, 'utf8'));
  return sources.every((path) => newestChange(join(root, path)) <= builtAt);
};

/**
 * Runs the builder, quietly; what it said is shown when it fails.
 * @param {string} directory
 * @returns {Promise<boolean>}
 */
const runBuilder = async (directory) => {
  const child = spawn(requireNode(), [builder, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', UNIFI_MONITOR_BUILD_DIRECTORY: directory },
  });
  /** @type {Buffer[]} */
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', resolve);
  });
  if (code !== 0) process.stderr.write(`${Buffer.concat(said).toString()}\nThe window could not be built.\n`);
  return code === 0;
};

/**
 * Builds the window, preload and Electron main bundle aside and then puts them in place as out/, so that two programs
 * that start at once never see half a build. One line on stderr.
 * @returns {Promise<boolean>} false when the build failed; the build before it is still there then
 */
export const build = async () => {
  if (!existsSync(builder)) {
    process.stderr.write('The window cannot be built: the build tools are missing. Run "npm ci" first.\n');
    return false;
  }
  process.stderr.write('Building the window (a few seconds) ...\n');
  const aside = join(root, '.cache', `build-${String(process.pid)}`);
  const former = `${aside}-former`;
  const startedAt = Date.now();
  try {
    mkdirSync(aside, { recursive: true });
    if (!(await runBuilder(aside))) return false;
    writeFileSync(join(aside, stamp), String(startedAt));
    if (existsSync(out)) renameSync(out, former);
    try {
      renameSync(aside, out);
    } catch (error) {
      // Another program put its own build in place at the same moment: as good as this one.
      if (!isCurrent()) throw error;
    }
    return true;
  } finally {
    for (const folder of [aside, former]) rmSync(folder, { recursive: true, force: true });
  }
};

/** @returns {Promise<boolean>} true when the build is there and not older than the sources, after building if needed */
export const ensureBuilt = async () => isCurrent() || build();
