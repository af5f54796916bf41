import { describe, expect, test } from 'vitest';
import type { JobState, JobStatus } from '../../src-main/contract/models/job-status.ts';
import { startDemoTenant, type StartOptions } from '../../src-main/demo/start-tenant.ts';
import { scenarios } from '../../src-main/demo/simulation/scenarios.ts';
import { blameChanges } from '../../src-main/services/job-health/blame-changes.ts';
import { readJobHealth } from '../../src-main/services/job-health/read-job-health.ts';
import { readStatus } from '../../src-main/services/read-status.ts';
import { openDemoCollection } from '../support/collect-demo.ts';

/*
 * Job health and change blame over the demo tenant, collected through its real servers. Worlds are small, and without
 * faults: what is wrong with the job is all that is wrong.
 */

const now = '2026-11-20T12:00:00Z';
const nowMs = Date.parse(now);
const dayMs = 86_400_000;

const open = async (options: StartOptions) => {
  const tenant = await startDemoTenant({
    people: 80,
    days: 20,
    seed: 2,
    now,
    throttling: false,
    faultRate: 0,
    ...options,
  });
  const collection = await openDemoCollection({ tenant });
  const { store } = collection;
  const clock = { now: () => new Date(tenant.nowMs) };
  const { jobId } = tenant.ids;
  return {
    tenant,
    collection,
    store,
    status: async (): Promise<JobStatus | null> => (await readStatus(store, clock, jobId)).job,
    health: () => readJobHealth(store, clock, jobId),
    blame: () => blameChanges(store, clock, jobId),
    close: async () => {
      await collection.close();
      await tenant.close();
    },
  };
};

/** What each world of the demo shows; those that only change the mappings run as always. */
const states: Record<string, JobState> = {
  'quarantine-credentials': 'quarantined',
  'quarantine-escrows': 'quarantined',
  'too-many-deletes': 'quarantined',
  disabled: 'disabled',
  paused: 'paused',
  'not-configured': 'never-run',
  'never-run': 'never-run',
  initial: 'initial',
  failing: 'failing',
  late: 'late',
  silent: 'silent',
  'no-job': 'unknown',
  'mapping-change': 'escrows',
  'healthy-quiet': 'healthy-quiet',
};

describe('the worlds of the demo', () => {
  test.each(Object.entries(states))('"%s" reads as %s', async (scenario, state) => {
    const world = await open({ scenario });
    await world.collection.collect();
    const job = await world.status();
    expect(job).toMatchObject({ state, sentence: expect.stringMatching(/^[A-Z].*\.$/u) });
    const isDue = ['healthy', 'healthy-quiet', 'escrows', 'failing'].includes(state);
    if (isDue) expect(Date.parse(job?.nextExpectedAt ?? '')).toBeGreaterThanOrEqual(nowMs);
    if (state === 'late') expect(Date.parse(job?.nextExpectedAt ?? '')).toBeLessThan(nowMs);
    if (state === 'initial')
      expect(job?.initial).toMatchObject({ entries: expect.any(Number), progress: { total: 9 } });
    if (state === 'quarantined') expect(job?.quarantine?.daysLeft).toBeGreaterThan(20);
    await world.close();
  });

  const others = Object.keys(scenarios).filter((name) => states[name] === undefined);
  test.each(others)('"%s", whose job itself has no trouble, reads as one that runs', async (scenario) => {
    const world = await open({ scenario });
    await world.collection.collect();
    expect(['healthy', 'healthy-quiet']).toContain((await world.status())?.state);
    await world.close();
  });
});

describe('a change of the mappings that UNIFI refuses', () => {
  test('is blamed for the jump in failures, with what changed, when it was collected before and after', async () => {
    const world = await open({
      people: 200,
      days: 26,
      scenario: 'mapping-change',
      now: new Date(nowMs - 4 * dayMs).toISOString(),
      scenarioNow: now,
    });
    await world.collection.collect();
    expect((await world.blame()).jumps).toEqual([]);
    expect((await world.status())?.state).not.toBe('escrows');
    await world.tenant.advanceTo(nowMs);
    await world.collection.collect();

    // The truth: everybody's display name differs since the change.
    const truth = await world.tenant.truth();
    const since = new Set(truth.filter(({ attribute }) => attribute === 'displayName').map((entry) => entry.since));
    expect(since).toContain('2026-11-17T12:00:00Z');

    const { jumps, notJudged } = await world.blame();
    expect(notJudged).toEqual([expect.stringContaining('Findings cannot be judged yet')]);
    const jump = jumps.find(({ measure }) => measure === 'failures');
    expect(jump).toMatchObject({
      startedAt: '2026-11-17T12:00:00.000Z',
      endedAt: null,
      usual: 0,
      parts: [{ reason: 'displayName must not contain a comma', before: 0 }],
    });
    expect(jump?.suspects[0]).toMatchObject({
      likelihood: 'likely',
      reasons: [expect.stringContaining('"displayName"'), expect.anything(), expect.anything()],
      change: {
        kind: 'mapping',
        from: '2026-11-17T12:00:00.000Z',
        by: world.tenant.ids.adminUpn,
        details: [
          'displayName of users is now written from Join(", ", [surname], [givenName]); before, it was Join(" ", [givenName], [surname]).',
        ],
      },
    });
    const health = await world.health();
    expect(health.job).toMatchObject({ state: 'escrows' });
    expect(health.executions).toHaveLength(2);
    expect(health.changes.some(({ schema }) => schema[0]?.kind === 'expression-changed')).toBe(true);

    // As of the first collection nothing of it had happened.
    const before = world.store.at('1');
    const then = { now: () => new Date(nowMs - 4 * dayMs) };
    expect(await blameChanges(before, then, world.tenant.ids.jobId)).toMatchObject({ jumps: [] });
    const past = await readJobHealth(before, then, world.tenant.ids.jobId);
    expect(past.executions).toHaveLength(1);
    expect(new Set(past.changes.map(({ kind }) => kind))).toEqual(new Set(['assignments']));
    expect(past.cadence?.sentence).toContain('collected days');
    await world.close();
  });

  test('is blamed without the difference when it was collected only afterwards', async () => {
    const world = await open({ people: 200, scenario: 'mapping-change' });
    await world.collection.collect();
    const jump = (await world.blame()).jumps.find(({ measure }) => measure === 'failures');
    expect(jump?.suspects[0]?.change).toMatchObject({ kind: 'mapping', schema: [] });
    expect(jump?.suspects[0]?.change.details[0]).toContain('What was changed is not known');
    await world.close();
  });
});

test('nothing collected is no job, no health and no blame', async () => {
  const world = await open({ people: 40, days: 3 });
  expect(await world.health()).toMatchObject({
    readAt: null,
    job: null,
    cadence: null,
    executions: [],
    settings: [],
    changes: [],
  });
  expect(await world.blame()).toMatchObject({
    jumps: [],
    notJudged: [expect.anything(), expect.anything(), expect.anything()],
  });
  await world.close();
});
