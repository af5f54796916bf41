import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { createGraph } from '../../../src-main/adapters/graph/create-graph.ts';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import { aConnection } from '../../support/connections.ts';
import { createFastTiming } from '../../support/fast-timing.ts';
import { failureOf } from '../../support/failure-of.ts';
import { aMeter, collectAll, startGraphHarness, timingFactor, type GraphHarness } from '../../support/graph-harness.ts';

const sp = '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e';
let harness: GraphHarness;
afterEach(() => harness.server.close());

const list = (items: unknown[] = []) => ({ body: { value: items } });

/** Largest number of calls within any window of ten (accelerated) seconds, by the time of arrival. */
const mostInTenSeconds = (times: number[]): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at - from < 10_000 / timingFactor).length));

describe('pacing of the reports bucket', () => {
  const probes = (h: GraphHarness, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        index % 2 === 0 ? h.graph.probe.audit(h.read) : h.graph.probe.log({ ...h.read, servicePrincipalId: null }),
      ),
    );

  test('never sends more than 5 requests in any 10 s, log and audit together', async () => {
    harness = await startGraphHarness(() => list());
    await probes(harness, 17);
    expect(harness.server.calls).toHaveLength(17);
    expect(mostInTenSeconds(harness.server.calls.map((call) => call.atMs))).toBe(5);
    expect(harness.meter.throttledMs).toBeGreaterThan(20_000);
    expect(harness.meter.notes.join()).toMatch(/Waiting \d+ s: Microsoft Graph allows 5 log requests in 10 s\./u);
  });

  test('a second client of the same tenant shares the window', async () => {
    harness = await startGraphHarness(() => list());
    const second = createGraph({
      connection: aConnection({ graph: harness.server.origin, id: 'other' }),
      tokens: { getToken: () => Promise.resolve('token') },
      fetch: createFetch({}),
      clock: { now: () => new Date() },
      env: {},
      timing: createFastTiming(timingFactor),
    });
    const meter = aMeter();
    await Promise.all([
      probes(harness, 6),
      ...Array.from({ length: 6 }, () => second.probe.audit({ signal: harness.read.signal, meter })),
    ]);
    expect(mostInTenSeconds(harness.server.calls.map((call) => call.atMs))).toBe(5);
  });

  test('a thread that starts later knows what this one has asked', async () => {
    harness = await startGraphHarness(() => list());
    await probes(harness, 3);
    const worker = new Worker(new URL('../../support/probing-worker.ts', import.meta.url), {
      workerData: { graph: harness.server.origin, count: 9 },
    });
    await Promise.all([
      probes(harness, 4),
      new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject)),
    ]);
    expect(harness.server.calls).toHaveLength(16);
    expect(mostInTenSeconds(harness.server.calls.map((call) => call.atMs))).toBe(5);
  });

  test('the environment raises it for a Graph on loopback', async () => {
    harness = await startGraphHarness(() => list(), { UNIFI_MONITOR_REPORTS_PER_10S: '1000' });
    await probes(harness, 40);
    expect(harness.meter.throttledMs).toBe(0);
  });

  test('a limit that is no number is named', () => {
    expect(() =>
      createGraph({
        connection: aConnection(),
        tokens: { getToken: () => Promise.resolve('') },
        fetch: createFetch({}),
        clock: { now: () => new Date() },
        env: { UNIFI_MONITOR_REPORTS_PER_10S: 'many' },
      }),
    ).toThrow('UNIFI_MONITOR_REPORTS_PER_10S');
  });

  test('waiting for the window can be cancelled', async () => {
    harness = await startGraphHarness(() => list());
    await probes(harness, 5);
    const controller = new AbortController();
    const pending = failureOf(harness.graph.probe.audit({ ...harness.read, signal: controller.signal }));
    controller.abort();
    expect((await pending).code).toBe('cancelled');
  });

  test('requests to the directory are not paced', async () => {
    harness = await startGraphHarness(() => list());
    await Promise.all(Array.from({ length: 20 }, () => harness.graph.probe.deletedUsers(harness.read)));
    expect(harness.meter.throttledMs).toBe(0);
  });
});

describe('trouble on the way', () => {
  test('answers a claims challenge once with a new token', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true}}}';
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
    harness = await startGraphHarness(() => list());
    harness.script.push({
      status: 401,
      headers: { 'www-authenticate': challenge },
      body: { error: { code: 'InvalidAuthenticationToken' } },
    });
    await harness.graph.probe.deletedUsers(harness.read);
    expect(harness.claims).toEqual([undefined, claims]);
    expect(harness.server.calls.map((call) => call.headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  test('a second challenge is an error, not a loop', async () => {
    const claims = Buffer.from('{"access_token":{}}').toString('base64');
    harness = await startGraphHarness(() => ({
      status: 401,
      headers: { 'www-authenticate': `Bearer error="insufficient_claims", claims="${claims}"` },
      body: { error: { code: 'InvalidAuthenticationToken' } },
    }));
    expect((await failureOf(harness.graph.probe.deletedUsers(harness.read))).code).toBe('auth-required');
    expect(harness.server.calls).toHaveLength(2);
  });

  test('a token that Graph takes for expired is renewed once', async () => {
    harness = await startGraphHarness(() => list());
    harness.script.push({ status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } });
    await harness.graph.probe.deletedUsers(harness.read);
    expect(harness.claims).toHaveLength(2);
    expect(harness.claims[1]).toBeDefined();
  });

  test('asks again after a server error and after an answer that broke off', async () => {
    harness = await startGraphHarness(() => list());
    harness.script.push(
      { status: 503, body: 'sorry' },
      { breakOff: true },
      { status: 504, headers: { 'retry-after': '3' } },
    );
    await harness.graph.probe.deletedUsers(harness.read);
    expect(harness.meter.requests).toBe(4);
  });

  test('gives up on a server that never answers well', async () => {
    harness = await startGraphHarness(() => ({ status: 502, body: '<html></html>' }));
    expect(await failureOf(harness.graph.probe.deletedUsers(harness.read))).toMatchObject({
      code: 'graph-unavailable',
      status: 502,
    });
  });

  test('gives up on throttling after several waits, each longer than the one before', async () => {
    harness = await startGraphHarness(() => ({ status: 429, body: { error: { code: 'TooManyRequests' } } }));
    expect((await failureOf(harness.graph.probe.deletedUsers(harness.read))).code).toBe('graph-throttled');
    const gaps = harness.server.calls
      .slice(1)
      .map((call, index) => call.atMs - (harness.server.calls[index]?.atMs ?? 0));
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(harness.server.calls).toHaveLength(6);
  });

  test.each([
    [404, 'graph-not-found'],
    [400, 'graph-rejected'],
    [409, 'graph-rejected'],
    [401, 'auth-required'],
  ])('status %i is %s, with code and request id', async (status, code) => {
    harness = await startGraphHarness(() => ({
      status,
      headers: { 'request-id': 'req-7' },
      body: { error: { code: 'SomeCode', message: 'kim.reed@contoso.example' } },
    }));
    const failure = await failureOf(harness.graph.probe.deletedUsers(harness.read));
    expect(failure).toMatchObject({ code, status, serviceCode: 'SomeCode', requestId: 'req-7' });
    expect(JSON.stringify(failure)).not.toContain('kim.reed');
  });

  test('the licence refusal that comes now and then is believed only when it comes twice', async () => {
    const refusal = { status: 403, body: { error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant' } } };
    harness = await startGraphHarness(() => list());
    harness.script.push(refusal);
    await harness.graph.probe.audit(harness.read);
    harness.script.push(refusal, refusal);
    const failure = await failureOf(harness.graph.probe.audit(harness.read));
    expect(failure).toMatchObject({ code: 'graph-forbidden', message: expect.stringContaining('licence') as string });
  });

  test('a redirect to another host is refused and gets no token', async () => {
    const other = await startGraphHarness(() => list());
    harness = await startGraphHarness(() => ({
      status: 307,
      headers: { location: `${other.server.origin}/v1.0/users` },
    }));
    expect((await failureOf(harness.graph.probe.deletedUsers(harness.read))).code).toBe('response-unexpected');
    expect(other.server.calls).toHaveLength(0);
    await other.server.close();
  });

  test('a redirect within Graph is followed', async () => {
    harness = await startGraphHarness(() => list());
    harness.script.push({ status: 302, headers: { location: '/v1.0/elsewhere' } });
    await harness.graph.probe.deletedUsers(harness.read);
    expect(harness.server.calls.map((call) => call.path)).toContain('/v1.0/elsewhere');
  });

  test('an unreachable Graph is network-unreachable after several attempts', async () => {
    harness = await startGraphHarness(() => list());
    await harness.server.close();
    expect((await failureOf(harness.graph.probe.deletedUsers(harness.read))).code).toBe('network-unreachable');
    expect(harness.meter.requests).toBe(4);
  });

  test('the same page link twice ends the list', async () => {
    harness = await startGraphHarness((_, origin) => ({
      body: { value: [], '@odata.nextLink': `${origin}/v1.0/groups?again` },
    }));
    const read = collectAll(harness.graph.directory.readGroups({ ...harness.read, ids: 'all', attributes: [] }));
    expect(await failureOf(read)).toMatchObject({ code: 'response-unexpected', path: '@odata.nextLink' });
    expect(harness.server.calls.length).toBeLessThan(4);
  });

  test('cancelling in the middle of a list ends it at once', async () => {
    const controller = new AbortController();
    harness = await startGraphHarness(({ url }, origin) => ({
      body: { value: [], '@odata.nextLink': `${origin}${url.pathname}?page=${Math.random()}` },
    }));
    const pages = harness.graph.applications.readAssignments({
      meter: harness.meter,
      signal: controller.signal,
      servicePrincipalId: sp,
    });
    const read = (async () => {
      for await (const page of pages) if (page.length === 0 && harness.meter.pages === 3) controller.abort();
    })();
    expect((await failureOf(read)).code).toBe('cancelled');
    expect(harness.server.calls).toHaveLength(3);
  });
});
