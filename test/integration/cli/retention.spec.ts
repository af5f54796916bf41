import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from '../../../src-main/contract/models/page.ts';
import type { LogRow } from '../../../src-main/contract/models/provisioning-event.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { runHere, temporaryDirectory, valueOf } from '../../support/cli.ts';
import { connectionOf, environmentOf, writeJson } from '../trouble/connected-tenant.ts';

let tenant: DemoTenant;
let env: Record<string, string>;
let file: string;

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 40, days: 12, seed: 7, throttling: false });
  const directory = await temporaryDirectory();
  env = { ...environmentOf(tenant), UNIFI_MONITOR_DATA_DIR: directory };
  file = await writeJson(directory, 'contoso.json', connectionOf(tenant));
}, 60_000);
afterAll(() => tenant.close());

const rowsBefore = async (days: number): Promise<number> => {
  const to = new Date(tenant.nowMs - days * 86_400_000).toISOString();
  return valueOf<Page<LogRow>>(await runHere(['logs', '--to', to, '--json'], { env })).total ?? 0;
};

test('log rows are kept for ever, until a connection says for how long', { timeout: 60_000 }, async () => {
  valueOf(await runHere(['connect', '--from', file, '--json'], { env }));
  valueOf(await runHere(['collect', '--json'], { env }));
  const old = await rowsBefore(4);
  expect(old).toBeGreaterThan(0);
  valueOf(await runHere(['collect', '--json'], { env }));
  expect(await rowsBefore(4)).toBe(old);

  valueOf(await runHere(['connect', '--from', file, '--replace', '--keep-logs', '4', '--json'], { env }));
  const run = await runHere(['check', '--json'], { env });
  expect(run.code).toBe(0);
  // Whole hours go: of the hour in which the moment lies, rows may stay.
  expect(await rowsBefore(4 + 1 / 24)).toBe(0);
  expect(await rowsBefore(0)).toBeGreaterThan(0);
  valueOf(await runHere(['collect', '--json'], { env }));
  expect(await rowsBefore(4 + 1 / 24)).toBe(0);
});
