import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './own-node.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Holds the moment at which the last complete build began. */
const stampFile = join(root, 'out', 'built-at');
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
  if (!existsSync(stampFile) || !existsSync(join(root, 'out', 'renderer', 'index.html'))) return false;
  const builtAt = Number(readFileSync(stampFile, 'utf8'));
  return sources.every((path) => newestChange(join(root, path)) <= builtAt);
};

/**
 * Builds the window, preload and Electron main bundle into out/. Quiet but for one line on stderr; what the builder
 * said is shown when it fails.
 * @returns {Promise<boolean>} false when the build failed
 */
export const build = async () => {
  if (!existsSync(builder)) {
    process.stderr.write('The window cannot be built: the build tools are missing. Run "npm ci" first.\n');
    return false;
  }
  process.stderr.write('Building the window (a few seconds) ...\n');
  const startedAt = Date.now();
  const child = spawn(requireNode(), [builder, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  /** @type {Buffer[]} */
  const said = [];
  child.stdout.on('data', (chunk) => said.push(chunk));
  child.stderr.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', resolve);
  });
  if (code !== 0) {
    process.stderr.write(`${Buffer.concat(said).toString()}\nThe window could not be built.\n`);
    return false;
  }
  writeFileSync(stampFile, String(startedAt));
  return true;
};

/** @returns {Promise<boolean>} true when the build is there and not older than the sources, after building if needed */
export const ensureBuilt = async () => isCurrent() || build();
