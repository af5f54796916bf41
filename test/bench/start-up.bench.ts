import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { printFigures, type Figure } from './support/measure.ts';

/* How long the bin itself takes to answer `--help`: in the machine's own Node, and in the one that npm installed. */
const run = promisify(execFile);
const launcher = fileURLToPath(new URL('../../src-main/hosts/launch.mjs', import.meta.url));

// npm puts the project's Node before the machine's in PATH; a person who types `unifi-monitor` has the machine's.
const machineNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((directory) => !directory.includes('node_modules'))
  .map((directory) => join(directory, process.platform === 'win32' ? 'node.exe' : 'node'))
  .find((file) => existsSync(file));

const figures: Figure[] = [];
for (const node of new Set([machineNode ?? process.execPath, process.execPath])) {
  const times: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const startedMs = performance.now();
    await run(node, [launcher, '--help']);
    if (round >= 2) times.push(performance.now() - startedMs);
  }
  times.sort((one, other) => one - other);
  const median = Math.round(times[Math.floor(times.length / 2)] ?? 0);
  const { stdout } = await run(node, ['--version']);
  figures.push({
    name: `unifi-monitor --help, median of ${times.length}, started in Node ${stdout.trim()}`,
    value: median,
    unit: 'ms',
    target: '< 300 ms',
    met: median < 300,
  });
}
printFigures('start-up', figures);
