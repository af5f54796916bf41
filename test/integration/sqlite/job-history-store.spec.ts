import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src-main/contract/models/finding.ts';
import type { Assignment } from '../../../src-main/core/model/directory.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { logRecord } from './log-record.ts';
import { openHistory } from './store-fixture.ts';

const at = (hour: number, minute = 0): string => new Date(Date.UTC(2026, 10, 1, hour, minute)).toISOString();
const start = async (store: HistoryStore, hour: number): Promise<string> => (await store.runs.start(at(hour))).id;

const job = (own: { startedAt: string; escrowed: number; code?: string }): object => ({
  id: 'unifi.job',
  schedule: { state: 'Active', intervalMs: 2_400_000 },
  status: {
    code: own.code ?? 'Active',
    countSuccessiveCompleteFailures: 0,
    quarantine: own.code === 'Quarantine' ? { reason: 'TooManyDeletes' } : null,
    lastExecution: {
      state: 'EntryLevelErrors',
      startedAt: own.startedAt,
      endedAt: own.startedAt,
      countExports: 9,
      countExported: 7,
      countEscrowed: own.escrowed,
    },
  },
});

describe('readings of the job', () => {
  test('are its versions, oldest first, each with the runs that saw it', async () => {
    const store = await openHistory();
    const never = { ...job({ startedAt: '0001-01-01T00:00:00Z', escrowed: 0 }), id: 'unifi.job' };
    for (const [hour, document] of [
      [0, never],
      [1, job({ startedAt: at(0, 30), escrowed: 2 })],
      [2, job({ startedAt: at(0, 30), escrowed: 2 })],
      [3, job({ startedAt: at(2, 30), escrowed: 5, code: 'Quarantine' })],
    ] as const) {
      const run = await start(store, hour);
      await store.snapshots.saveDocument('jobs', null, JSON.stringify([{ id: 'other' }, document]), run);
    }
    const readings = await store.jobHistory.readings({ jobId: 'unifi.job', from: at(0) });
    expect(readings.map(({ since, seenAt }) => [since, seenAt])).toEqual([
      [at(0), at(0)],
      [at(1), at(2)],
      [at(3), at(3)],
    ]);
    expect(readings[0]?.execution).toBeNull();
    expect(readings[1]).toMatchObject({ intervalMs: 2_400_000, statusCode: 'Active', quarantineReason: null });
    expect(readings[2]).toMatchObject({
      statusCode: 'Quarantine',
      quarantineReason: 'TooManyDeletes',
      execution: { startedAt: at(2, 30), exports: 9, exported: 7, escrowed: 5 },
    });
    expect(await store.jobHistory.readings({ jobId: 'unifi.job', from: at(3) })).toHaveLength(1);
    expect(await store.jobHistory.readings({ jobId: 'gone', from: at(0) })).toEqual([]);
  });

  test('have versions of every document beside them, the newest when they are many', async () => {
    const store = await openHistory();
    for (let hour = 0; hour < 4; hour += 1) {
      await store.snapshots.saveDocument(
        'schema',
        `v${Math.floor(hour / 2)}`,
        `{"n":${hour}}`,
        await start(store, hour),
      );
    }
    const versions = await store.jobHistory.versions({ name: 'schema', from: at(0), limit: 5 });
    expect(versions).toEqual([
      { json: '{"n":0}', since: at(0), seenAt: at(1), isFirst: true },
      { json: '{"n":2}', since: at(2), seenAt: at(3), isFirst: false },
    ]);
    expect(await store.jobHistory.versions({ name: 'schema', from: at(0), limit: 1 })).toEqual([versions[1]]);
  });
});

describe('the log by the hour', () => {
  const rows = [
    logRecord({ id: '1', at: at(0, 10), cycleId: 'a' }),
    logRecord({
      id: '2',
      at: at(0, 50),
      cycleId: 'b',
      status: 'failure',
      errorCode: 'Odd',
      issueKey: 'Odd.1',
      reason: 'odd once',
    }),
    logRecord({ id: '3', at: at(1, 5), cycleId: 'b', status: 'skipped', benign: true }),
    logRecord({
      id: '4',
      at: at(3, 5),
      cycleId: 'c',
      status: 'failure',
      errorCode: 'Odd',
      issueKey: 'Odd.1',
      reason: 'odd again',
    }),
    logRecord({
      id: '5',
      at: at(3, 6),
      cycleId: 'c',
      status: 'failure',
      errorCode: 'New',
      issueKey: 'New.1',
      reason: 'new',
    }),
    logRecord({
      id: '6',
      at: at(3, 7),
      cycleId: 'c',
      status: 'failure',
      errorCode: 'New',
      issueKey: 'New.1',
      reason: 'newest',
    }),
  ];
  const open = async (): Promise<HistoryStore> => {
    const store = await openHistory();
    await store.log.save(rows);
    await store.log.savePosition({ completeFrom: at(0), completeTo: at(4, 30), open: [] });
    await store.runs.saveGap({ from: at(2, 10), to: at(2, 20) });
    return store;
  };

  test('counts every hour, and says which were collected as a whole', async () => {
    const hours = await (await open()).jobHistory.logHours({ from: at(0), to: at(5) });
    expect(
      hours.map(({ success, failure, skippedBenign, covered }) => [success, failure, skippedBenign, covered]),
    ).toEqual([
      [1, 1, 0, true],
      [0, 0, 1, true],
      [0, 0, 0, false],
      [0, 3, 0, true],
      [0, 0, 0, false],
    ]);
    expect(hours[3]?.at).toBe(at(3));
  });

  test('knows the cycles that left rows', async () => {
    expect(await (await open()).jobHistory.logCycles({ from: at(0), to: at(5) })).toEqual([
      { firstHour: at(0), lastHour: at(0), rows: 1 },
      { firstHour: at(0), lastHour: at(1), rows: 2 },
      { firstHour: at(3), lastHour: at(3), rows: 3 },
    ]);
  });

  test('names the issues that grew, with the newest words of the service', async () => {
    const { jobHistory } = await open();
    expect(await jobHistory.issueGrowth({ before: at(0), from: at(2), to: at(4), limit: 5 })).toEqual([
      { issueKey: 'New.1', errorCode: 'New', reason: 'newest', rows: 2, rowsBefore: 0 },
      { issueKey: 'Odd.1', errorCode: 'Odd', reason: 'odd again', rows: 1, rowsBefore: 1 },
    ]);
  });
});

test('assignments that came and went are told per run, changed ones and the first list left out', async () => {
  const store = await openHistory();
  const assignment = (id: string, own: Partial<Assignment> = {}): Assignment => ({
    id,
    principalId: `p-${id}`,
    principalType: 'User',
    principalName: `Name ${id}`,
    appRoleId: 'r',
    createdAt: null,
    ...own,
  });
  const apply = async (hour: number, items: Assignment[]): Promise<void> => {
    const runId = await start(store, hour);
    await store.snapshots.begin('assignments');
    await store.snapshots.stage('assignments', items);
    await store.snapshots.apply('assignments', { runId, full: true });
    await store.runs.saveSource(runId, {
      ...{ source: 'assignments', status: 'complete', items: items.length, pages: 1, requests: 1, throttledMs: 0 },
      ...{ malformed: 0, from: null, to: null, startedAt: at(hour), endedAt: at(hour), failure: null },
    });
  };
  const group = assignment('g', { principalType: 'Group', principalId: 'group-1' });
  await apply(0, [assignment('a'), assignment('b'), group]);
  await apply(1, [assignment('a', { principalName: 'Renamed' }), assignment('c'), group]);
  await apply(2, [assignment('a', { principalName: 'Renamed' }), assignment('c'), group]);
  expect(await store.jobHistory.assignmentChanges(at(0))).toEqual([
    { at: at(1), after: at(0), added: { count: 1, names: ['Name c'] }, removed: { count: 1, names: ['Name b'] } },
  ]);

  const runId = await start(store, 3);
  await store.snapshots.begin('group-members');
  await store.snapshots.stage('group-members', [
    { groupId: 'group-1', userIds: ['u1', 'u2'], groupIds: [] },
    { groupId: 'group-2', userIds: ['u3'], groupIds: [] },
  ]);
  await store.snapshots.apply('group-members', { runId, full: true });
  expect(await store.jobHistory.assignedEntries()).toEqual({ users: 2, groups: 1, members: 2 });
});

test('every evaluation tells what it opened', async () => {
  const store = await openHistory();
  const finding = (id: string, own: Partial<Finding> = {}): Finding => ({
    id,
    kind: 'missing-in-target',
    state: 'open',
    severity: 'high',
    subject: { type: 'user', entraId: id, scimId: null, name: id },
    related: [],
    firstSeen: at(0),
    lastSeen: at(0),
    openedAt: at(0),
    verified: true,
    assumed: [],
    evidence: [],
    advice: 'Look.',
    ...own,
  });
  const evaluate = async (hour: number, findings: Finding[]): Promise<void> => {
    const runId = await start(store, hour);
    await store.findings.saveEvaluation({ runId, at: at(hour, 1), findings, people: [], notEvaluated: [] });
  };
  await evaluate(0, [finding('a')]);
  await evaluate(1, [finding('a')]);
  await evaluate(2, [
    finding('a', { state: 'resolved' }),
    finding('b', { kind: 'attribute-drift' }),
    finding('c'),
    finding('d', { state: 'pending' }),
  ]);
  const changes = await store.jobHistory.openedFindings(at(0));
  expect(changes.map(({ at: when, opened }) => [when, opened])).toEqual([
    [at(0, 1), [{ kind: 'missing-in-target', count: 1 }]],
    [at(1, 1), []],
    [
      at(2, 1),
      [
        { kind: 'attribute-drift', count: 1 },
        { kind: 'missing-in-target', count: 1 },
      ],
    ],
  ]);
  expect(await store.jobHistory.openedFindings(at(3))).toEqual([]);
});
