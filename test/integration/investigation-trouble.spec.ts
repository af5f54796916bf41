import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { Failure } from '../../src-main/contract/failure.ts';
import type { Investigation } from '../../src-main/contract/models/investigation.ts';
import { sourceNames, type SourceName } from '../../src-main/contract/models/run.ts';
import { readLogRecord } from '../../src-main/core/log/read-log-record.ts';
import type { DirectoryUser } from '../../src-main/core/model/directory.ts';
import type { SynchronizationJob } from '../../src-main/core/model/synchronization.ts';
import { investigate } from '../../src-main/services/investigate.ts';
import { loadSharedCase } from '../../src-main/services/investigation/load-case.ts';
import { readJobHealth } from '../../src-main/services/job-health/read-job-health.ts';
import { readStatus } from '../../src-main/services/read-status.ts';
import type { HistoryStore } from '../../src-main/services/ports.ts';
import { ada, assignment, job, user } from '../unit/core/investigation/small-case.ts';

const days = ['2026-10-01T08:00:00.000Z', '2026-11-20T08:00:00.000Z', '2026-11-23T11:30:00.000Z'];
const now = '2026-11-23T12:00:00.000Z';
let directory: string;
let store: HistoryStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'unifi-monitor-trouble-'));
  store = openSqliteHistory({ file: join(directory, 'history.db') });
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

interface Collected {
  at: string;
  users: DirectoryUser[];
  jobs?: (string | SynchronizationJob)[];
  failures?: Partial<Record<SourceName, Failure>>;
}

/** One collection of a company with these users, all assigned, nobody in UNIFI, and its evaluation. */
const collect = async ({ at, users, jobs = ['job'], failures = {} }: Collected): Promise<void> => {
  const run = await store.runs.start(at);
  const list = async (name: 'users' | 'assignments' | 'scim-users', items: never[]): Promise<void> => {
    await store.snapshots.begin(name);
    await store.snapshots.stage(name, items);
    await store.snapshots.apply(name, { runId: run.id, full: true });
  };
  await list('users', users as never[]);
  await list('assignments', users.map(({ id }) => assignment(id)) as never[]);
  await list('scim-users', [] as never[]);
  const documents = {
    jobs: jobs.map((one) => (typeof one === 'string' ? { ...job(), id: one } : one)),
    'job-settings': { SyncAll: 'false' },
    application: { servicePrincipalId: 'sp' },
  };
  for (const name of ['jobs', 'job-settings', 'application'] as const)
    await store.snapshots.saveDocument(name, null, JSON.stringify(documents[name]), run.id);
  for (const source of sourceNames) {
    const failure = failures[source] ?? null;
    await store.runs.saveSource(run.id, {
      source,
      status: failure ? 'failed' : 'complete',
      items: 1,
      pages: 1,
      requests: 1,
      throttledMs: 0,
      malformed: 0,
      from: null,
      to: null,
      startedAt: at,
      endedAt: at,
      failure,
    });
  }
  await store.runs.finish(run.id, at);
  await store.findings.saveEvaluation({
    runId: run.id,
    at,
    findings: [],
    people: users.map(({ id }) => ({
      id,
      entraId: id,
      scimId: null,
      joinedBy: null,
      source: 'in-scope',
      target: 'absent',
    })),
    notEvaluated: [],
  });
};

const ask = (who: string, jobId: string | null = 'job'): Promise<Investigation> =>
  investigate({ store, clock: { now: () => new Date(now) }, jobId, who });

const other = user({
  id: '11111111-0000-4000-8000-000000000002',
  displayName: 'Otto Wall',
  userPrincipalName: 'otto@contoso.example',
  mail: null,
});

describe('investigate in trouble', () => {
  test('knows a person by the name of before that only the history remembers', async () => {
    await collect({ at: days[0] as string, users: [user({ userPrincipalName: 'ada.love@contoso.example' }), other] });
    await collect({ at: days[2] as string, users: [user(), other] });
    const found = await ask('Ada.Love@contoso.example');
    expect(found.subject).toMatchObject({ id: ada, userPrincipalName: 'ada.brandt@contoso.example' });
  });

  test('knows somebody who exists only in the history, by id and by name', async () => {
    await collect({ at: days[0] as string, users: [user(), other] });
    await collect({ at: days[1] as string, users: [other] });
    await collect({ at: days[2] as string, users: [other] });
    for (const who of [ada, 'ada.brandt@contoso.example', 'Ada Brandt']) {
      const { subject, question, verdict, timeline } = await ask(who);
      expect({ id: subject.id, question, cause: verdict.cause }).toEqual({
        id: ada,
        question: 'missing',
        cause: 'A2-not-found',
      });
      expect(timeline.map(({ text }) => text)).toContain('Seen for the first time to be in no list of Entra.');
    }
  });

  test('says of a log row without a user of Entra what it can', async () => {
    await collect({ at: days[2] as string, users: [other] });
    const raw = {
      id: 'row-1',
      activityDateTime: days[1],
      jobId: 'job',
      provisioningAction: 'create',
      servicePrincipal: { id: 'sp' },
      sourceIdentity: null,
      targetIdentity: { id: 'u-77', displayName: 'Nora Lost', identityType: 'User', details: {} },
      provisioningStatusInfo: { status: 'failure', errorInformation: null },
      provisioningSteps: [],
      modifiedProperties: [],
    };
    const record = readLogRecord(raw, JSON.stringify(raw));
    await store.log.save(record ? [record] : []);
    const { verdict, question } = await ask('Nora Lost');
    expect({ question, certainty: verdict.certainty }).toEqual({
      question: 'unknown-person',
      certainty: 'cannot-tell',
    });
    expect(verdict.sentence).toContain('does not say which user of Entra');
  });

  test('does not judge by a job that was replaced by another one', async () => {
    await collect({ at: days[2] as string, users: [user(), other], jobs: ['new-job'] });
    const { verdict } = await ask(ada, 'old-job');
    expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(verdict.sentence).toContain('replaced by another one');
    expect(verdict.steps[0]).toContain('new-job');
  });

  test('tells when a job that is gone was last listed, and how it was then', async () => {
    await collect({ at: days[1] as string, users: [user(), other], jobs: ['old-job'] });
    await collect({ at: days[2] as string, users: [user(), other], jobs: ['new-job'] });
    const { path } = await ask(ada, 'old-job');
    expect(path.find(({ rule }) => rule === 'A3')?.evidence.map(({ text, at }) => ({ text, at }))).toContainEqual({
      text: 'A collection last listed the job old-job here, with the schedule "Active" and the state "Active".',
      at: days[1],
    });
    const clock = { now: () => new Date(now) };
    const { job: health } = await readStatus(store, clock, 'old-job');
    expect(health?.sentence).toContain('does not list the provisioning job of this connection any more');
    expect(health?.sentence).toContain('A collection last listed it on 20 November at 08:00 UTC');
  });

  test('judges by no job where several run and none is named, and says so everywhere', async () => {
    await collect({ at: days[2] as string, users: [user(), other], jobs: ['one', 'two'] });
    const { verdict, path } = await ask(ada, null);
    expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(verdict.sentence).toContain(
      'the application has 2 provisioning jobs (one, two), and none is chosen for this connection',
    );
    expect(verdict.steps[0]).toContain('--job');
    expect(path.find(({ rule }) => rule === 'A3')?.outcome).toBe('blind');
    const clock = { now: () => new Date(now) };
    const { job: status } = await readStatus(store, clock, null);
    expect(status).toMatchObject({
      state: 'unknown',
      sentence: 'Unknown: the application has 2 provisioning jobs (one, two), and none is chosen for this connection.',
    });
    expect((await readJobHealth(store, clock, null)).executions).toEqual([]);
  });

  test('judges by the only job that is switched on where none is named, and names it', async () => {
    const off = { ...job({ state: 'Disabled' }), id: 'old-job' };
    await collect({ at: days[1] as string, users: [user(), other], jobs: ['old-job'] });
    await collect({ at: days[2] as string, users: [user(), other], jobs: [off, 'new-job'] });
    const { path } = await ask(ada, null);
    const rule = path.find(({ rule: id }) => id === 'A3');
    expect(rule?.outcome).toBe('ruled-out');
    expect(rule?.evidence.map(({ text }) => text).join(' ')).toContain(
      'of the 2 jobs of the application, new-job is the only one that is switched on',
    );
    const clock = { now: () => new Date(now) };
    const { job: status } = await readStatus(store, clock, null);
    expect(status).toMatchObject({ id: 'new-job', state: expect.stringMatching(/^healthy/u) });
    expect(status?.sentence).toContain('new-job is the only one that is switched on');
  });

  test('knows from the past how seldom the job runs, as its health does', async () => {
    const hourMs = 3_600_000;
    const end = Date.parse(days[2] as string);
    const cycleAt = (ms: number): string => new Date(ms).toISOString();
    // A cycle every three hours, although the schedule says forty minutes; somebody looks every hour.
    for (let hours = 30; hours > 0; hours -= 1) {
      const lookedMs = end - hours * hourMs;
      const began = lookedMs - (30 - hours) * hourMs + Math.floor((30 - hours) / 3) * 3 * hourMs - 10 * 60_000;
      const run = await store.runs.start(cycleAt(lookedMs));
      const ran = job();
      const lastExecution = {
        ...(ran.status.lastExecution as NonNullable<SynchronizationJob['status']['lastExecution']>),
        startedAt: cycleAt(began),
        endedAt: cycleAt(began + 60_000),
      };
      const jobs = [{ ...ran, status: { ...ran.status, lastExecution } }];
      await store.snapshots.saveDocument('jobs', null, JSON.stringify(jobs), run.id);
      await store.runs.finish(run.id, cycleAt(lookedMs));
    }
    const began = { startedAt: cycleAt(end - 150 * 60_000), endedAt: cycleAt(end - 149 * 60_000) };
    const ran = job();
    const lastExecution = {
      ...(ran.status.lastExecution as NonNullable<SynchronizationJob['status']['lastExecution']>),
      ...began,
    };
    const slow = { ...ran, status: { ...ran.status, lastExecution } };
    await collect({ at: days[2] as string, users: [user(), other], jobs: [slow] });
    const clock = { now: () => new Date(now) };
    const { job: health } = await readStatus(store, clock, 'job');
    expect(health?.state).toMatch(/^healthy/u);
    const { common } = await loadSharedCase({ store, clock, jobId: 'job' });
    expect(common.jobStatus).toEqual(health);
  });

  test('dates what a collection that was killed had read by its last source', async () => {
    await collect({ at: days[1] as string, users: [user(), other] });
    const run = await store.runs.start(days[2] as string);
    const endedAt = '2026-11-23T11:48:00.000Z';
    await store.runs.saveSource(run.id, {
      ...{ source: 'users', status: 'complete', items: 1, pages: 1, requests: 1, throttledMs: 0, malformed: 0 },
      ...{ from: null, to: null, startedAt: days[2] as string, endedAt, failure: null },
    });
    const clock = { now: () => new Date(now) };
    expect((await loadSharedCase({ store, clock, jobId: 'job' })).common.observedAt).toBe(endedAt);
  });

  test('says that the application is not there any more', async () => {
    const failure: Failure = { code: 'graph-not-found', message: 'Not found.', advice: 'Look in Entra.' };
    await collect({
      at: days[2] as string,
      users: [user(), other],
      failures: { application: failure, jobs: failure, schema: failure, assignments: failure },
    });
    const { verdict, unknown } = await ask(ada);
    expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(verdict.sentence).toContain('does not have the enterprise application any more');
    expect(unknown.map(({ source }) => source)).toContain('application');
  });

  test('tells changed mappings, findings and the age of what was read', async () => {
    await collect({ at: days[0] as string, users: [user(), other] });
    const first = JSON.stringify(schemaJson('Design'));
    const run = await store.runs.start(days[1] as string);
    await store.snapshots.saveDocument('schema', 'one', first, run.id);
    await store.runs.finish(run.id, days[1] as string);
    await collect({ at: days[2] as string, users: [user(), other] });
    const latest = await store.runs.latest();
    await store.snapshots.saveDocument('schema', 'two', JSON.stringify(schemaJson('Sales')), latest?.run.id ?? '');
    const { timeline } = await ask(ada);
    expect(
      timeline.some(({ kind, text }) => kind === 'job' && text.includes('mappings or scoping filters changed')),
    ).toBe(true);
    const later = await investigate({
      store,
      clock: { now: () => new Date('2026-11-26T12:00:00Z') },
      jobId: 'job',
      who: ada,
    });
    expect(later.unknown.find(({ source }) => source === 'scim-users')?.reason).toContain('3 days old');
    expect(later.verdict.certainty).not.toBe('certain');
  });
});

/** Graph's own form of a schema whose filter asks for a department. */
const schemaJson = (department: string): unknown => ({
  id: 'schema',
  version: department,
  synchronizationRules: [
    {
      id: 'rule',
      name: 'USER_TO_USER',
      priority: 1,
      objectMappings: [
        {
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          name: 'Users',
          sourceObjectName: 'User',
          targetObjectName: 'User',
          attributeMappings: [
            {
              defaultValue: '',
              flowBehavior: 'FlowWhenChanged',
              flowType: 'Always',
              matchingPriority: 1,
              targetAttributeName: 'userName',
              source: {
                expression: '[userPrincipalName]',
                name: 'userPrincipalName',
                type: 'Attribute',
                parameters: [],
              },
            },
          ],
          scope: {
            categoryFilterGroups: [],
            groups: [
              {
                name: 'Scope',
                clauses: [
                  {
                    operatorName: 'EQUALS',
                    sourceOperandName: 'department',
                    targetOperand: { values: [department] },
                  },
                ],
              },
            ],
            inputFilterGroups: [],
          },
        },
      ],
    },
  ],
  directories: [],
});
