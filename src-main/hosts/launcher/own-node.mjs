import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';

/*
 * Plain JavaScript, like everything in this folder: it runs in whatever Node starts the program, from 20.19 on.
 */

/** True when this Node strips types and carries better-sqlite3, which crashes older ones. */
export const thisNodeIsAble = Number(process.versions.napi) >= 10 && process.features.typescript === 'strip';

/** @returns {string | null} the Node that npm installed for this platform (npm 11 links it in .bin, npm 10 does not) */
export const findOwnNode = () => {
  const require = createRequire(import.meta.url);
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const arch = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  for (const name of [`node-${arch}`, `node-bin-${arch}`]) {
    try {
      return require.resolve(`${name}/${file}`);
    } catch {
      // Not installed under this name; the next one, or the sentence below.
    }
  }
  return null;
};

/** @returns {string} a Node that can run the product; ends the process with a sentence when there is none */
export const requireNode = () => {
  const node = thisNodeIsAble ? process.execPath : findOwnNode();
  if (node) return node;
  process.stderr.write(
    `This program needs Node 24 (this is ${process.version}), and no Node was installed beside it for ` +
      `${process.platform} ${process.arch}. Install Node 24, or run "npm ci" again without "--omit=optional".\n`,
  );
  process.exit(70);
};

/**
 * Runs a program with this terminal and waits for it; the exit code is the child's, 128 + n after signal n.
 * The child decides when it has finished: a terminal sends Ctrl-C to both processes, so it is not handed on there (a
 * second one would end the child at once); a script or service manager sends its signals to this process alone.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export const runToEnd = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== 'SIGINT' || !inTerminal) child.kill(signal);
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, forward);
    const release = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      release();
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
