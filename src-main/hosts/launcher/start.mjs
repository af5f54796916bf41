import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build-window.mjs';
import { findElectron } from './electron-runtime.mjs';
import { runToEnd } from './own-node.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const help = `Usage: unifi-monitor start [--data-dir <directory>]

Opens the window: in Electron where its runtime is present or can be downloaded, else served on loopback for the
system's browser (then the options of "unifi-monitor serve" apply too).

Example:
  unifi-monitor start
`;

/** An Electron that ends so early with an error did not come up: missing libraries, no display, no sandbox. */
const cameUpMs = 10_000;

/**
 * The application: an Electron window, or the same window on loopback.
 * @param {string[]} args
 * @param {(args: string[]) => Promise<void>} runCommandLine
 */
export const start = async (args, runCommandLine) => {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(help);
    return;
  }
  if (!(await ensureBuilt())) process.exit(70);
  const found = await findElectron();
  let because = 'because' in found ? found.because : '';
  if ('executable' in found) {
    const startedAt = Date.now();
    const code = await runToEnd(found.executable, [root, ...args]).catch(() => 1);
    if (code === 0 || Date.now() - startedAt > cameUpMs) process.exit(code);
    because = `Electron could not start here (exit code ${String(code)})`;
  }
  process.stderr.write(`No Electron window: ${because}. Serving the window for your browser instead.\n`);
  await runCommandLine(['serve', '--open', ...args]);
};
