#!/usr/bin/env node
// Starts the program in a Node that can carry it. Plain JavaScript, because it must run on Node 20.19 too: there
// better-sqlite3 13 would crash the process, and types are not stripped. See ARCHITECTURE.md, "Which Node".
import { fileURLToPath } from 'node:url';
import { useCompileCache, withCompileCache } from './launcher/compile-cache.mjs';
import { requireNode, runToEnd, thisNodeIsAble } from './launcher/own-node.mjs';

const entry = new URL('./cli/main.ts', import.meta.url);
const args = process.argv.slice(2);
const [command] = args;

/** @param {string[]} cliArgs runs the command line: in this process where it can be, else in our own Node */
const runCommandLine = async (cliArgs) => {
  if (thisNodeIsAble) {
    useCompileCache();
    process.argv.splice(2, Infinity, ...cliArgs);
    await import(entry.href);
    return;
  }
  const nodeArgs = ['--disable-warning=ExperimentalWarning', ...process.execArgv, fileURLToPath(entry), ...cliArgs];
  process.exit(await runToEnd(requireNode(), nodeArgs, { env: withCompileCache() }));
};

const has = (/** @type {string[]} */ ...options) => options.some((option) => args.includes(option));

/** Commands that end with the window; the others do not wait for a build. */
const showsWindow = () => {
  if (has('--help', '-h')) return false;
  return command === 'serve' || (command === 'demo' && !has('--no-serve', '--json', '--tenant-only'));
};

if (command === '--build') {
  const { build } = await import('./launcher/build-window.mjs');
  process.exit((await build()) ? 0 : 70);
} else if (command === 'start') {
  const { start } = await import('./launcher/start.mjs');
  await start(args.slice(1), runCommandLine);
} else {
  if (showsWindow()) {
    const { ensureBuilt } = await import('./launcher/build-window.mjs');
    if (!(await ensureBuilt())) process.exit(70);
  }
  await runCommandLine(args);
}
