import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capability, ConnectReport } from '../../../src-main/contract/models/connection.ts';
import type { CheckResult } from '../../../src-main/contract/models/finding.ts';
import type { StatusResult } from '../../../src-main/contract/models/job-status.ts';
import type { SourceName } from '../../../src-main/contract/models/run.ts';
import { runHere, temporaryDirectory, valueOf } from '../../support/cli.ts';
import { connectTenant, environmentOf, writeJson, type ConnectedTenant } from './connected-tenant.ts';
import { createTroubleWorld } from './trouble-world.ts';

let connected: ConnectedTenant;
let untouched: ConnectedTenant;

beforeAll(async () => {
  connected = await connectTenant();
  untouched = await connected.copy();
  // Something to lose.
  valueOf(await connected.run(['check', '--json']));
});
afterAll(async () => {
  await untouched.close();
  await connected.close();
});

/** What a capability that Graph refuses takes along, and the permission that connect names. */
const blind: [Capability, string, SourceName[]][] = [
  ['log', 'ProvisioningLog.Read.All', ['provisioning-log']],
  ['job', 'Synchronization.Read.All', ['jobs']],
  ['schema', 'Synchronization.Read.All', ['schema']],
  ['job-settings', 'Synchronization.Read.All', ['job-settings']],
  ['assignments', 'Application.Read.All', ['assignments']],
  ['directory', 'User.Read.All and GroupMember.Read.All', ['users', 'groups']],
  ['deleted-users', 'User.Read.All', ['deleted-users']],
  ['audit', 'AuditLog.Read.All', ['audit']],
];

describe('a right that is missing', () => {
  test.each(blind)('%s is named by connect, which saves all the same', async (capability, permission, sources) => {
    const directory = await temporaryDirectory();
    const file = await writeJson(directory, 'contoso.json', connected.connection);
    const env = { ...environmentOf(connected.tenant), UNIFI_MONITOR_DATA_DIR: directory };
    await connected.tenant.configure({ denied: [capability], denial: 'permission' });
    const report = valueOf<ConnectReport>(await runHere(['connect', '--from', file, '--json'], { env }));
    const item = report.tests.find((one) => one.id === capability);
    expect(item).toMatchObject({ state: 'fails', permission, failure: { code: 'graph-forbidden' } });
    expect(item?.role).toMatch(/role/u);
    expect(item?.sentence).toContain(permission);
    expect(report.tests.filter((one) => one.state === 'fails').map((one) => one.id)).toEqual([capability]);
    expect(report.saved).toBe(true);

    const run = await connected.run(['check', '--json']);
    const check = valueOf<CheckResult>(run);
    expect(run.code).toBe(4);
    const wrong = check.sources.filter((source) => source.status !== 'complete').map((source) => source.source);
    expect(wrong.sort()).toEqual([...sources].sort());
    for (const source of check.sources.filter((one) => sources.includes(one.source))) {
      expect(source).toMatchObject({ status: 'failed', failure: { code: 'graph-forbidden' } });
      expect(source.failure?.permissions?.length).toBeGreaterThan(0);
    }
    // What cannot be seen is not missing.
    expect(check.findings).toEqual([]);
  });

  test('a right that comes back is used at once, and nothing was lost meanwhile', async () => {
    await connected.tenant.configure({ denied: [] });
    const run = await connected.run(['check', '--json']);
    expect(run.code).toBe(0);
    expect(valueOf<CheckResult>(run).findings).toEqual([]);
    expect(valueOf<StatusResult>(await connected.run(['status', '--json'])).counts).toMatchObject({
      users: 90,
      accounts: 90,
      assignments: 3,
      groups: 3,
    });
  });

  test('the look-up of applications and a missing licence are said in words', async () => {
    const directory = await temporaryDirectory();
    const { servicePrincipalId: _one, jobId: _two, ...bare } = connected.connection;
    const file = await writeJson(directory, 'contoso.json', bare);
    const env = { ...environmentOf(connected.tenant), UNIFI_MONITOR_DATA_DIR: directory };
    await connected.tenant.configure({ denied: ['application'], denial: 'role' });
    const unknown = await runHere(['connect', '--from', file], { env });
    expect(unknown.code).toBe(2);
    expect(unknown.stdout).toMatch(/could not be looked up/u);
    expect(unknown.stdout).toMatch(/--service-principal/u);
    await connected.tenant.configure({ denied: ['log'], denial: 'licence' });
    const unlicensed = await connected.run(['collect']);
    expect(unlicensed.code).toBe(4);
    expect(unlicensed.stdout).toMatch(/provisioning-log +failed .+licence/u);
    await connected.tenant.configure({ denied: [] });
  });
});

describe('what is blind from the first run on', () => {
  test.each([
    ['nobody of the directory', ['directory'] as Capability[], {}],
    ['no assignment', ['assignments'] as Capability[], {}],
    ['no account of UNIFI', [] as Capability[], { UNIFI_SCIM_TOKEN: 'not-the-token' }],
  ])('%s can be read: nothing is missing, orphaned or healthy for it', async (_what, denied, env) => {
    const own = await untouched.copy();
    await connected.tenant.configure({ denied, denial: 'permission' });
    const run = await own.run(['check', '--json'], env);
    await connected.tenant.configure({ denied: [] });
    const check = valueOf<CheckResult>(run);
    expect(run.code).toBe(4);
    expect(check.findings).toEqual([]);
    const kinds = check.notEvaluated.map((entry) => entry.kind);
    expect(kinds).toContain('missing-in-target');
    expect(kinds).toContain('active-not-entitled');
    await own.close();
  });

  test('a finding that can no longer be verified stays, and says so', async () => {
    const renamed = await connectTenant(
      createTroubleWorld({
        change: (side, index, object) =>
          side === 'account' && index === 5
            ? { ...object, userName: 'somebody@else.example', displayName: 'Somebody' }
            : object,
      }),
    );
    const before = valueOf<CheckResult>(await renamed.run(['check', '--json'])).findings;
    expect(before.map((finding) => finding.kind)).toEqual(
      expect.arrayContaining(['missing-in-target', 'orphan-in-target']),
    );
    expect(before.every((finding) => finding.verified)).toBe(true);
    await renamed.tenant.configure({ denied: ['directory'] });
    const run = await renamed.run(['check', '--json']);
    expect(
      valueOf<CheckResult>(run)
        .findings.map(({ id, verified }) => [id, verified])
        .sort(),
    ).toEqual(before.map(({ id }) => [id, false]).sort());
    const text = await renamed.run(['check', '--offline']);
    expect(text.stdout).toMatch(/missing-in-target +high, \w+.*, not verified this time/u);
    expect(text.stdout).toMatch(/as far as could be checked/u);
    expect(text.stdout).toMatch(/What to do:\n[\s\S]*  users: It needs the permission User\.Read\.All/u);
    expect(text.stdout).toMatch(/users \(failed\): Microsoft Graph refused/u);
    await renamed.close();
  });
});
