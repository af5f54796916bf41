import { beforeEach, expect, test } from 'vitest';
import type { Finding } from '../../../src-main/contract/models/finding.ts';
import type { LogRecord } from '../../../src-main/core/model/log.ts';
import { findPhantomUpdates } from '../../../src-main/core/views/phantom-updates.ts';
import type { HistoryStore, PersonState, SnapshotItems, SnapshotName } from '../../../src-main/services/ports.ts';
import { logRecord } from './log-record.ts';
import { openHistory } from './store-fixture.ts';

const user = (id: string, deletedAt: string | null = null): SnapshotItems['users'] => ({
  id,
  userPrincipalName: `${id}@demo.example`,
  mail: null,
  displayName: `Name of ${id}`,
  accountEnabled: true,
  createdAt: '2026-01-01T00:00:00Z',
  deletedAt,
  attributes: {},
});
const account = (id: string): SnapshotItems['scim-users'] => ({
  id,
  userName: id,
  externalId: null,
  active: true,
  displayName: null,
  attributes: {},
  createdAt: null,
  lastModifiedAt: null,
});
const group = (id: string): SnapshotItems['groups'] => ({
  id,
  displayName: `Group ${id}`,
  mail: null,
  securityEnabled: true,
  groupTypes: [],
  createdAt: null,
  attributes: {},
});
const person = (id: string, own: Partial<PersonState> = {}): PersonState => ({
  id,
  entraId: id,
  scimId: null,
  joinedBy: null,
  source: 'in-scope',
  target: 'absent',
  ...own,
});
const links = (id: string, sourceId: string, targetId: string, own: Partial<LogRecord> = {}): LogRecord =>
  logRecord({ id, sourceId, targetId, at: `2026-11-0${id}T00:00:00Z`, ...own });

let store: HistoryStore;

const collect = async (at: string, lists: { [N in SnapshotName]?: SnapshotItems[N][] }): Promise<string> => {
  const { id: runId } = await store.runs.start(at);
  for (const name of Object.keys(lists) as SnapshotName[]) {
    await store.snapshots.begin(name);
    await store.snapshots.stage(name, (lists[name] ?? []) as SnapshotItems[typeof name][]);
    await store.snapshots.apply(name, { runId, full: true });
  }
  return runId;
};
const evaluate = (runId: string, people: PersonState[], findings: Finding[] = []): Promise<void> =>
  store.findings.saveEvaluation({ runId, at: '2026-11-20T01:00:00.000Z', findings, people, notEvaluated: [] });

beforeEach(async () => {
  store = await openHistory();
});

test('suspect links: ids that are gone, and accounts that count to somebody else', async () => {
  const runId = await collect('2026-11-20T00:00:00.000Z', {
    users: ['ada', 'bo', 'caro', 'dora', 'eve', 'fay'].map((id) => user(id)),
    groups: [group('design'), group('site')],
    'scim-users': ['t-bo', 't-two', 't-eve', 't-fay'].map(account),
    'scim-groups': [],
    assignments: [
      { id: '1', principalId: 'design', principalType: 'Group', principalName: null, appRoleId: '0', createdAt: null },
    ],
  });
  await store.log.save([
    links('1', 'ada', 't-ada'),
    // Entra still writes Bo's changes to an account that is Eve's by her match value.
    links('2', 'bo', 't-eve'),
    links('3', 'caro', 't-two'),
    links('4', 'dora', 't-two'),
    links('5', 'design', 'g-1', { subjectType: 'group', action: 'delete' }),
    links('6', 'site', 'g-2', { subjectType: 'group' }),
    links('7', 'fay', 't-gone'),
    // Only the newest row of a person counts.
    links('8', 'fay', 't-fay'),
    links('9', 'nobody-in-any-list', 't-nobody'),
  ]);
  await evaluate(runId, [
    person('ada'),
    person('bo', { scimId: 't-bo', joinedBy: 'match-value', target: 'active' }),
    person('caro', { scimId: 't-two', joinedBy: 'link', target: 'active' }),
    person('dora', { scimId: 't-two', joinedBy: 'link', target: 'active' }),
    person('eve', { scimId: 't-eve', joinedBy: 'match-value', target: 'active' }),
    person('fay', { scimId: 't-fay', joinedBy: 'link', target: 'active' }),
  ]);
  const found = await store.views.suspectLinks();
  expect(
    found.map(({ subject, exists, owner, isOwn, action, isAssigned }) => [
      subject.name,
      exists,
      owner?.name ?? null,
      isOwn,
      action,
      isAssigned,
    ]),
  ).toEqual([
    ['Name of ada', false, null, false, 'update', false],
    ['Name of bo', true, 'Name of eve', false, 'update', false],
    ['Name of caro', true, 'Name of dora', true, 'update', false],
    ['Name of dora', true, 'Name of caro', true, 'update', false],
    ['Group design', false, null, false, 'delete', true],
    ['Group site', false, null, false, 'update', false],
  ]);
});

test('two people with the same match value share no link', async () => {
  const runId = await collect('2026-11-20T00:00:00.000Z', {
    users: [user('ada'), user('bo')],
    'scim-users': [account('t-1')],
  });
  await store.log.save([links('1', 'ada', 't-1')]);
  await evaluate(runId, [
    person('ada', { scimId: 't-1', joinedBy: 'link', target: 'active' }),
    person('bo', { scimId: 't-1', joinedBy: 'match-value', target: 'active' }),
  ]);
  expect(await store.views.suspectLinks()).toEqual([]);
});

const stillActive = (changedAt: string): Finding => ({
  id: 'f1',
  kind: 'active-not-entitled',
  state: 'open',
  severity: 'high',
  subject: { type: 'user', entraId: 'ada', scimId: 't-ada', name: 'Name of ada' },
  related: [],
  firstSeen: '2026-11-01T00:00:00.000Z',
  lastSeen: '2026-11-01T00:00:00.000Z',
  openedAt: null,
  changedAt,
  verified: true,
  assumed: [],
  evidence: [],
  advice: '',
});

test('leavers: when they left, as far as anything tells, and what they were before', async () => {
  const first = await collect('2026-11-10T00:00:00.000Z', {
    users: [user('ada'), user('bo'), user('caro'), user('dora')],
    'deleted-users': [],
    'scim-users': ['t-ada', 't-bo', 't-caro', 't-dora'].map(account),
  });
  const known = (id: string, own: Partial<PersonState> = {}): PersonState =>
    person(id, { scimId: `t-${id}`, joinedBy: 'link', target: 'active', ...own });
  await evaluate(first, [
    known('ada', { source: 'not-entitled' }),
    known('bo'),
    known('caro', { source: 'not-entitled' }),
    known('dora', { source: 'disabled', target: 'inactive' }),
  ]);
  const second = await collect('2026-11-12T00:00:00.000Z', {
    users: [user('ada'), user('bo'), user('dora')],
    'deleted-users': [user('caro', '2026-11-11T08:00:00Z')],
  });
  await evaluate(
    second,
    [
      known('ada', { source: 'not-entitled' }),
      known('bo', { source: 'disabled' }),
      known('caro', { source: 'soft-deleted', target: 'inactive' }),
      known('dora', { source: 'disabled', target: 'inactive' }),
      person('erin', { source: 'not-entitled' }),
    ],
    // The newest known change of Ada is her creation: no word about leaving.
    [stillActive('2026-01-01T00:00:00Z')],
  );
  await store.log.save([links('5', 'dora', 't-dora', { action: 'disable' })]);
  const found = await store.views.leavers();
  expect(
    found.map(({ subject, left, leftAt, leftAtKnown, before, finding }) => [
      subject.entraId,
      left,
      leftAt,
      leftAtKnown,
      before,
      finding?.state ?? null,
    ]),
  ).toEqual([
    ['ada', 'not-entitled', '2026-11-10T00:00:00.000Z', false, null, 'open'],
    ['bo', 'disabled', '2026-11-12T00:00:00.000Z', true, 'in-scope', null],
    ['caro', 'soft-deleted', '2026-11-11T08:00:00Z', true, 'not-entitled', null],
    ['dora', 'disabled', '2026-11-05T00:00:00Z', true, null, null],
  ]);
});

test('a value that is written in cycle after cycle is found, and damaged rows hide nothing else', async () => {
  const rewrite = (cycle: number, sourceId: string, newValue: string): LogRecord =>
    logRecord({
      id: `${sourceId}-${cycle}`,
      at: new Date(Date.parse('2026-11-05T00:00:00Z') + cycle * 2_400_000).toISOString(),
      sourceId,
      sourceName: sourceId,
      cycleId: `c${cycle}`,
      raw: JSON.stringify({ modifiedProperties: [{ displayName: 'displayName', oldValue: 'ADA', newValue }] }),
    });
  await store.log.save([
    ...[1, 2, 3, 4].map((cycle) => rewrite(cycle, 'ada', 'Ada')),
    ...[1, 2, 3, 4].map((cycle) => rewrite(cycle, 'bo', `Bo ${cycle}`)),
    ...[1, 2].map((cycle) => rewrite(cycle, 'caro', 'Caro')),
    { ...rewrite(5, 'ada', 'Ada'), raw: '{damaged' },
    { ...rewrite(6, 'ada', 'Ada'), status: 'failure' as const },
  ]);
  const options = { since: '2026-11-01T00:00:00Z', least: 3, rows: 12 };
  const { found, isCut } = await store.views.oftenUpdated({ ...options, most: 10 });
  expect([found.map(({ subject, rows }) => [subject.name, rows.length]), isCut]).toEqual([
    [
      ['ada', 5],
      ['bo', 4],
    ],
    false,
  ]);
  expect(found.flatMap(findPhantomUpdates)).toMatchObject([{ attribute: 'displayName', value: 'Ada', cycles: 4 }]);
  expect(await store.views.oftenUpdated({ ...options, most: 1 })).toMatchObject({ isCut: true });
  expect(await store.views.oftenUpdated({ ...options, most: 9, since: '2026-11-06T00:00:00Z' })).toMatchObject({
    found: [],
  });
  const [rows, none] = await store.views.writes(['ada', 'nobody'], 2);
  expect(rows?.map(({ id, status }) => [id, status])).toEqual([
    ['ada-6', 'failure'],
    ['ada-5', 'success'],
  ]);
  expect(none).toEqual([]);
});
