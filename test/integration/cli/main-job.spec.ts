import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionFile, ConnectReport } from '../../../src-main/contract/models/connection.ts';
import type { DemoResult, TruthEntry } from '../../../src-main/contract/models/demo.ts';
import type { CheckResult } from '../../../src-main/contract/models/finding.ts';
import type { StatusResult } from '../../../src-main/contract/models/job-status.ts';
import type { Page } from '../../../src-main/contract/models/page.ts';
import type { Person } from '../../../src-main/contract/models/person.ts';
import type { LogRow, LogRowDetail } from '../../../src-main/contract/models/provisioning-event.ts';
import { sourceNames, type CollectResult } from '../../../src-main/contract/models/run.ts';
import { resultOf, runCli, runHere, startCli, temporaryDirectory, valueOf } from '../../support/cli.ts';

const size = ['--people', '120', '--days', '12', '--seed', '7'];

/** Every byte below a directory, as text that is searched for what must not be there. */
const everythingBelow = async (directory: string): Promise<string> => {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
};

interface Tenant {
  now: string;
  connection: ConnectionFile;
  environment: { AZURE_CLIENT_SECRET: string; UNIFI_SCIM_TOKEN: string };
}

describe('the main job on the embedded demo tenant', () => {
  test('collects, cross-checks, reports and ends', { timeout: 180_000 }, async () => {
    const dataDirectory = await temporaryDirectory();
    const truthFile = join(dataDirectory, 'truth.json');
    const run = await runCli(['demo', ...size, '--json', '--data-dir', dataDirectory, '--truth', truthFile]);
    const value = valueOf<DemoResult>(run);
    expect(run.code).toBe(0);
    expect(run.stderr).toBe('');
    expect(value.check.sources.map((source) => source.source).sort()).toEqual([...sourceNames].sort());
    expect(value.check.sources.filter((source) => source.status !== 'complete')).toEqual([]);
    expect(value.check.findings.length).toBeGreaterThan(5);
    expect(value.status.job?.sentence).toMatch(/\.$/u);
    for (const file of value.files) expect((await stat(file)).size).toBeGreaterThan(500);
    const truth = JSON.parse(await readFile(truthFile, 'utf8')) as TruthEntry[];
    expect(truth.length).toBeGreaterThan(5);
  });

  test('prints for people what a script gets as JSON', { timeout: 180_000 }, async () => {
    const dataDirectory = await temporaryDirectory();
    const run = await runCli(['demo', ...size, '--no-serve', '--data-dir', dataDirectory]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/open findings/u);
    expect(run.stdout).toMatch(/The worst 10 of/u);
    expect(run.stdout).toMatch(/Database: .+history\.db/u);
    expect(run.stdout).toMatch(/Report: {3}.+\.csv/u);
    expect(run.stdout).toMatch(/Report: {3}.+\.html/u);
    expect(run.stdout).not.toContain('undefined');
  });
});

describe('a tenant over HTTP, connected by a file', () => {
  let tenant: Awaited<ReturnType<typeof startCli<Tenant>>>;
  let dataDirectory: string;
  let file: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    tenant = await startCli<Tenant>(['demo', '--tenant-only', '--json', ...size]);
    dataDirectory = await temporaryDirectory();
    file = join(dataDirectory, 'contoso.json');
    const { connection } = tenant.value;
    const { servicePrincipalId: _sp, jobId: _job, ...bare } = connection;
    await writeFile(file, JSON.stringify({ ...bare, name: 'contoso' }));
    env = { ...tenant.value.environment, UNIFI_MONITOR_NOW: tenant.value.now, UNIFI_MONITOR_DATA_DIR: dataDirectory };
  }, 180_000);

  afterAll(async () => {
    expect(await tenant.stop()).not.toBe(70);
  });

  test('connect finds the application, tests everything and saves', { timeout: 120_000 }, async () => {
    let run = await runCli(['connect', '--from', file, '--json'], { env });
    let report = valueOf<ConnectReport>(run);
    if (report.candidates) {
      expect(run.code).toBe(2);
      expect(report.saved).toBe(false);
      expect(
        valueOf<{ connections: unknown[] }>(await runCli(['connect', '--list', '--json'], { env })).connections,
      ).toEqual([]);
      run = await runCli(['connect', '--from', file, '--json', '--job', String(tenant.value.connection.jobId)], {
        env,
      });
      report = valueOf<ConnectReport>(run);
    }
    expect(report.tests.filter((item) => item.state !== 'works')).toEqual([]);
    expect(report.saved).toBe(true);
    expect(report.connection.jobId).toBe(tenant.value.connection.jobId);
    expect(run.code).toBe(0);
  });

  test('collect, check, status, logs and people answer in their documented shapes', { timeout: 180_000 }, async () => {
    const collected = await runCli(['collect', '--json'], { env });
    expect(valueOf<CollectResult>(collected).sources.map((source) => source.status)).toEqual(
      sourceNames.map(() => 'complete'),
    );
    expect(collected.code).toBe(0);

    const checked = await runCli(['check', '--offline', '--json'], { env });
    const check = valueOf<CheckResult>(checked);
    expect(check.findings.length).toBeGreaterThan(5);
    expect(Object.keys(check).sort()).toEqual(['findings', 'notEvaluated', 'run', 'sources', 'summary']);

    const alarmed = await runCli(['check', '--offline', '--json', '--fail-on', 'low'], { env });
    expect(alarmed.code).toBe(1);

    const status = valueOf<StatusResult>(await runCli(['status', '--json'], { env }));
    expect(status.job?.id).toBe(tenant.value.connection.jobId);
    expect(status.counts.logRows).toBeGreaterThan(100);

    const page = valueOf<Page<LogRow>>(
      await runCli(['logs', '--status', 'failure', '--limit', '5', '--json'], { env }),
    );
    expect(page.rows.length).toBeGreaterThan(0);
    expect(page.rows.every((row) => row.status === 'failure')).toBe(true);
    const row = valueOf<LogRowDetail>(await runCli(['logs', String(page.rows[0]?.id), '--json'], { env }));
    expect(row.steps.length).toBeGreaterThan(0);
    expect(row.explanation?.meaning.length).toBeGreaterThan(10);

    const people = valueOf<Page<Person>>(await runCli(['people', '--with-findings', '--json'], { env }));
    expect(people.rows.every((person) => person.findings.length > 0)).toBe(true);
  });

  test('a second collection changes no row twice and keeps the ids of findings', { timeout: 180_000 }, async () => {
    const before = valueOf<CheckResult>(await runHere(['check', '--offline', '--json'], { env }));
    const rows = valueOf<StatusResult>(await runHere(['status', '--json'], { env })).counts.logRows;
    const after = valueOf<CheckResult>(await runHere(['check', '--json'], { env }));
    expect(after.findings.map((finding) => finding.id).sort()).toEqual(
      before.findings.map((finding) => finding.id).sort(),
    );
    expect(valueOf<StatusResult>(await runHere(['status', '--json'], { env })).counts.logRows).toBe(rows);
  });

  test('replacing a connection never mixes the histories of two applications', { timeout: 120_000 }, async () => {
    const other = await startCli<Tenant>([
      'demo',
      '--tenant-only',
      '--json',
      '--people',
      '60',
      '--days',
      '3',
      '--seed',
      '9',
    ]);
    try {
      const otherFile = join(dataDirectory, 'other.json');
      await writeFile(otherFile, JSON.stringify({ ...other.value.connection, name: 'contoso' }));
      const run = await runHere(['connect', '--from', otherFile, '--replace', '--json'], {
        env: { ...env, ...other.value.environment },
      });
      expect(resultOf(run)).toMatchObject({
        ok: false,
        failure: { code: 'input-invalid', fields: [{ field: 'name' }] },
      });
      const listed = await runHere(['connect', '--list', '--json'], { env });
      expect(
        valueOf<{ connections: { tenantId: string }[] }>(listed).connections.map((entry) => entry.tenantId),
      ).toEqual([tenant.value.connection.tenantId]);
    } finally {
      await other.stop();
    }
  });

  test('no secret reaches a file of the data directory', async () => {
    const text = await everythingBelow(join(dataDirectory, 'connections'));
    expect(text.length).toBeGreaterThan(10_000);
    for (const secret of Object.values(tenant.value.environment)) expect(text).not.toContain(secret);
    expect(text).not.toContain('SecretToken');
  });

  test('a wrong secret is refused with exit code 3 and saves nothing', async () => {
    const other = await temporaryDirectory();
    const run = await runCli(['connect', '--from', file, '--json', '--data-dir', other], {
      env: { ...env, AZURE_CLIENT_SECRET: 'not-the-secret' },
    });
    expect(resultOf(run)).toMatchObject({ ok: false, failure: { code: 'auth-failed' } });
    expect(run.code).toBe(3);
    expect(run.stdout).not.toContain('not-the-secret');
    expect(
      valueOf<{ connections: unknown[] }>(await runCli(['connect', '--list', '--json', '--data-dir', other], { env }))
        .connections,
    ).toEqual([]);
  });

  test('a refused SCIM token is named, and the connection is saved all the same', async () => {
    const other = await temporaryDirectory();
    const args = [
      'connect',
      '--from',
      file,
      '--job',
      String(tenant.value.connection.jobId),
      '--json',
      '--data-dir',
      other,
    ];
    const run = await runHere(args, { env: { ...env, UNIFI_SCIM_TOKEN: 'wrong-token' } });
    const report = valueOf<ConnectReport>(run);
    expect(report.saved).toBe(true);
    expect(report.tests.find((item) => item.id === 'scim-users')).toMatchObject({
      state: 'fails',
      failure: { code: 'scim-unauthorised' },
    });
    expect(run.code).toBe(4);
  });
});

describe('wrong input', () => {
  test.each([
    [['status', '--connection', 'nobody'], 2, 'connection-unknown'],
    [['connect', '--from', 'no-such-file.json'], 5, 'file-unreadable'],
    [
      [
        'connect',
        '--name',
        'x',
        '--tenant',
        'not a tenant',
        '--client-id',
        'c',
        '--scim-url',
        'http://scim.example/v2/',
      ],
      2,
      'input-invalid',
    ],
    [['logs', '--from', 'yesterday'], 2, 'input-invalid'],
    [['check', '--fail-on', 'nonsense'], 2, 'input-invalid'],
    [['no-such-command'], 2, 'input-invalid'],
  ])('%j ends with %i and says %s', async (args, code, failureCode) => {
    const run = await runHere([...args, '--json', '--data-dir', await temporaryDirectory()]);
    expect(resultOf(run)).toMatchObject({ ok: false, failure: { code: failureCode } });
    expect(run.code).toBe(code);
  });

  test('names every wrong field of a connection file, unknown ones and secrets by name', async () => {
    const directory = await temporaryDirectory();
    const file = join(directory, 'bad.json');
    await writeFile(
      file,
      JSON.stringify({ name: 'x', cloud: 'mars', tenantId: '', clientSecret: 'abc', scim: { baseUrl: 'ftp://x' } }),
    );
    const run = await runHere(['connect', '--from', file, '--json', '--data-dir', directory]);
    const result = resultOf(run);
    expect(result.ok).toBe(false);
    const fields = result.ok ? [] : (result.failure.fields ?? []).map((field) => field.field);
    for (const field of ['cloud', 'tenantId', 'clientId', 'signIn', 'clientSecret', 'scim.baseUrl'])
      expect(fields).toContain(field);
    expect(run.stdout).not.toContain('abc');
  });
});

describe('help', () => {
  test.each(['demo', 'connect', 'login', 'logout', 'collect', 'status', 'check', 'logs', 'people', 'serve'])(
    '%s explains itself with an example',
    async (command) => {
      const run = await runHere([command, '--help']);
      expect(run.code).toBe(0);
      expect(run.stdout).toMatch(new RegExp(`Example:\\n {2}unifi-monitor ${command}`, 'u'));
      for (const option of ['--json', '--connection', '--data-dir']) expect(run.stdout).toContain(option);
    },
  );
});

describe('a reader that closes the pipe early', () => {
  test('ends the command without a crash', async () => {
    const run = await runCli(['logs', '--help'], { closedOutput: true });
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
  });
});
