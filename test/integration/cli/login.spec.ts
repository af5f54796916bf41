import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignInReport } from '../../../src-main/contract/methods/connections.ts';
import type { ConnectReport } from '../../../src-main/contract/models/connection.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { resultOf, runCli, runHere, temporaryDirectory, valueOf, type CliRun } from '../../support/cli.ts';
import { connectionOf } from '../trouble/connected-tenant.ts';

let tenant: DemoTenant;
let file: string;
let env: Record<string, string>;

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 30, days: 3, seed: 7, throttling: false });
  const directory = await temporaryDirectory();
  const { servicePrincipalId: _application, jobId: _job, ...bare } = connectionOf(tenant);
  file = join(directory, 'contoso.json');
  await writeFile(file, JSON.stringify(bare));
  env = { UNIFI_MONITOR_DATA_DIR: directory };
  const args = ['connect', '--from', file, '--job', tenant.ids.jobId, '--json'];
  const secrets = {
    AZURE_CLIENT_SECRET: tenant.credentials.clientSecret,
    UNIFI_SCIM_TOKEN: tenant.credentials.scimToken,
  };
  expect((await runHere(args, { env: { ...env, ...secrets } })).code).toBe(0);
}, 60_000);
afterAll(() => tenant.close());

// The key stores of macOS and Windows are always there; on Linux a test run has no session bus.
describe.skipIf(process.platform !== 'linux')('login without a key store', () => {
  const login = (...more: string[]): Promise<CliRun> =>
    runCli(['login', '--client-secret-stdin', ...more], { env, input: `${tenant.credentials.clientSecret}\n` });

  test('says that nothing outlives the process', async () => {
    const run = await login();
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/nothing outlives this process/u);
    expect(valueOf<SignInReport>(await login('--json')).persistent).toBe(false);
  });

  test('and indeed nothing does', async () => {
    const run = await runCli(['login', '--json'], { env });
    expect(resultOf(run)).toMatchObject({ ok: false, failure: { code: 'auth-required' } });
  });
});

test('a device code is refused where no person signs in', async () => {
  const run = await runHere(['login', '--device-code', '--json'], { env });
  expect(resultOf(run)).toMatchObject({ ok: false, failure: { code: 'input-invalid', fields: [{ field: 'mode' }] } });
  expect(run.code).toBe(2);
});

test('a job that is not there is not taken for a missing application: what fits is shown', async () => {
  const other = { ...env, UNIFI_MONITOR_DATA_DIR: await temporaryDirectory() };
  const secrets = { AZURE_CLIENT_SECRET: tenant.credentials.clientSecret };
  const args = ['connect', '--from', file, '--job', 'unifi.nowhere'];
  const text = await runHere(args, { env: { ...other, ...secrets } });
  expect(text.code).toBe(2);
  expect(text.stdout).toContain(`--job ${tenant.ids.jobId}`);
  expect(text.stdout).not.toMatch(/No enterprise application/u);
  const report = valueOf<ConnectReport>(await runHere([...args, '--json'], { env: { ...other, ...secrets } }));
  expect(report.saved).toBe(false);
  expect(report.candidates?.map((candidate) => candidate.jobId)).toContain(tenant.ids.jobId);
});

describe('impossible wishes', () => {
  test.each([
    ['a data directory below a place where nothing can be made', ['status', '--data-dir', '/proc/nowhere'], 5],
    ['an unknown scenario', ['demo', '--no-serve', '--scenario', 'constructor'], 2],
    ['an unknown scenario of a served tenant', ['demo', '--tenant-only', '--scenario', 'nonsense'], 2],
  ])('%s ends at once with what to do', async (what, args, code) => {
    if (what.startsWith('a data') && process.platform !== 'linux') return;
    const run = await runHere(args, { env });
    expect(run.code).toBe(code);
    expect(run.stderr).toMatch(code === 2 ? /quarantine-credentials/u : /--data-dir/u);
  });
});
