import { expect, test } from 'vitest';
import { scenarios } from '../../../../src-main/demo/simulation/scenarios.ts';
import { openWorld, rowsOf } from './open-world.ts';

interface Job {
  schedule: { state: string; interval: string };
  status: {
    code: string;
    countSuccessiveCompleteFailures: number;
    steadyStateFirstAchievedTime: string;
    quarantine: { reason: string } | null;
    lastExecution: { state: string; timeBegan: string };
  };
}

const jobOf = (scenario: string, people = 300): { job: Job | undefined; world: ReturnType<typeof openWorld> } => {
  const world = openWorld({ seed: 2, people, scenario });
  return { job: world.applications.jobs(world.ids.servicePrincipalId)[0] as unknown as Job | undefined, world };
};

test.each(Object.keys(scenarios))('the world "%s" stands, and blames its own cause', (scenario) => {
  const { world } = jobOf(scenario);
  const { causes } = scenarios[scenario] as (typeof scenarios)[string];
  const allowed = [null, causes.missing, causes.inactive, causes.active];
  for (const { cause, kind } of world.truth()) {
    // Accounts of nobody in Entra are nobody's whatever the job does.
    expect(kind === 'orphan-in-target' ? ['B2'] : allowed).toContain(cause);
  }
});

test('a refused token is a quarantine without one row since', () => {
  const { job, world } = jobOf('quarantine-credentials');
  expect(job?.status).toMatchObject({ code: 'Quarantine', quarantine: { reason: 'EncounteredQuarantineException' } });
  const newest = rowsOf(world).at(-1)?.activityDateTime ?? '';
  expect(Date.parse(newest)).toBeLessThan(world.nowMs - 6 * 86_400_000);
  expect(world.truth().some(({ cause }) => cause === 'A4')).toBe(true);
  expect(world.truth().some(({ cause }) => cause === 'B3-quarantine')).toBe(true);
});

test('the deletion guard stages the removals and stops the job', () => {
  const { job, world } = jobOf('too-many-deletes');
  expect(job?.status.quarantine?.reason).toBe('TooManyDeletes');
  const staged = rowsOf(world).filter((row) => row.provisioningAction.toLowerCase() === 'stageddelete');
  expect(staged.length).toBeGreaterThan(10);
  expect(new Set(staged.map((row) => row.provisioningAction)).size).toBe(2);
  const held = world.truth().filter(({ cause }) => cause === 'B7');
  expect(held.length).toBeGreaterThanOrEqual(staged.length);
});

test('a disabled job has the longest interval there is', () => {
  const { job } = jobOf('disabled');
  expect(job?.schedule).toMatchObject({ state: 'Disabled', interval: 'P10675199DT2H48M5.4775807S' });
});

test('a job that never ran shows an execution of the year 1', () => {
  const { job, world } = jobOf('never-run');
  expect(job?.status).toMatchObject({ code: 'NotRun', steadyStateFirstAchievedTime: '0001-01-01T00:00:00Z' });
  expect(job?.status.lastExecution).toMatchObject({ state: 'Failed', timeBegan: '0001-01-01T00:00:00Z' });
  expect(rowsOf(world)).toEqual([]);
  expect(world.truth().filter(({ cause }) => cause === 'A3-not-run').length).toBeGreaterThan(150);
});

test('an initial cycle has provisioned some and not all', () => {
  const { job, world } = jobOf('initial');
  expect(job?.status.steadyStateFirstAchievedTime).toBe('0001-01-01T00:00:00Z');
  expect(world.scim.userCount()).toBeGreaterThan(50);
  expect(world.truth().filter(({ cause }) => cause === 'A5').length).toBeGreaterThan(50);
});

test('a removed job is not listed', () => {
  const { job, world } = jobOf('no-job');
  expect(job).toBeUndefined();
  expect(world.applications.schema(world.ids.jobId)).toBeNull();
  expect(world.applications.secrets(world.ids.jobId)).toBeNull();
});

test('each flow that is off shows in the schema and in its victims', () => {
  for (const [scenario, flows, cause] of [
    ['no-create-flow', 'Update, Delete', 'A6'],
    ['no-update-flow', 'Add, Delete', 'B6-update'],
    ['no-delete-flow', 'Add, Update', 'B6-delete'],
  ] as const) {
    const { world } = jobOf(scenario, 800);
    expect(JSON.stringify(world.applications.schema(world.ids.jobId))).toContain(`"flowTypes":"${flows}"`);
    expect(
      world.truth().some((entry) => entry.cause === cause),
      scenario,
    ).toBe(true);
    expect(
      world.directory.audits().some((one) => one['activityDisplayName'] === 'Update attribute mappings or scope'),
    ).toBe(true);
  }
});

test('everyone is in scope in a world that synchronises all', () => {
  const { world } = jobOf('sync-all');
  const unassigned = world.scim.findGroups('displayName', 'All staff');
  expect(unassigned).toHaveLength(1);
  expect(world.applications.secrets(world.ids.jobId)).toContainEqual({ key: 'SyncAll', value: 'true' });
  expect(world.truth()).toEqual([]);
});

test('groups stay at home when their mapping is off', () => {
  const { world } = jobOf('group-mapping-off');
  expect(world.scim.groupCount()).toBe(0);
  expect(world.truth().every(({ cause, kind }) => cause === 'G1' && kind === null)).toBe(true);
});

test('a quiet job runs its cycles and writes nothing', () => {
  const { job, world } = jobOf('healthy-quiet');
  expect(Date.parse(job?.status.lastExecution.timeBegan ?? '')).toBeGreaterThan(world.nowMs - 3_600_000);
  const newest = rowsOf(world).at(-1)?.activityDateTime ?? '';
  expect(Date.parse(newest)).toBeLessThan(world.nowMs - 18 * 3_600_000);
});

test('refuses a scenario that does not exist, and a present that is no time', () => {
  expect(() => openWorld({ scenario: 'nonsense' })).toThrow(/There is no scenario "nonsense"/u);
  expect(() => openWorld({ now: 'yesterday' })).toThrow(/ISO 8601/u);
});
