import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSignIn } from '../../../src-main/adapters/entra/create-sign-in.ts';
import { createGraph } from '../../../src-main/adapters/graph/create-graph.ts';
import { createFetch } from '../../../src-main/adapters/net/create-fetch.ts';
import type { SignInMode } from '../../../src-main/contract/models/connection.ts';
import { startDemoTenant, type DemoTenant, type StartOptions } from '../../../src-main/demo/start-tenant.ts';
import type { Graph, SignIn } from '../../../src-main/services/ports.ts';
import { aConnection } from '../../support/connections.ts';
import { failureOf } from '../../support/failure-of.ts';
import { createFastTiming } from '../../support/fast-timing.ts';
import { aMeter, collectAll, timingFactor, type Meter } from '../../support/graph-harness.ts';
import { createOpenVault } from '../../support/open-vault.ts';
import { createSmallWorld } from '../../support/small-world.ts';

const size = { users: 25, rows: 1200 };
const signal = new AbortController().signal;
const fetch = createFetch({});
let tenant: DemoTenant;
let meter: Meter;
let read: { signal: AbortSignal; meter: Meter };

beforeEach(() => {
  meter = aMeter();
  read = { signal, meter };
});
afterEach(() => tenant.close());

const start = async (options: StartOptions = {}): Promise<void> => {
  tenant = await startDemoTenant({ world: createSmallWorld(size), throttling: false, ...options });
};

const signInWith = (mode: SignInMode, env: Record<string, string> = {}): SignIn =>
  createSignIn({
    connection: connectionOf(mode),
    vault: createOpenVault(),
    env,
    fetch,
    openBrowser: (url) => tenant.visitSignIn(url),
  });

const connectionOf = (mode: SignInMode) =>
  aConnection({
    authority: tenant.authority,
    graph: tenant.graph,
    tenantId: tenant.ids.tenantId,
    clientId: tenant.ids.clientId,
    signIn: mode,
  });

/** Graph as a signed-in person reads it; waits pass faster than in life. */
const openGraph = async (options: { env?: Record<string, string>; real?: boolean } = {}): Promise<Graph> => {
  const tokens = signInWith('interactive');
  await tokens.signIn({ mode: 'interactive', signal, onDeviceCode: () => undefined });
  return createGraph({
    connection: connectionOf('interactive'),
    tokens,
    fetch,
    clock: { now: () => new Date(tenant.nowMs) },
    env: options.env ?? {},
    ...(options.real ? {} : { timing: createFastTiming(timingFactor) }),
  });
};

const windowOf = (hours: number) => ({
  servicePrincipalId: tenant.ids.servicePrincipalId,
  jobId: tenant.ids.jobId,
  from: new Date(tenant.nowMs - hours * 3_600_000).toISOString(),
  to: new Date(tenant.nowMs).toISOString(),
  resumeLink: null,
});

describe('sign-in at the demo tenant', () => {
  test('a person signs in by browser and by device code; an application by its secret', async () => {
    await start({ signIn: { deviceCodeInterval: 1 } });
    const person = signInWith('interactive');
    const report = await person.signIn({ mode: 'interactive', signal, onDeviceCode: () => undefined });
    expect(report.account).toBe(tenant.ids.adminUpn);

    const visits: Promise<void>[] = [];
    const device = await signInWith('device-code').signIn({
      mode: 'device-code',
      signal,
      onDeviceCode: (prompt) => visits.push(tenant.visitSignIn(prompt.verificationUri, { userCode: prompt.userCode })),
    });
    await Promise.all(visits);
    expect(device.account).toBe(tenant.ids.adminUpn);

    const secret = signInWith('client-secret', { AZURE_CLIENT_SECRET: tenant.credentials.clientSecret });
    expect(await secret.getToken({ signal })).toContain('.');
  });

  test('a person who declines, and a permission without consent, are told apart', async () => {
    await start();
    const declined = createSignIn({
      connection: connectionOf('interactive'),
      vault: createOpenVault(),
      env: {},
      fetch,
      openBrowser: (url) => tenant.visitSignIn(url, { decline: true }),
    });
    const call = { mode: 'interactive', signal, onDeviceCode: () => undefined } as const;
    expect((await failureOf(declined.signIn(call))).code).toBe('auth-failed');
    await tenant.configure({ signIn: { refresh: 'consent' } });
    const person = signInWith('interactive');
    await person.signIn(call);
    const failure = await failureOf(person.getToken({ signal, claims: '{"access_token":{}}' }));
    expect(failure.code).toBe('consent-missing');
  });
});

test.each([
  ['tenant', { tenantId: '11111111-2222-4333-8444-555555555555' }, 'AADSTS90002'],
  ['client id', { clientId: '11111111-2222-4333-8444-555555555555' }, 'AADSTS700016'],
])('a wrong %s is named', async (_, change, serviceCode) => {
  await start();
  const signIn = createSignIn({
    connection: { ...connectionOf('client-secret'), ...change },
    vault: createOpenVault(),
    env: { AZURE_CLIENT_SECRET: tenant.credentials.clientSecret },
    fetch,
    openBrowser: () => Promise.resolve(),
  });
  expect(await failureOf(signIn.getToken({ signal }))).toMatchObject({ code: 'auth-failed', serviceCode });
});

describe('Graph of the demo tenant', () => {
  test('every source reads what is there', async () => {
    await start();
    const graph = await openGraph({ env: { UNIFI_MONITOR_REPORTS_PER_10S: '100' } });
    const { servicePrincipalId, jobId } = tenant.ids;
    const log = (await collectAll(graph.log.readWindow({ ...read, ...windowOf(24 * 30) }))).flatMap(
      (page) => page.rows,
    );
    expect(new Set(log.map((row) => row.id)).size).toBe(size.rows);
    const users = await collectAll(graph.directory.readUsers({ ...read, attributes: ['department'], deltaLink: null }));
    expect(users.flatMap((page) => page.users)).toHaveLength(size.users);
    expect(users.map((page) => page.full)).toEqual([true, ...users.slice(1).map(() => false)]);
    const deltaLink = users.at(-1)?.deltaLink ?? '';
    const delta = await collectAll(graph.directory.readUsers({ ...read, attributes: ['department'], deltaLink }));
    expect(delta.flatMap((page) => page.users).map((user) => user.displayName)).toEqual(['Person 3']);
    const members = await collectAll(graph.directory.readMembers({ ...read, groupIds: await groupIds(graph) }));
    expect(members.map((one) => [one.userIds.length, one.groupIds.length])).toEqual([
      [size.users, 1],
      [0, 0],
    ]);
    expect((await collectAll(graph.directory.readDeletedUsers({ ...read, attributes: [] }))).flat()).toHaveLength(1);
    expect((await collectAll(graph.applications.readAssignments({ ...read, servicePrincipalId }))).flat()).toHaveLength(
      1,
    );
    const [application] = await graph.applications.findApplications({ ...read, name: 'UNIFI' });
    expect(application?.servicePrincipalId).toBe(servicePrincipalId);
    const { signingCertificates } = await graph.applications.readApplication({ ...read, servicePrincipalId });
    expect(signingCertificates).toHaveLength(1);
    expect(await graph.synchronization.listJobs({ ...read, servicePrincipalId })).toHaveLength(1);
    expect((await graph.synchronization.readSchema({ ...read, servicePrincipalId, jobId })).version).toBe('v1');
    expect(await graph.synchronization.readSettings({ ...read, servicePrincipalId, jobId })).toEqual({
      SyncAll: 'false',
    });
    const events = await collectAll(
      graph.audit.readWindow({ ...read, from: windowOf(24 * 30).from, to: windowOf(1).to }),
    );
    expect(events.flat()).toHaveLength(2);
    expect(meter.malformed).toBe(0);
    expect((await tenant.stats()).graphWrites).toBe(0);
  });

  test('never meets the limit of the reports bucket, in real time', async () => {
    await start({ throttling: true, logPageLimit: 200 });
    const graph = await openGraph({ real: true });
    const rows = (await collectAll(graph.log.readWindow({ ...read, ...windowOf(24) }))).flatMap((page) => page.rows);
    expect(rows).toHaveLength(size.rows);
    expect(meter.requests).toBeGreaterThan(5);
    expect(meter.throttledMs).toBeGreaterThan(5_000);
    expect((await tenant.stats()).throttled).toBe(0);
  });

  test.each([
    ['log', (graph: Graph) => graph.probe.log({ ...read, servicePrincipalId: tenant.ids.servicePrincipalId })],
    ['audit', (graph: Graph) => graph.probe.audit(read)],
    ['directory', (graph: Graph) => graph.probe.directory(read)],
    ['deleted-users', (graph: Graph) => graph.probe.deletedUsers(read)],
  ] as const)('a missing permission for %s is found by its probe, and the others go on', async (capability, probe) => {
    await start({ denied: [capability] });
    const graph = await openGraph();
    expect(await failureOf(probe(graph))).toMatchObject({ code: 'graph-forbidden', status: 403 });
    await tenant.configure({ denied: [] });
    await probe(graph);
  });

  test('a claims challenge is answered by the sign-in, once', async () => {
    await start({ faults: [{ service: 'graph', kind: 'claims-challenge', path: '/users' }] });
    const graph = await openGraph();
    await graph.probe.directory(read);
    await tenant.configure({ faults: [{ service: 'graph', kind: 'endless-claims-challenge' }] });
    expect((await failureOf(graph.probe.deletedUsers(read))).code).toBe('auth-required');
  });

  test.each(['not-found', 'gone'] as const)('a delta link that is %s means the full list', async (deltaLinks) => {
    await start();
    const graph = await openGraph();
    const first = await collectAll(graph.directory.readUsers({ ...read, attributes: [], deltaLink: null }));
    await tenant.configure({ deltaLinks });
    const again = await collectAll(
      graph.directory.readUsers({ ...read, attributes: [], deltaLink: first.at(-1)?.deltaLink ?? '' }),
    );
    expect(again[0]?.full).toBe(true);
    expect(again.flatMap((page) => page.users)).toHaveLength(size.users);
  });

  test.each([
    'cut-off',
    'unavailable',
    'gateway-timeout',
    'internal-error',
    'too-many-requests',
    'expired-token',
    'redirect-same-host',
  ] as const)('a passing trouble (%s) costs nothing but time', async (kind) => {
    await start({ faults: [{ service: 'graph', kind, path: '/users', times: 1 }] });
    const graph = await openGraph();
    const pages = await collectAll(graph.directory.readUsers({ ...read, attributes: [], deltaLink: null }));
    expect(pages.flatMap((page) => page.users)).toHaveLength(size.users);
  });

  test.each([
    ['html', 'response-unexpected'],
    ['broken-json', 'response-unexpected'],
    ['no-list', 'response-unexpected'],
    ['redirect', 'response-unexpected'],
  ] as const)('an answer of another kind (%s) ends the source with %s', async (kind, code) => {
    await start({ faults: [{ service: 'graph', kind, path: '/users' }] });
    const graph = await openGraph();
    const work = collectAll(graph.directory.readUsers({ ...read, attributes: [], deltaLink: null }));
    expect((await failureOf(work)).code).toBe(code);
  });
});

const groupIds = async (graph: Graph): Promise<string[]> =>
  (await collectAll(graph.directory.readGroups({ ...read, ids: 'all', attributes: [] })))
    .flat()
    .map((group) => group.id);
