import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createConnectionStore } from '../../../src-main/adapters/files/connection-store.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { Difference, DiffSummary, SetupDiff } from '../../../src-main/contract/models/history-diff.ts';
import type { CheckResult, Finding } from '../../../src-main/contract/models/finding.ts';
import type { Result } from '../../../src-main/contract/failure.ts';
import type { Page } from '../../../src-main/contract/models/page.ts';
import type { Person } from '../../../src-main/contract/models/person.ts';
import type { SourceStatus } from '../../../src-main/contract/models/run.ts';
import type { DirectoryUser } from '../../../src-main/core/model/directory.ts';
import type { TargetUser } from '../../../src-main/core/model/target.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { composeApp, type App } from '../../../src-main/hosts/compose.ts';
import { runHere, temporaryDirectory, valueOf, type CliRun } from '../../support/cli.ts';
import { aConnection } from '../../support/connections.ts';
import { logRecord } from '../sqlite/log-record.ts';

/** A company of two, collected on three days; on a fourth nothing could be read. */
const ada = 'aaaaaaaa-0000-4000-8000-000000000001';
const bo = 'aaaaaaaa-0000-4000-8000-000000000002';

const user = (id: string, displayName: string, own: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id,
  userPrincipalName: `${displayName.toLowerCase().replace(' ', '.')}@contoso.example`,
  mail: null,
  displayName,
  accountEnabled: true,
  createdAt: '2026-01-01T00:00:00Z',
  deletedAt: null,
  attributes: {},
  ...own,
});
const account = (id: string, active: boolean): TargetUser => ({
  id,
  userName: `${id}@contoso.example`,
  externalId: null,
  active,
  displayName: null,
  attributes: {},
  createdAt: null,
  lastModifiedAt: null,
});
const finding = (state: Finding['state'], at: string): Finding => ({
  id: 'f-ada',
  kind: 'inactive-in-target',
  state,
  severity: 'high',
  subject: { type: 'user', entraId: ada, scimId: 'u-ada', name: 'Ada Brandt' },
  related: [],
  firstSeen: at,
  lastSeen: at,
  openedAt: at,
  ...(state === 'resolved' ? { resolvedAt: at } : {}),
  verified: true,
  assumed: [],
  evidence: [],
  advice: 'Provision the person on demand.',
});

const collect = async (
  store: HistoryStore,
  day: string,
  lists: { users: DirectoryUser[]; accounts: TargetUser[] } | null,
  findings: Finding[],
  syncAll = 'false',
): Promise<void> => {
  const [startedAt, endedAt] = [`2026-11-${day}T08:00:00.000Z`, `2026-11-${day}T08:10:00.000Z`];
  const { id } = await store.runs.start(startedAt);
  const report = async (source: 'users' | 'scim-users' | 'job-settings', status: SourceStatus): Promise<void> =>
    store.runs.saveSource(id, {
      source,
      status,
      ...{ items: 0, pages: 0, requests: 0, throttledMs: 0, malformed: 0, from: null, to: null, failure: null },
      startedAt,
      endedAt,
    });
  if (lists === null) await report('users', 'failed');
  else {
    for (const [name, items] of [
      ['users', lists.users],
      ['scim-users', lists.accounts],
    ] as const) {
      await store.snapshots.begin(name);
      await store.snapshots.stage(name, items as never);
      await store.snapshots.apply(name, { runId: id, full: true });
      await report(name, 'complete');
    }
    await store.snapshots.saveDocument('job-settings', null, JSON.stringify({ SyncAll: syncAll }), id);
    await report('job-settings', 'complete');
  }
  await store.runs.finish(id, endedAt);
  if (lists === null) return;
  const people = lists.users.map((one) => ({
    id: one.id,
    entraId: one.id,
    scimId: one.id === ada ? 'u-ada' : null,
    joinedBy: one.id === ada ? ('link' as const) : null,
    source: 'in-scope' as const,
    target: one.id === ada ? ('active' as const) : ('absent' as const),
  }));
  await store.findings.saveEvaluation({ runId: id, at: endedAt, findings, people, notEvaluated: [] });
};

const now = '2026-11-12T09:00:00.000Z';
let env: Record<string, string>;
/** The program in this process: starting it anew for every question takes longest. */
let app: App;
const connection = 'Contoso';
const callId = 'earlier-states';
const cli = (...args: string[]): Promise<CliRun> => runHere([...args, '--connection', connection], { env });

beforeAll(async () => {
  const directory = await temporaryDirectory();
  env = { UNIFI_MONITOR_DATA_DIR: directory, UNIFI_MONITOR_NOW: now };
  const connections = createConnectionStore(directory);
  for (const name of ['Contoso', 'Contoso test']) {
    const { id, createdAt, demo, trustedHosts, ...file } = aConnection({ name });
    const saved = await connections.save(file, { demo, trustedHosts, createdAt });
    const store = openSqliteHistory({ file: connections.databaseFile(saved.id) });
    const at = '2026-11-01T08:10:00.000Z';
    await collect(store, '01', { users: [user(ada, 'Ada Brandt')], accounts: [account('u-ada', false)] }, [
      finding('open', at),
    ]);
    if (name === 'Contoso') {
      await collect(
        store,
        '03',
        { users: [user(ada, 'Ada Brandt'), user(bo, 'Bo Silva')], accounts: [account('u-ada', false)] },
        [finding('open', at)],
      );
      await collect(store, '04', null, []);
      await collect(
        store,
        '10',
        {
          users: [user(ada, 'Ada Okafor'), user(bo, 'Bo Silva', { accountEnabled: false })],
          accounts: [account('u-ada', true)],
        },
        [finding('resolved', '2026-11-10T08:10:00.000Z')],
        'true',
      );
    }
    await store.log.save([
      logRecord({ id: `row-${name}`, at: '2026-11-05T00:00:00Z', status: 'failure', errorCode: 'EntryConflict' }),
    ]);
    await store.close();
  }
  const source = (path: string): URL => new URL(`../../../src-main/${path}`, import.meta.url);
  app = await composeApp({
    host: 'cli',
    dataDirectory: directory,
    env: {},
    openBrowser: () => Promise.resolve(),
    storeWorkerUrl: source('adapters/sqlite/store-worker.ts'),
    jobWorkerUrl: source('hosts/worker/job-worker.ts'),
    demoWorkerUrl: source('demo/tenant-worker.ts'),
    now,
  });
});

afterAll(() => app.close());

const take = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
};

describe('an earlier state', () => {
  test('is read by date, and what has to be known about it stands on stderr', async () => {
    const run = await cli('people', '--as-of', '2026-11-02', '--json');
    expect(valueOf<Page<Person>>(run).rows.map(({ name }) => name)).toEqual(['Ada Brandt']);
    expect(run.stderr).toContain('This is the past: run 1, 2026-11-01 08:10 UTC.');
    expect(run.stderr).toContain('Nothing was collected on 2 November 2026.');
    const ask = async (asOf?: string): Promise<string[]> =>
      take(
        await app.api.listPeople({
          connection,
          ...(asOf ? { asOf } : {}),
          filter: { text: 'brandt' },
          page: { limit: 5 },
        }),
      ).rows.map(({ id }) => id);
    expect(await ask('2')).toEqual([ada]);
    expect(await ask()).toEqual([]);
  });

  test('gives the check of that run, the status, and the investigation as it would have been', async () => {
    const ofRun = async (asOf: string): Promise<CheckResult> =>
      take(await app.api.check({ connection, callId, offline: true, asOf }));
    const check = await ofRun('2');
    expect(check.findings).toMatchObject([{ state: 'open', lastSeen: '2026-11-03T08:10:00.000Z' }]);
    expect(check.run.id).toBe('2');
    expect((await ofRun('last')).summary.byState).toEqual({ pending: 0, open: 0, resolved: 1 });
    const status = take(await app.api.getStatus({ connection, asOf: '2' }));
    expect(status).toMatchObject({
      now: '2026-11-03T08:10:00.000Z',
      counts: { users: 2, accounts: 1, findingsOpen: 1 },
    });
    const asked = await app.api.investigate({ connection, who: 'ada.brandt@contoso.example', asOf: '2026-11-03' });
    expect(take(asked).subject.name).toBe('Ada Brandt');
  });

  test('that is not there is named', async () => {
    const run = await cli('status', '--as-of', '2026-10-01');
    expect(run.stderr).toContain('1 October 2026 lies before the first run');
    expect(run.code).toBe(2);
    const page = { limit: 5 };
    const between = (from: string, to: string): ReturnType<typeof app.api.diffSummary> =>
      app.api.diffSummary({ connection, callId, from, to });
    const cases: [Promise<Result<unknown>>, string, string][] = [
      [app.api.listLog({ connection, asOf: '2027-01-01', filter: {}, page }), 'input-invalid', 'lies in the future'],
      [app.api.findState({ connection, asOf: '3' }), 'run-unknown', 'collected nothing'],
      [app.api.check({ connection, callId, asOf: 'last' }), 'input-invalid', 'cannot be checked as of an earlier run'],
      [between('last', 'first'), 'input-invalid', 'lies after "first"'],
      [between('2026-11-05', '2026-11-06'), 'input-invalid', 'are both run 2'],
      [between('1', '77'), 'run-unknown', 'There is no run "77"'],
    ];
    for (const [question, code, message] of cases) {
      const result = await question;
      expect(result.ok ? null : result.failure).toMatchObject({ code });
      expect(result.ok ? '' : result.failure.message).toContain(message);
    }
  });
});

/** Fields that docs/json.md promises of a shape; the demo tenant of its own test shows no differences. */
const documented = async (shape: string): Promise<string[]> => {
  const text = await readFile(new URL('../../../docs/json.md', import.meta.url), 'utf8');
  const row = text.split('\n').find((line) => line.startsWith(`| ${shape} |`)) ?? '';
  return [...row.matchAll(/`(\w+)`(?!\?)/gu)].map(([, field]) => field ?? '').sort();
};
const fieldsOf = (value: object | undefined): string[] => Object.keys(value ?? {}).sort();

describe('what changed', () => {
  test('between two runs, with a summary first', async () => {
    const { summary, differences } = valueOf<{ summary: DiffSummary; differences: Page<Difference> }>(
      await cli('diff', '--from', 'first', '--to', 'last', '--json'),
    );
    const kinds = Object.fromEntries(summary.counts.map((entry) => [entry.section, entry.kinds]));
    expect(kinds).toMatchObject({
      people: { added: 1, renamed: 1 },
      accounts: { enabled: 1 },
      findings: { resolved: 1 },
    });
    expect(summary.setup.map(({ sentence }) => sentence)).toEqual([
      'Everybody and every group is in scope, not only who is assigned to the application.',
    ]);
    expect(differences.rows.find(({ id }) => id === ada)).toMatchObject({
      kinds: ['renamed'],
      name: 'Ada Okafor',
      changes: [
        { attribute: 'displayName', before: 'Ada Brandt', after: 'Ada Okafor' },
        { attribute: 'userPrincipalName', before: 'ada.brandt@contoso.example', after: 'ada.okafor@contoso.example' },
      ],
      seenAt: '2026-11-10T08:00:00.000Z',
    });
    expect(fieldsOf(summary)).toEqual(await documented('difference summary'));
    expect(fieldsOf(summary.setup[0])).toEqual(await documented('set-up change'));
    expect(fieldsOf(summary.log)).toEqual(await documented('log counts'));
    expect(fieldsOf(summary.log.outcomes[0])).toEqual(await documented('outcome count'));
    expect(fieldsOf(summary.log.errors[0])).toEqual(await documented('error count'));
    const people = summary.counts.find(({ section }) => section === 'people');
    expect(fieldsOf(people?.attributes[0])).toEqual(await documented('attribute count'));
    const [changed] = differences.rows.flatMap(({ changes }) => changes);
    expect(fieldsOf(changed)).toEqual(await documented('attribute change'));

    const text = (await cli('diff')).stdout;
    expect(text).toContain('People in Entra');
    expect(text).toContain('displayName: "Ada Brandt" -> "Ada Okafor"');
    expect(text.indexOf('From run 2')).toBeLessThan(text.indexOf('Bo Silva'));
  });

  test('between the set-up of two connections', async () => {
    const value = valueOf<SetupDiff>(await cli('diff', '--setup', '--with', 'Contoso test', '--json'));
    const { changes, left } = value;
    expect(fieldsOf(value)).toEqual(await documented('diff --setup'));
    expect(fieldsOf(left)).toEqual(await documented('set-up side'));
    expect(left.connection).toBe('Contoso');
    expect(changes).toMatchObject([{ area: 'settings', before: 'true', after: 'false' }]);
    const twice = await app.api.diffSetup({ connection, with: 'Contoso' });
    expect(twice.ok ? null : twice.failure.code).toBe('input-invalid');
  });
});
