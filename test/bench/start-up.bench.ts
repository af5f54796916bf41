import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/* How long the bin itself takes to answer `--help`, in the Node that the machine has. */
const run = promisify(execFile);
const launcher = fileURLToPath(new URL('../../src-main/hosts/launch.mjs', import.meta.url));
const times: number[] = [];
for (let round = 0; round < 12; round += 1) {
  const startedMs = performance.now();
  await run('node', [launcher, '--help']);
  if (round >= 2) times.push(performance.now() - startedMs);
}
times.sort((one, other) => one - other);
const median = Math.round(times[Math.floor(times.length / 2)] ?? 0);
const { stdout } = await run('node', ['--version']);
process.stdout.write(
  `${JSON.stringify({
    name: 'start-up',
    figures: [
      {
        name: `unifi-monitor --help, median of ${times.length}, started in Node ${stdout.trim()}`,
        value: median,
        unit: 'ms',
        target: '300',
        met: median < 300,
      },
    ],
  })}\n`,
);
