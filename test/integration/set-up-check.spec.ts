import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SetUpCheck, SetUpCheckId } from '../../src-main/contract/models/set-up-check.ts';
import { startDemoTenant, type DemoTenant, type StartOptions } from '../../src-main/demo/start-tenant.ts';
import type { TenantChanges } from '../../src-main/demo/servers/tenant-settings.ts';
import { unifiProfile } from '../../src-main/hosts/target-profile.ts';
import { testConnection } from '../../src-main/services/connect.ts';
import { askLive } from '../../src-main/services/set-up-check/ask-live.ts';
import { checkSetUp } from '../../src-main/services/set-up-check/check-set-up.ts';
import { openDemoCollection, type DemoCollection, type DemoCollectionOptions } from '../support/collect-demo.ts';

const now = '2026-11-23T09:00:00Z';
const { signal } = new AbortController();

const doctor = async (collection: DemoCollection, how: 'live' | 'offline' = 'live'): Promise<SetUpCheck[]> => {
  const { store, clock, connection, reach } = collection;
  const about = { connection, profile: unifiProfile, clock, signal };
  const live = how === 'live' ? await askLive(reach, { ...about, progress: () => undefined }) : null;
  return (await checkSetUp({ ...about, store, live })).checks;
};
const find = (checks: SetUpCheck[], id: SetUpCheckId): SetUpCheck => {
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`There is no check ${id}.`);
  return found;
};
const notRight = (checks: SetUpCheck[]): Record<string, string> =>
  Object.fromEntries(checks.filter(({ state }) => state !== 'right').map(({ id, state }) => [id, state]));

const collected = async (
  options: StartOptions,
  more: Omit<DemoCollectionOptions, 'tenant'> = {},
): Promise<{ tenant: DemoTenant; collection: DemoCollection }> => {
  const tenant = await startDemoTenant({ people: 60, days: 6, seed: 3, now, throttling: false, ...options });
  const collection = await openDemoCollection({ tenant, ...more });
  await collection.collect();
  return { tenant, collection };
};

describe('the set-up of the demo tenant', () => {
  let tenant: DemoTenant;
  let collection: DemoCollection;

  beforeAll(async () => {
    ({ tenant, collection } = await collected({}));
  }, 60_000);
  afterAll(async () => {
    await collection.close();
    await tenant.close();
  });

  test('is told as the simulation knows it', async () => {
    const checks = await doctor(collection);
    const planted = await tenant.truth();
    const ofKind = (kind: string) => planted.filter((entry) => entry.kind === kind).map(({ subject }) => subject.name);
    const usable = find(checks, 'assignments-usable')
      .evidence.map(({ text }) => text)
      .join(' ');
    expect(usable).toMatch(/"Visualisation Guild" is not security-enabled/);
    expect(usable).toMatch(/"UNIFI Consultants" contains 1 group \(Consultants EMEA\)/);
    const matching = find(checks, 'matching-unique');
    for (const name of [...ofKind('missing-match-value'), ...ofKind('duplicate-match-value')]) {
      expect(matching.evidence.map(({ text }) => text).join(' ')).toContain(name);
    }
    expect(ofKind('missing-match-value')).not.toEqual([]);
    const health = find(checks, 'job-healthy');
    expect(health.state).toBe('right');
    expect(health.sentence).toMatch(/^Healthy/);
    expect(notRight(checks)).toEqual({
      'assignments-usable': 'wrong',
      'matching-unique': 'wrong',
    });
    expect(find(checks, 'sso-certificate').sentence).toBe(
      'The signing certificate is valid until 28 December 2027, for 400 days.',
    );
    expect(
      find(checks, 'single-job')
        .evidence.map(({ text }) => text)
        .join(' '),
    ).toMatch(/"UNIFI \(test\)" has the job .*, not switched on, writing to https:\/\/unifi-test/);
    expect(JSON.stringify(checks)).not.toContain('canary');
  });

  test('is told without the network, but for what only a request tells', async () => {
    const before = (await tenant.stats()).requests;
    const offline = notRight(await doctor(collection, 'offline'));
    expect((await tenant.stats()).requests).toEqual(before);
    expect(offline).toMatchObject({
      'credentials-work': 'not-checkable',
      permissions: 'not-checkable',
      'single-job': 'not-checkable',
      'assignments-usable': 'wrong',
    });
  });

  const troubles: [TenantChanges, SetUpCheckId, SetUpCheck['state'], RegExp][] = [
    [{ faults: [{ service: 'scim', kind: 'expired-token' }] }, 'credentials-work', 'wrong', /refuses the token/],
    [{ faults: [{ service: 'scim', kind: 'html' }] }, 'credentials-work', 'wrong', /a wrong address or a broken/],
    [{ denied: ['audit', 'deleted-users'] }, 'permissions', 'wrong', /may not read 2 of 9 sources/],
    [{ denied: ['job'] }, 'single-job', 'not-checkable', /were not looked at/],
  ];
  test.each(troubles)('with trouble just now: %j', async (changes, id, state, words) => {
    await tenant.configure(changes);
    const found = find(await doctor(collection), id);
    await tenant.configure({ faults: [], denied: [] });
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(words)]);
  });

  test('asks for the only job where the connection names none', async () => {
    const { jobId: _jobId, ...connection } = collection.connection;
    expect(find(await doctor({ ...collection, connection }), 'permissions').state).toBe('right');
  });

  test('is looked for by what the target profile says of the application', async () => {
    const { jobId: _jobId, servicePrincipalId: _id, ...connection } = collection.connection;
    const connect = (names: string[]) =>
      testConnection(
        collection.reach,
        { connection, profile: { ...unifiProfile, application: { names, templates: [] } } },
        { signal, progress: () => undefined },
      );
    const { servicePrincipalId, jobId } = tenant.ids;
    expect((await connect(unifiProfile.application.names)).chosen).toEqual({ servicePrincipalId, jobId });
    const other = await connect(['Ticket desk']);
    expect(other.candidates.map(({ applicationName, because }) => [applicationName, because])).toEqual([
      ['Ticket desk', ['name']],
    ]);
    expect((await connect(['Lumen'])).candidates).toEqual([]);
  });

  test('stops when it is told to, while asking and while going through people', async () => {
    const stopped = AbortSignal.abort();
    const { reach, connection, clock, store } = collection;
    const about = { connection, profile: unifiProfile, clock, signal: stopped };
    const cancelled = { failure: { code: 'cancelled' } };
    await expect(askLive(reach, { ...about, progress: () => undefined })).rejects.toMatchObject(cancelled);
    await expect(checkSetUp({ ...about, store, live: null })).rejects.toMatchObject(cancelled);
  });

  test('names the right that was withdrawn since, and calls nothing right that rests on it', async () => {
    await tenant.configure({ denied: ['schema', 'application'] });
    await collection.collect();
    const checks = await doctor(collection);
    await tenant.configure({ denied: [] });
    await collection.collect();
    expect(notRight(checks)).toMatchObject({ 'app-enabled': 'not-checkable', 'user-flows': 'not-checkable' });
    expect(find(checks, 'user-flows').sentence).toMatch(/could not be read whole this time/);
    expect(find(checks, 'permissions').fix).toMatch(/Synchronization\.Read\.All/);
  });
});

/** Worlds of one trouble each: what the set-up check says of them beyond what every demo company has. */
const worlds: Record<string, Partial<Record<SetUpCheckId, SetUpCheck['state']>>> = {
  disabled: { 'job-on': 'wrong', 'job-healthy': 'wrong' },
  'quarantine-credentials': { 'job-healthy': 'wrong', 'credentials-work': 'wrong' },
  'not-configured': { 'job-on': 'wrong', 'job-healthy': 'wrong' },
  'no-job': {
    'job-exists': 'wrong',
    'job-on': 'not-checkable',
    'job-healthy': 'not-checkable',
    'tenant-url': 'not-checkable',
    'user-mapping-on': 'not-checkable',
    'scope-not-empty': 'not-checkable',
    permissions: 'not-checkable',
  },
  'no-update-flow': { 'user-flows': 'wrong', 'group-flows': 'wrong' },
  'no-soft-deleted-mapping': { 'attributes-mapped': 'wrong', 'active-from-soft-deleted': 'wrong' },
  'skip-out-of-scope-deletions': { 'active-from-soft-deleted': 'wrong' },
  'group-mapping-off': { 'group-mapping-on': 'wrong' },
  'sync-all': { 'assignments-usable': 'right' },
  'careless-set-up': {
    'sso-certificate': 'wrong',
    'notification-mail': 'wrong',
    'deletion-guard': 'wrong',
    'single-job': 'wrong',
  },
};

describe('the set-up of a world with one trouble', { timeout: 60_000 }, () => {
  test.each(Object.entries(worlds))('%s', async (scenario, expected) => {
    const { tenant, collection } = await collected({ scenario, people: 30, days: 3 });
    try {
      const states = Object.fromEntries((await doctor(collection)).map(({ id, state }) => [id, state]));
      expect(states).toMatchObject({ 'app-found': 'right', ...expected });
      if (!('job-on' in expected)) expect(states['job-on']).toBe('right');
    } finally {
      await collection.close();
      await tenant.close();
    }
  });

  test('an application that was deleted and made again', async () => {
    const { tenant, collection } = await collected(
      { people: 30, days: 3 },
      { servicePrincipalId: '99999999-0000-4000-8000-000000000001' },
    );
    const found = find(await doctor(collection), 'app-found');
    expect(found.sentence).toMatch(/was deleted, and another one of that name is there now/);
    expect(found.fix).toContain(tenant.ids.servicePrincipalId);
    await collection.close();
    await tenant.close();
  });

  test('before the first collection', async () => {
    const tenant = await startDemoTenant({ people: 30, days: 2, seed: 1, now, throttling: false });
    const collection = await openDemoCollection({ tenant });
    const checks = await doctor(collection);
    expect(checks.filter(({ state }) => state === 'right').map(({ id }) => id)).toEqual([
      'credentials-work',
      'permissions',
    ]);
    expect(checks.filter(({ state }) => state === 'wrong')).toEqual([]);
    await collection.close();
    await tenant.close();
  });
});
