import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceNames, type SourceName } from '../../../src-main/contract/models/run.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { isAppError } from '../../../src-main/core/app-error.ts';
import { crossCheck } from '../../../src-main/services/cross-check.ts';
import type { HistoryStore, SnapshotItems, SnapshotName } from '../../../src-main/services/ports.ts';
import { sampleSchema } from '../core/schema/sample-schema.ts';
import { account, assign, group, runningJob, targetGroup, user } from '../core/cross-check/world.ts';

let directory: string;
let store: HistoryStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cross-check-'));
  store = openSqliteHistory({ file: join(directory, 'history.sqlite') });
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

type Lists = Partial<{ [N in SnapshotName]: SnapshotItems[N][] }>;

/** One collection: every list whole, every source complete unless it is named. */
const collect = async (at: string, lists: Lists, partial: SourceName[] = []): Promise<string> => {
  const run = await store.runs.start(at);
  const put = async <N extends SnapshotName>(name: N): Promise<void> => {
    await store.snapshots.begin(name);
    await store.snapshots.stage(name, lists[name] ?? []);
    await store.snapshots.apply(name, { runId: run.id, full: !partial.includes(name as SourceName) });
  };
  const names = ['users', 'deleted-users', 'groups', 'group-members', 'assignments', 'scim-users', 'scim-groups'];
  for (const name of names as SnapshotName[]) await put(name);
  await store.snapshots.saveDocument('schema', '1', JSON.stringify(sampleSchema()), run.id);
  await store.snapshots.saveDocument('jobs', null, JSON.stringify([runningJob()]), run.id);
  await store.snapshots.saveDocument('job-settings', null, JSON.stringify({ SyncAll: 'false' }), run.id);
  for (const source of sourceNames) {
    await store.runs.saveSource(run.id, {
      source,
      status: partial.includes(source) ? 'partial' : 'complete',
      items: 0,
      pages: 0,
      requests: 0,
      throttledMs: 0,
      malformed: 0,
      from: null,
      to: null,
      startedAt: at,
      endedAt: at,
      failure: null,
    });
  }
  await store.runs.finish(run.id, at);
  return run.id;
};

const check = (signal = new AbortController().signal) =>
  crossCheck({ store, clock: { now: () => new Date('2026-11-20T18:00:00Z') }, signal, progress: () => undefined });

const wholeLists = (): Lists => ({
  users: ['ada', 'bea'].map((name) => user(name)),
  assignments: ['ada', 'bea'].map((name) => assign(`entra-${name}`)),
  groups: [group('office')],
  'group-members': [{ groupId: 'group-office', userIds: ['entra-ada'], groupIds: [] }],
  'scim-users': [account('ada'), account('zoe')],
  'scim-groups': [targetGroup('solo', [], { externalId: null })],
});

test('evaluates what is stored, as of the newest run, and stores findings, people and what was left out', async () => {
  const runId = await collect('2026-11-20T12:00:00.000Z', wholeLists());
  const result = await check();
  expect(result.run.id).toBe(runId);
  expect(result.sources).toHaveLength(sourceNames.length);
  expect(result.summary).toEqual({
    byKind: { 'missing-in-target': 1, 'orphan-in-target': 1, 'group-orphan-in-target': 1 },
    byState: { pending: 0, open: 3, resolved: 0 },
  });
  expect(result.findings.every(({ firstSeen }) => firstSeen === '2026-11-20T12:00:00.000Z')).toBe(true);

  const stored = await store.findings.page({}, { limit: 10 });
  expect(stored.rows.map(({ id }) => id).sort()).toEqual(result.findings.map(({ id }) => id));
  const people = await store.people.page({}, { limit: 10 });
  expect(people.rows.map(({ id, state }) => [id, state.source, state.target])).toEqual(
    expect.arrayContaining([
      ['entra-ada', 'in-scope', 'active'],
      ['entra-bea', 'in-scope', 'absent'],
      ['scim:scim-zoe', 'none', 'active'],
    ]),
  );
});

test('resolves in the next run what is gone, and keeps what a partial source cannot tell', async () => {
  await collect('2026-11-20T12:00:00.000Z', wholeLists());
  await check();
  await collect('2026-11-20T15:00:00.000Z', { ...wholeLists(), 'scim-users': [account('ada')] }, ['scim-users']);
  const kept = await check();
  expect(
    kept.findings.every(({ state, verified, kind }) => state === 'open' && (!verified || kind.startsWith('group'))),
  ).toBe(true);
  await collect('2026-11-20T17:00:00.000Z', { ...wholeLists(), 'scim-users': [account('ada'), account('bea')] });
  const after = await check();
  expect(after.summary.byState).toEqual({ pending: 0, open: 1, resolved: 2 });
  expect((await check()).summary.byState).toEqual({ pending: 0, open: 1, resolved: 0 });
});

test('takes a membership that a later run saw first for pending, while no audit log says more', async () => {
  const people = { users: ['ada', 'bea'].map((name) => user(name)) };
  const office = {
    groups: [group('office')],
    assignments: [assign('group-office', { principalType: 'Group' as const })],
  };
  const members = (...userIds: string[]) => ({ 'group-members': [{ groupId: 'group-office', userIds, groupIds: [] }] });
  const target = {
    'scim-users': [account('ada')],
    'scim-groups': [targetGroup('office', ['scim-ada'])],
  };
  await collect('2026-11-20T12:00:00.000Z', { ...people, ...office, ...members('entra-ada'), ...target });
  await check();
  await collect('2026-11-20T16:00:00.000Z', { ...people, ...office, ...members('entra-ada', 'entra-bea'), ...target });
  const { findings } = await check();
  expect(findings).toMatchObject([
    {
      kind: 'missing-in-target',
      state: 'pending',
      changedAt: '2026-11-20T16:00:00.000Z',
      expectedBy: '2026-11-20T17:00:00.000Z',
    },
  ]);
  await collect('2026-11-20T17:30:00.000Z', { ...people, ...office, ...members('entra-ada', 'entra-bea'), ...target });
  expect((await check()).findings).toMatchObject([{ state: 'open', openedAt: '2026-11-20T17:30:00.000Z' }]);
});

test('says that nothing was collected yet', async () => {
  const error: unknown = await check().catch((thrown: unknown) => thrown);
  expect(isAppError(error) && error.code).toBe('run-unknown');
});

test('a cancelled check stores nothing', async () => {
  await collect('2026-11-20T12:00:00.000Z', wholeLists());
  const error: unknown = await check(AbortSignal.abort()).catch((thrown: unknown) => thrown);
  expect(isAppError(error) && error.code).toBe('cancelled');
  expect(await store.findings.evaluation()).toBeNull();
});

test('takes no job for the one that is meant while several run and none is named: nothing tells whether it stands still', async () => {
  const quarantined = runningJob();
  quarantined.status = { ...quarantined.status, code: 'Quarantine' };
  await collect('2026-11-20T12:00:00.000Z', {
    users: [user('ada')],
    assignments: [assign('entra-ada', { createdAt: '2026-11-20T11:50:00Z' })],
  });
  const latest = await store.runs.latest();
  const jobs = [
    { ...quarantined, id: 'stopped' },
    { ...runningJob(), id: 'running' },
  ];
  await store.snapshots.saveDocument('jobs', null, JSON.stringify(jobs), latest?.run.id ?? '');
  const at = (jobId: string | null) =>
    crossCheck({
      store,
      clock: { now: () => new Date('2026-11-20T18:00:00Z') },
      signal: new AbortController().signal,
      progress: () => undefined,
      jobId,
    });
  const stateOf = async (jobId: string | null) => (await at(jobId)).findings.map(({ kind, state }) => [kind, state]);
  expect(await stateOf('stopped')).toEqual([['missing-in-target', 'open']]);
  expect(await stateOf('running')).toEqual([['missing-in-target', 'pending']]);
  // Neither the first of the list, nor the first whose schedule is on.
  expect(await stateOf(null)).toEqual([['missing-in-target', 'pending']]);
});
