import Database from 'better-sqlite3';
import { afterAll, beforeAll, afterEach, describe, expect, test } from 'vitest';
import type { ConnectReport } from '../../../src-main/contract/models/connection.ts';
import type { CheckResult } from '../../../src-main/contract/models/finding.ts';
import type { StatusResult } from '../../../src-main/contract/models/job-status.ts';
import type { CollectResult, KeptAside, SourceName, SourceReport } from '../../../src-main/contract/models/run.ts';
import { malformedRow } from '../../../src-main/demo/servers/faults.ts';
import { runHere, temporaryDirectory, valueOf, type CliRun } from '../../support/cli.ts';
import { startJsonServer, type JsonServer } from '../../support/json-server.ts';
import { connectTenant, environmentOf, failureOf, writeJson, type ConnectedTenant } from './connected-tenant.ts';

let connected: ConnectedTenant;

beforeAll(async () => {
  connected = await connectTenant();
});
afterAll(() => connected.close());
afterEach(() => connected.tenant.configure({ faults: [], quirks: [] }));

const sourcesOf = (run: CliRun): Map<SourceName, SourceReport> =>
  new Map(valueOf<CollectResult>(run).sources.map((source) => [source.source, source]));

describe('a redirect to another host', () => {
  /** Where a thief would listen, and a service that sends everybody there. */
  let thief: JsonServer;
  let service: JsonServer;

  beforeAll(async () => {
    thief = await startJsonServer(() => ({ body: { value: [], Resources: [], totalResults: 0 } }));
    service = await startJsonServer((call) => ({
      status: call.url.pathname.includes('Users') ? 302 : 307,
      headers: { location: `${thief.origin}${call.path}` },
    }));
  });
  afterAll(() => Promise.all([thief.close(), service.close()]));

  test('of UNIFI is refused, and nothing arrives there', async () => {
    const own = await connected.copy();
    const file = await writeJson(own.dataDirectory, 'moved.json', {
      ...own.connection,
      scim: { baseUrl: `${service.origin}/scim/` },
    });
    const run = await own.run(['connect', '--from', file, '--replace', '--json']);
    const report = valueOf<ConnectReport>(run);
    for (const id of ['scim-users', 'scim-groups']) {
      const item = report.tests.find((one) => one.id === id);
      expect(item).toMatchObject({ state: 'fails', failure: { code: 'response-unexpected' } });
      expect(item?.failure?.message).toContain('another host');
    }
    expect(run.code).toBe(4);
    const collected = await own.run(['collect', '--json']);
    expect(collected.code).toBe(4);
    for (const source of ['scim-users', 'scim-groups'] as const) {
      expect(sourcesOf(collected).get(source)).toMatchObject({
        status: 'failed',
        failure: { code: 'response-unexpected' },
      });
    }
    expect(service.calls.some((call) => call.headers.authorization?.startsWith('Bearer '))).toBe(true);
    expect(thief.calls).toEqual([]);
    await own.close();
  });

  test('of Graph is refused, and nothing arrives there', async () => {
    const directory = await temporaryDirectory();
    const file = await writeJson(directory, 'graph.json', {
      ...connected.connection,
      cloud: { authority: connected.tenant.authority, graph: service.origin },
      signIn: 'access-token',
    });
    service.calls.length = 0;
    const run = await runHere(['connect', '--from', file, '--json', '--data-dir', directory], {
      env: { ...environmentOf(connected.tenant), GRAPH_ACCESS_TOKEN: await connected.tenant.issueToken() },
    });
    const report = valueOf<ConnectReport>(run);
    const graphTests = report.tests.filter((item) => item.id !== 'token' && !item.id.startsWith('scim-'));
    expect(graphTests.every((item) => item.failure?.code === 'response-unexpected')).toBe(true);
    expect(graphTests[0]?.failure?.message).toContain('another host');
    expect(run.code).toBe(4);
    expect(service.calls.some((call) => call.headers.authorization?.startsWith('Bearer eyJ'))).toBe(true);
    expect(thief.calls).toEqual([]);
  });
});

describe('during a collection', () => {
  test('a web page instead of JSON is response-unexpected, names the source, and keeps what was stored', async () => {
    const own = await connected.copy();
    valueOf(await own.run(['collect', '--json']));
    const before = valueOf<StatusResult>(await own.run(['status', '--json'])).counts;
    await connected.tenant.configure({
      faults: [
        { service: 'graph', kind: 'html', path: '/users/delta' },
        { service: 'graph', kind: 'broken-json', path: '/appRoleAssignedTo' },
        { service: 'graph', kind: 'no-list', path: '/auditLogs/directoryAudits' },
        { service: 'scim', kind: 'html', path: '/Users' },
      ],
    });
    const run = await own.run(['check', '--json']);
    const check = valueOf<CheckResult>(run);
    expect(run.code).toBe(4);
    const sources = new Map(check.sources.map((source) => [source.source, source]));
    for (const source of ['users', 'assignments', 'audit', 'scim-users'] as const) {
      expect(sources.get(source)).toMatchObject({ status: 'failed', failure: { code: 'response-unexpected' } });
    }
    expect(sources.get('users')?.failure?.message).toMatch(/web page/u);
    expect(sources.get('scim-users')?.failure?.message).toMatch(/UNIFI.+web page/u);
    expect(JSON.stringify(check)).not.toContain('Please sign in');
    expect(check.findings).toEqual([]);
    expect(check.notEvaluated.some((entry) => entry.kind === 'missing-in-target')).toBe(true);
    expect(valueOf<StatusResult>(await own.run(['status', '--json'])).counts).toEqual(before);
    await own.close();
  });

  test('a SCIM list that loses items is partial, and nobody is missing for it', async () => {
    const own = await connected.copy();
    await connected.tenant.configure({ quirks: ['loses-items'] });
    const run = await own.run(['check', '--json']);
    const check = valueOf<CheckResult>(run);
    const users = check.sources.find((source) => source.source === 'scim-users');
    expect(users).toMatchObject({ status: 'partial', items: 88, failure: { code: 'response-unexpected' } });
    expect(users?.failure?.message).toContain('90');
    expect(run.code).toBe(4);
    expect(check.findings).toEqual([]);
    expect(check.notEvaluated).toContainEqual(
      expect.objectContaining({ kind: 'missing-in-target', source: 'scim-users' }),
    );
    await own.close();
  });

  test('a malformed row of a good page is kept aside and counted, and the rest of the page stored', async () => {
    const own = await connected.copy();
    await connected.tenant.configure({
      faults: [
        { service: 'graph', kind: 'malformed-row', path: '/auditLogs/provisioning', times: 1 },
        { service: 'graph', kind: 'malformed-row', path: '/users/delta', times: 1 },
        { service: 'scim', kind: 'malformed-row', path: '/Users', times: 1 },
      ],
    });
    const run = await own.run(['collect', '--json']);
    const sources = sourcesOf(run);
    const log = sources.get('provisioning-log');
    expect(log).toMatchObject({ malformed: 1 });
    const database = new Database(own.databaseFile, { readonly: true });
    const { rows } = database.prepare('SELECT count(*) AS rows FROM log_rows').get() as { rows: number };
    database.close();
    expect(rows).toBe(log?.items);
    expect(rows).toBeGreaterThan(280);
    // An entry of the directory that cannot be read could be anybody: nobody is taken for gone.
    expect(sources.get('users')).toMatchObject({ malformed: 1, items: 90, status: 'partial' });
    expect(run.code).toBe(4);
    expect(sources.get('scim-users')).toMatchObject({ malformed: 1, items: 90 });
    const { entries } = valueOf<{ entries: KeptAside[] }>(await own.run(['runs', '--kept-aside', '--json']));
    expect(entries.map(({ source }) => source)).toEqual(['provisioning-log', 'scim-users', 'users']);
    // A row of the log as it came; of a person only what kind of entry it was.
    const kinds = '{"id":"number","activityDateTime":"string","userName":{"value":[]},"provisioningAction":[]}';
    expect(entries.map(({ text }) => text)).toEqual([malformedRow, kinds, kinds]);
    await connected.tenant.configure({ faults: [] });
    const check = valueOf<CheckResult>(await own.run(['check', '--json']));
    expect(check.findings).toEqual([]);
    expect(check.sources.find((source) => source.source === 'users')).toMatchObject({ status: 'complete', items: 90 });
    await own.close();
  });

  test('a service that is away names itself, and the rest is collected', async () => {
    const own = await connected.copy();
    const gone = await startJsonServer(() => ({}));
    await gone.close();
    const file = await writeJson(own.dataDirectory, 'away.json', {
      ...own.connection,
      scim: { baseUrl: `${gone.origin}/scim/` },
    });
    const run = await own.run(['connect', '--from', file, '--replace']);
    expect(run.code).toBe(4);
    expect(run.stdout).toMatch(/scim-users\s+FAILS\s+UNIFI could not be asked.+127\.0\.0\.1:\d+.+nothing answers/u);
    expect(run.stdout).toContain('is saved');
    await own.close();
  });
});

test('a page that answers for the sign-in host is no crash', async () => {
  const page = await startJsonServer(() => ({ body: '<html><body>Welcome to the hotel</body></html>' }));
  const directory = await temporaryDirectory();
  const file = await writeJson(directory, 'hotel.json', {
    ...connected.connection,
    cloud: { authority: page.origin, graph: connected.tenant.graph },
  });
  const run = await runHere(['connect', '--from', file, '--json', '--data-dir', directory], {
    env: environmentOf(connected.tenant),
  });
  expect(failureOf(run).code).toBe('response-unexpected');
  expect(run.stdout).not.toContain('hotel');
  expect(run.code).toBe(4);
  await page.close();
});
