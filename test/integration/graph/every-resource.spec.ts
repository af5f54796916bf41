import { afterEach, describe, expect, test } from 'vitest';
import { collectAll, startGraphHarness, type GraphHarness } from '../../support/graph-harness.ts';
import { failureOf } from '../../support/failure-of.ts';
import type { Reply } from '../../support/json-server.ts';

const sp = '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e';
const jobId = 'unifi.job';
const window = { servicePrincipalId: sp, jobId, from: '2026-11-01T00:00:00.000Z', to: '2026-11-20T00:00:00.000Z' };

const logRow = (id: string) => ({
  id,
  activityDateTime: '2026-11-10T10:00:00Z',
  jobId,
  provisioningAction: 'create',
  provisioningStatusInfo: { status: 'success', errorInformation: null },
  servicePrincipal: { id: sp, displayName: 'UNIFI' },
  sourceIdentity: { id: 'u1', displayName: 'Kim', identityType: 'User', details: {} },
  provisioningSteps: [],
  modifiedProperties: [],
});
const job = (id: string) => ({
  id,
  templateId: 'unifi',
  schedule: { interval: 'PT40M', state: 'Active', expiration: null },
  status: { code: 'Active', countSuccessiveCompleteFailures: 0 },
});
const user = (id: string) => ({ id, userPrincipalName: `${id}@contoso.example`, accountEnabled: true });

interface Resource {
  name: string;
  source: string;
  /** One good item. */
  good: unknown;
  read(h: GraphHarness): Promise<unknown>;
  /** How many items the result holds. */
  count(result: unknown): number;
  permission: string;
}

const lengths = (result: unknown): number => (result as unknown[][]).flat().length;

const resources: Resource[] = [
  {
    name: 'provisioning log',
    source: 'provisioning-log',
    good: logRow('row-1'),
    read: async (h) =>
      (await collectAll(h.graph.log.readWindow({ ...h.read, ...window, resumeLink: null }))).map((page) => page.rows),
    count: lengths,
    permission: 'ProvisioningLog.Read.All',
  },
  {
    name: 'jobs',
    source: 'jobs',
    good: job('job-1'),
    read: (h) => h.graph.synchronization.listJobs({ ...h.read, servicePrincipalId: sp }),
    count: (result) => (result as unknown[]).length,
    permission: 'Synchronization.Read.All',
  },
  {
    name: 'assignments',
    source: 'assignments',
    good: { id: 'a1', principalId: 'u1', principalType: 'User', createdDateTime: '2026-08-10T16:02:45.9480566Z' },
    read: (h) => collectAll(h.graph.applications.readAssignments({ ...h.read, servicePrincipalId: sp })),
    count: lengths,
    permission: 'Application.Read.All',
  },
  {
    name: 'applications',
    source: 'application',
    good: { id: sp, appId: 'app-1', displayName: 'UNIFI', tags: [], keyCredentials: [] },
    read: (h) => h.graph.applications.findApplications({ ...h.read, name: 'UNIFI' }),
    count: (result) => (result as unknown[]).length,
    permission: 'Application.Read.All',
  },
  {
    name: 'users',
    source: 'users',
    good: user('u1'),
    read: async (h) =>
      (await collectAll(h.graph.directory.readUsers({ ...h.read, attributes: ['department'], deltaLink: null }))).map(
        (page) => page.users,
      ),
    count: lengths,
    permission: 'User.Read.All',
  },
  {
    name: 'groups',
    source: 'groups',
    good: { id: 'g1', displayName: 'Design', securityEnabled: true, groupTypes: [] },
    read: (h) => collectAll(h.graph.directory.readGroups({ ...h.read, ids: 'all', attributes: [] })),
    count: lengths,
    permission: 'GroupMember.Read.All',
  },
  {
    name: 'members',
    source: 'groups',
    good: { id: 'u1', '@odata.type': '#microsoft.graph.user' },
    read: async (h) =>
      (await collectAll(h.graph.directory.readMembers({ ...h.read, groupIds: ['g1'] }))).map((one) => one.userIds),
    count: lengths,
    permission: 'GroupMember.Read.All',
  },
  {
    name: 'deleted users',
    source: 'deleted-users',
    good: { ...user('u9'), deletedDateTime: '2026-11-02T00:00:00Z' },
    read: (h) => collectAll(h.graph.directory.readDeletedUsers({ ...h.read, attributes: [] })),
    count: lengths,
    permission: 'User.Read.All',
  },
  {
    name: 'audit',
    source: 'audit',
    good: {
      id: 'e1',
      activityDateTime: '2026-11-10T10:00:00Z',
      activityDisplayName: 'Add member to group',
      category: 'GroupManagement',
    },
    read: async (h) => {
      const events = (
        await collectAll(h.graph.audit.readWindow({ ...h.read, from: window.from, to: window.to }))
      ).flat();
      return [[...new Map(events.map((event) => [event.id, event])).values()]];
    },
    count: lengths,
    permission: 'AuditLog.Read.All',
  },
];

/** Singletons: the answer is the document. */
const documents: Resource[] = [
  {
    name: 'schema',
    source: 'schema',
    good: { id: 'schema', version: 'v1', synchronizationRules: [] },
    read: (h) => h.graph.synchronization.readSchema({ ...h.read, servicePrincipalId: sp, jobId }),
    count: () => 1,
    permission: 'Synchronization.Read.All',
  },
  {
    name: 'application',
    source: 'application',
    good: { id: sp, appId: 'app-1', displayName: 'UNIFI' },
    read: (h) => h.graph.applications.readApplication({ ...h.read, servicePrincipalId: sp }),
    count: () => 1,
    permission: 'Application.Read.All',
  },
  {
    name: 'job settings',
    source: 'job-settings',
    good: { value: [{ key: 'SyncAll', value: 'false' }] },
    read: (h) => h.graph.synchronization.readSettings({ ...h.read, servicePrincipalId: sp, jobId }),
    count: () => 1,
    permission: 'Synchronization.ReadWrite.All',
  },
];

let harness: GraphHarness;
afterEach(() => harness.server.close());

const page = (items: unknown[], link?: string): Reply => ({
  body: { value: items, ...(link === undefined ? {} : { '@odata.nextLink': link }) },
});
const error = (status: number, code: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { error: { code, message: 'text with kim.reed@contoso.example', innerError: { 'request-id': 'req-1' } } },
});

describe.each([...resources, ...documents])('$name', (resource) => {
  const isDocument = documents.includes(resource);
  const answer = (): Reply => (isDocument ? { body: resource.good } : page([resource.good]));

  test('waits as long as a 429 asks, counts it, and goes on', async () => {
    harness = await startGraphHarness(answer);
    harness.script.push(error(429, 'TooManyRequests', { 'retry-after': '7' }));
    expect(resource.count(await resource.read(harness))).toBe(1);
    expect(harness.meter.throttledMs).toBeGreaterThanOrEqual(6_900);
    expect(harness.meter.notes.join()).toContain('7 s');
  });

  test('waits ten seconds and more when a 429 does not say how long', async () => {
    harness = await startGraphHarness(answer);
    harness.script.push(error(429, 'UnknownError'), error(429, 'UnknownError'));
    expect(resource.count(await resource.read(harness))).toBe(1);
    expect(harness.meter.throttledMs).toBeGreaterThanOrEqual(30_000);
  });

  test('a refusal names permission and roles, and quotes no text of the service', async () => {
    harness = await startGraphHarness(() => error(403, 'Authorization_RequestDenied'));
    const failure = await failureOf(resource.read(harness));
    expect(failure).toMatchObject({
      code: 'graph-forbidden',
      status: 403,
      source: resource.source,
      serviceCode: 'Authorization_RequestDenied',
      requestId: 'req-1',
    });
    expect(failure.permissions).toContain(resource.permission);
    expect(failure.roles?.length).toBeGreaterThan(0);
    expect(JSON.stringify(failure)).not.toContain('kim.reed');
  });

  test('a web page instead of JSON is response-unexpected and names its first tag only', async () => {
    harness = await startGraphHarness(() => ({ body: '<!doctype html><html><p>kim.reed</p></html>' }));
    const failure = await failureOf(resource.read(harness));
    expect(failure).toMatchObject({ code: 'response-unexpected', source: resource.source });
    expect(failure.message).toContain('<html>');
    expect(failure.message).not.toContain('kim.reed');
  });

  if (!isDocument) {
    test('keeps a malformed item aside, counts it, and goes on with the page', async () => {
      harness = await startGraphHarness(() => page([null, { id: 42 }, resource.good, 'text', {}]));
      expect(resource.count(await resource.read(harness))).toBe(1);
      expect(harness.meter.malformed).toBeGreaterThanOrEqual(4);
    });

    test('a page without a list is response-unexpected', async () => {
      harness = await startGraphHarness(() => ({ body: { value: { not: 'a list' } } }));
      expect(await failureOf(resource.read(harness))).toMatchObject({ code: 'response-unexpected', path: 'value' });
    });

    test('follows an empty page that has a next link, whole and unedited', async () => {
      const link = '?$skiptoken=b%20%2F+A=&$select=z,id&$select=x&a=%e4';
      harness = await startGraphHarness(({ path, url }, origin) =>
        path.endsWith(link) ? page([resource.good]) : page([], `${origin}${url.pathname}${link}`),
      );
      expect(resource.count(await resource.read(harness))).toBe(1);
      expect(harness.server.calls.some((call) => call.path.endsWith(link))).toBe(true);
    });

    test('a next link to another host is refused, and the token does not go there', async () => {
      const other = await startGraphHarness(() => page([]));
      harness = await startGraphHarness(() => page([], `${other.server.origin}/v1.0/next`));
      expect(await failureOf(resource.read(harness))).toMatchObject({
        code: 'response-unexpected',
        path: '@odata.nextLink',
      });
      expect(other.server.calls).toHaveLength(0);
      await other.server.close();
    });
  } else {
    test('a document of another shape is response-unexpected', async () => {
      harness = await startGraphHarness(() => ({ body: { unexpected: true } }));
      expect((await failureOf(resource.read(harness))).code).toBe('response-unexpected');
    });
  }
});
