import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSignIn } from '../../src-main/adapters/entra/create-sign-in.ts';
import { createGraph } from '../../src-main/adapters/graph/create-graph.ts';
import { createFetch } from '../../src-main/adapters/net/create-fetch.ts';
import { limitRequests } from '../../src-main/adapters/net/limit-requests.ts';
import { createScimDirectory } from '../../src-main/adapters/scim/create-scim-directory.ts';
import { createMemoryVault } from '../../src-main/adapters/secrets/memory-vault.ts';
import type { Investigation } from '../../src-main/contract/models/investigation.ts';
import { startDemoTenant, type DemoTenant } from '../../src-main/demo/start-tenant.ts';
import { investigateLive } from '../../src-main/services/investigate-live.ts';
import { investigate } from '../../src-main/services/investigate.ts';
import { mostRequests } from '../../src-main/services/investigation/look-at-person.ts';
import { openDemoCollection, type DemoCollection } from '../support/collect-demo.ts';

const hourMs = 3_600_000;
/** The demo's own limit would make every look wait for its log row. */
const env = { UNIFI_MONITOR_REPORTS_PER_10S: '10000' };
let tenant: DemoTenant;
let collection: DemoCollection;
let signIn: ReturnType<typeof createSignIn>;

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 200, days: 20, seed: 6, now: '2026-11-23T09:00:00Z', throttling: false });
  collection = await openDemoCollection({ tenant });
  const { connection } = collection;
  signIn = createSignIn({
    connection,
    vault: createMemoryVault(),
    env: {},
    fetch: createFetch({}),
    openBrowser: (url) => tenant.visitSignIn(url),
  });
  await signIn.signIn({ mode: 'interactive', signal: new AbortController().signal, onDeviceCode: () => undefined });
  await collection.collect();
  await collection.crossCheck();
}, 60_000);
afterAll(async () => {
  await collection.close();
  await tenant.close();
});

const look = (who: string, most = mostRequests): Promise<Investigation> => {
  const { connection, store } = collection;
  const clock = { now: () => new Date(tenant.nowMs) };
  const limited = limitRequests(createFetch({}), most);
  return investigateLive(
    {
      graph: createGraph({ connection, tokens: signIn, fetch: limited.fetch, clock, env }),
      scim: createScimDirectory({
        baseUrl: tenant.scimBaseUrl,
        token: async () => tenant.credentials.scimToken,
        fetch: limited.fetch,
      }),
      bugs: {
        record: (error) => {
          throw error;
        },
      },
      requests: limited.used,
    },
    {
      store,
      clock,
      jobId: tenant.ids.jobId,
      servicePrincipalId: tenant.ids.servicePrincipalId,
      who,
      signal: new AbortController().signal,
    },
  );
};
const ask = (who: string): Promise<Investigation> =>
  investigate({
    store: collection.store,
    clock: { now: () => new Date(tenant.nowMs) },
    jobId: tenant.ids.jobId,
    who,
  });

/** The same moment, so that a look finds what the collection found. */
describe('a look at one person', { timeout: 60_000 }, () => {
  test('asks at most twelve requests, and comes to the same verdict as what was just stored', async () => {
    const truth = (await tenant.truth()).filter(({ subject, member }) => subject.type === 'user' && !member);
    const people = [...new Set(truth.flatMap(({ subject }) => subject.entraId ?? []))].slice(0, 25);
    expect(people.length).toBeGreaterThan(20);
    for (const who of people) {
      const [live, stored] = [await look(who), await ask(who)];
      expect(live.live?.requests).toBeGreaterThan(0);
      expect(live.live?.requests).toBeLessThanOrEqual(mostRequests);
      const verdict = { who, question: stored.question, cause: stored.verdict.cause };
      expect({ who, question: live.question, cause: live.verdict.cause }).toEqual(verdict);
    }
  });

  test('says how old everything is', async () => {
    const { rows } = await collection.store.people.page({ source: ['in-scope'], target: ['active'] }, { limit: 1 });
    const { live } = await look(rows[0]?.id ?? '');
    const now = new Date(tenant.nowMs).toISOString();
    const fresh = live?.ages.filter(({ isLive }) => isLive).map(({ source }) => source);
    expect(fresh?.toSorted()).toEqual(
      ['assignments', 'deleted-users', 'provisioning-log', 'scim-users', 'users'].toSorted(),
    );
    expect(live?.ages.find(({ source }) => source === 'groups')?.part).toMatch(
      /^Direct memberships were read just now/u,
    );
    expect(live?.ages.every(({ readAt }) => readAt !== null && readAt <= now)).toBe(true);
  });

  test('stores nothing', async () => {
    const before = await collection.store.counts();
    const runs = await collection.store.runs.list({ limit: 50 });
    const { rows } = await collection.store.people.page({}, { limit: 3 });
    for (const { id } of rows) await look(id);
    expect(await collection.store.counts()).toEqual(before);
    expect(await collection.store.runs.list({ limit: 50 })).toEqual(runs);
  });

  test('says what could not be asked when the requests are used up, and does not guess', async () => {
    const faulty = (await tenant.truth()).find(
      ({ subject, member, cause }) => subject.type === 'user' && subject.entraId && !member && cause,
    );
    const who = faulty?.subject.entraId ?? '';
    const { live, verdict } = await look(who, 2);
    expect(live?.requests).toBe(2);
    expect(live?.ages.some(({ failure }) => failure?.includes('used up'))).toBe(true);
    const stored = (await ask(who)).verdict.cause;
    expect(stored).not.toBeNull();
    expect(verdict.cause).toBe(stored);
  });

  test('asks nobody where several people fit, and refuses a group', async () => {
    const several = await look('studio');
    expect(several.candidates?.length).toBeGreaterThan(1);
    expect(several.live).toBeUndefined();
    const group = (await tenant.truth()).find(({ cause }) => cause === 'G6');
    await expect(look(group?.subject.entraId ?? '')).rejects.toMatchObject({ failure: { code: 'input-invalid' } });
  });

  test('sees what happened after the collection', async () => {
    const truth = await tenant.truth();
    const waiting = truth.filter(({ cause }) => cause === 'A8-too-recent' || cause === 'A12-wait');
    expect(waiting.length).toBeGreaterThan(0);
    await tenant.advanceTo(tenant.nowMs + 6 * hourMs);
    for (const { subject } of waiting) {
      const { verdict, live } = await look(subject.entraId ?? '');
      expect(live?.ages.find(({ source }) => source === 'scim-users')?.isLive).toBe(true);
      expect(['A8-too-recent', 'A12-wait']).not.toContain(verdict.cause);
    }
  });
});
