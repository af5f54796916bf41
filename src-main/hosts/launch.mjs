#!/usr/bin/env node
// Starts the command line in a Node that can carry it. Plain JavaScript, because it must run on Node 20.19 too:
// there better-sqlite3 13 would crash the process, and types are not stripped. See ARCHITECTURE.md, "Which Node".
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const entry = new URL('./cli/main.ts', import.meta.url);
const able = Number(process.versions.napi) >= 10 && process.features.typescript === 'strip';

/** @returns {string | null} the Node that npm installed for this platform, if it did */
const ownNode = () => {
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

if (able) {
  await import(entry.href);
} else {
  const node = ownNode();
  if (!node) {
    process.stderr.write(
      `This program needs Node 24 (this is ${process.version}), and no Node was installed beside it for ` +
        `${process.platform} ${process.arch}. Install Node 24, or run "npm ci" again without "--omit=optional".\n`,
    );
    process.exit(70);
  }
  const args = [
    '--disable-warning=ExperimentalWarning',
    ...process.execArgv,
    fileURLToPath(entry),
    ...process.argv.slice(2),
  ];
  const child = spawn(node, args, { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both processes; a service manager sends to this one alone. Either way the child decides.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT') child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
}
