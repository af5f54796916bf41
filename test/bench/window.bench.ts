import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { createConnectionStore } from '../../src-main/adapters/files/connection-store.ts';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { startProduct } from '../e2e/support/product.ts';
import { findBrowser } from '../support/browser.ts';
import { logRecordOf, type LogShape } from './support/log-rows.ts';
import { note, p95, printFigures, round, scale, timed, type Figure } from './support/measure.ts';

/*
 * How long the served window needs on a million stored log rows, from the request of its address to a log whose rows
 * are there and answer the keyboard. Each round is a browser context of its own: nothing is cached.
 */

const now = '2026-11-23T00:00:00.000Z';
const shape: LogShape = { rows: Math.round(1_000_000 * scale), days: 45, people: 20_000, endMs: Date.parse(now) };
const dataDirectory = await mkdtemp(join(tmpdir(), 'unifi-monitor-window-bench-'));

const fill = async (): Promise<string> => {
  const connections = createConnectionStore(dataDirectory);
  const connection = await connections.save(
    {
      name: 'Large',
      cloud: 'global',
      tenantId: '11111111-1111-4111-8111-111111111111',
      clientId: '22222222-2222-4222-8222-222222222222',
      signIn: 'access-token',
      scim: { baseUrl: 'https://unifi.example/scim' },
    },
    { demo: false, trustedHosts: [], createdAt: now },
  );
  const store = openSqliteHistory({ file: connections.databaseFile(connection.id) });
  const atOnce = 5000;
  for (let row = 0; row < shape.rows; row += atOnce) {
    const length = Math.min(atOnce, shape.rows - row);
    await store.log.save(Array.from({ length }, (_, index) => logRecordOf(shape, row + index)));
  }
  await store.close();
  return connection.id;
};

try {
  const filled = await timed(fill);
  note(`window: ${shape.rows} rows stored in ${Math.round(filled.ms / 1000)} s`);
  const product = await startProduct({ dataDirectory, env: { UNIFI_MONITOR_NOW: now } });
  const { executable, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath: executable, args });
  const figures: Figure[] = [];
  try {
    const views = { log: '/log', 'log, one status': '/log?status=failure' };
    for (const [name, path] of Object.entries(views)) {
      const times: number[] = [];
      for (let count = 0; count < 7; count += 1) {
        const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
        const page = await context.newPage();
        const address = `${product.origin}/c/${encodeURIComponent(filled.value)}${path}${new URL(product.address).hash}`;
        const { ms } = await timed(async () => {
          await page.goto(address);
          const grid = page.getByRole('grid');
          await grid.getByRole('row').nth(5).getByRole('gridcell').first().waitFor();
          await grid.focus();
          await page.keyboard.press('ArrowDown');
          await grid.locator('[aria-selected="true"]').first().waitFor();
        });
        if (count > 1) times.push(ms);
        await context.close();
      }
      const value = p95(times);
      figures.push({
        name: `${name}: interactive on ${shape.rows} rows, slowest of ${times.length}`,
        value: round(value),
        unit: 'ms',
        target: '< 2000 ms',
        met: value < 2000,
      });
      note(`window: ${name} ${Math.round(value)} ms`);
    }
  } finally {
    await browser.close();
    await product.close();
  }
  printFigures('window', figures);
} finally {
  await rm(dataDirectory, { recursive: true, force: true });
}
