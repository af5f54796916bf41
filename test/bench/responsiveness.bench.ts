import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { composeApp } from '../../src-main/hosts/compose.ts';

/*
 * How long the thread that serves the window is blocked while a collection and a cross-check run, and how long a page
 * of the log takes meanwhile, as the window would ask for it.
 */
const scale = Number(process.env['BENCH_SCALE'] ?? '1');
const people = Math.max(400, Math.round(20_000 * scale));
const from = (path: string): URL => new URL(path, import.meta.url);
const dataDirectory = await mkdtemp(join(tmpdir(), 'unifi-monitor-bench-'));
const app = await composeApp({
  host: 'web',
  dataDirectory,
  env: process.env,
  openBrowser: () => Promise.reject(new Error('no browser in a benchmark')),
  storeWorkerUrl: from('../../src-main/adapters/sqlite/store-worker.ts'),
  jobWorkerUrl: from('../../src-main/hosts/worker/job-worker.ts'),
  demoWorkerUrl: from('../../src-main/demo/tenant-worker.ts'),
});

const delay = monitorEventLoopDelay({ resolution: 5 });
const asked: number[] = [];
try {
  process.stderr.write(`responsiveness: demo tenant of ${people} people\n`);
  const opened = await app.api.openDemo({ callId: randomUUID(), options: { people, now: '2026-11-23T09:00:00Z' } });
  if (!opened.ok) throw new Error(opened.failure.message);
  const on = { connection: opened.value.connection.id };
  let running = true;
  delay.enable();
  const asking = (async () => {
    while (running) {
      const startedMs = performance.now();
      const page = await app.api.listLog({ ...on, filter: {}, page: { limit: 100 } });
      if (!page.ok) throw new Error(page.failure.message);
      asked.push(performance.now() - startedMs);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  const check = await app.api.check({ ...on, callId: randomUUID() });
  running = false;
  await asking;
  delay.disable();
  if (!check.ok) throw new Error(check.failure.message);
} finally {
  await app.close();
  await rm(dataDirectory, { recursive: true, force: true });
}
asked.sort((one, other) => one - other);
const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e5) / 10;
const p95 = Math.round((asked[Math.floor(asked.length * 0.95)] ?? 0) * 10) / 10;
process.stdout.write(
  `${JSON.stringify({
    name: 'responsiveness',
    figures: [
      {
        name: 'longest delay of the serving thread during collection and cross-check',
        value: ms(delay.max),
        unit: 'ms',
        target: '50',
        met: ms(delay.max) <= 50,
      },
      { name: '99 % of its delays were shorter than', value: ms(delay.percentile(99)), unit: 'ms' },
      { name: 'a page of the log meanwhile, p95', value: p95, unit: 'ms' },
      { name: 'pages asked for', value: asked.length, unit: 'pages' },
    ],
  })}\n`,
);
