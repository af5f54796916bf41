import { afterEach, describe, expect, test } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { collectAll, startGraphHarness, type GraphHarness } from '../../support/graph-harness.ts';
import type { Call, Reply } from '../../support/json-server.ts';

const sp = '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e';
const jobId = 'unifi.job';
const window = { servicePrincipalId: sp, jobId, from: '2026-11-01T00:00:00.500Z', to: '2026-11-20T00:00:00.500Z' };
let harness: GraphHarness;
afterEach(() => harness.server.close());

const list = (items: unknown[], more: Record<string, unknown> = {}): Reply => ({ body: { value: items, ...more } });
const refuse = (status: number, code: string): Reply => ({ status, body: { error: { code, message: 'no' } } });
const filterOf = (call: Call | undefined): string => call?.url.searchParams.get('$filter') ?? '';

describe('provisioning log', () => {
  const row = (id: string, change: Record<string, unknown> = {}) => ({
    id,
    activityDateTime: '2026-11-10T10:00:00Z',
    jobId,
    provisioningAction: 'create',
    provisioningStatusInfo: { status: 'success', errorInformation: null },
    servicePrincipal: { id: sp, displayName: 'UNIFI' },
    sourceIdentity: { id: 'u1', displayName: 'Kim', identityType: 'User', details: {} },
    provisioningSteps: [],
    modifiedProperties: [],
    ...change,
  });
  const readIds = async (resumeLink: string | null = null): Promise<string[]> => {
    const pages = await collectAll(harness.graph.log.readWindow({ ...harness.read, ...window, resumeLink }));
    return pages.flatMap((page) => page.rows.map((one) => one.id));
  };

  test('asks with documented operators only, bounds moved outwards to whole seconds', async () => {
    harness = await startGraphHarness(() => list([row('a')]));
    await readIds();
    const [call] = harness.server.calls;
    expect(filterOf(call)).toBe(
      `servicePrincipal/id eq '${sp}' and activityDateTime gt 2026-11-01T00:00:00Z and activityDateTime lt 2026-11-20T00:00:01Z`,
    );
    expect(call?.url.searchParams.get('$top')).toBe('500');
  });

  test('a rejected filter falls back to the job, then to time alone with a local filter, and is remembered', async () => {
    const foreign = row('b', { servicePrincipal: { id: 'other' }, jobId: 'other.job' });
    harness = await startGraphHarness((call) =>
      /servicePrincipal|jobId/u.test(filterOf(call)) ? refuse(400, 'BadRequest') : list([row('a'), foreign]),
    );
    expect(await readIds()).toEqual(['a']);
    expect(await readIds()).toEqual(['a']);
    expect(harness.server.calls.map((call) => filterOf(call).split(' ')[0])).toEqual([
      'servicePrincipal/id',
      'jobId',
      'activityDateTime',
      'activityDateTime',
    ]);
  });

  test('goes on at the page where it stopped', async () => {
    harness = await startGraphHarness(() => list([row('c')]));
    expect(await readIds(`${harness.server.origin}/v1.0/auditLogs/provisioning?$skiptoken=x`)).toEqual(['c']);
    expect(harness.server.calls.map((call) => call.path)).toEqual(['/v1.0/auditLogs/provisioning?$skiptoken=x']);
  });

  test('a resume link to another host is refused', async () => {
    harness = await startGraphHarness(() => list([]));
    expect((await failureOf(readIds('https://evil.example/v1.0/x'))).code).toBe('response-unexpected');
  });

  test('asks for the next page only when the caller wants it', async () => {
    harness = await startGraphHarness((call, origin) =>
      list([row(call.path)], { '@odata.nextLink': `${origin}/v1.0/next?${Math.random()}` }),
    );
    const pages = harness.graph.log.readWindow({ ...harness.read, ...window, resumeLink: null });
    for await (const page of pages) {
      expect(page.nextLink).toContain('/v1.0/next?');
      break;
    }
    expect(harness.server.calls).toHaveLength(1);
  });
});

describe('jobs', () => {
  const readOne = async (job: Record<string, unknown>) => {
    harness = await startGraphHarness(() => list([{ id: 'j', ...job }]));
    const [read] = await harness.graph.synchronization.listJobs({ ...harness.read, servicePrincipalId: sp });
    return read;
  };

  test('a job that never ran has no execution, whatever its sentinels say', async () => {
    const job = await readOne({
      schedule: { interval: 'P10675199DT2H48M5.4775807S', state: 'disabled', expiration: null },
      status: {
        code: 'NotRun',
        steadyStateFirstAchievedTime: '0001-01-01T00:00:00Z',
        quarantine: { currentBegan: '', seriesBegan: '', nextAttempt: '', reason: 'Unknown', seriesCount: 0 },
        lastExecution: { state: 'Failed', timeBegan: '0001-01-01T00:00:00Z', error: { code: 'None' } },
      },
    });
    expect(job?.schedule).toEqual({ state: 'Disabled', intervalMs: null, expiresAt: null });
    expect(job?.status).toMatchObject({ steadyStateFirstAchievedAt: null, lastExecution: null, quarantine: null });
  });

  test('a quarantined job keeps reason, error and times', async () => {
    const job = await readOne({
      schedule: { interval: 'PT40M', state: 'Active' },
      status: {
        code: 'quarantine',
        quarantine: {
          reason: 'encounteredQuarantineException',
          seriesBegan: '2026-08-08T02:00:09.1234567Z',
          currentBegan: '',
          seriesCount: 4,
          error: {
            code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
            message: 'x',
            tenantActionable: true,
          },
        },
        synchronizedEntryCountByType: [{ key: 'User', value: 412 }],
      },
      synchronizationJobSettings: [{ name: 'QuarantineTooManyDeletesThreshold', value: '500' }],
    });
    expect(job?.schedule.intervalMs).toBe(2_400_000);
    expect(job?.status.code).toBe('Quarantine');
    expect(job?.status.quarantine).toMatchObject({
      reason: 'EncounteredQuarantineException',
      seriesBegan: '2026-08-08T02:00:09.123Z',
      currentBegan: null,
      seriesCount: 4,
    });
    expect(job?.status.synchronizedEntryCountByType).toEqual({ User: 412 });
    expect(job?.settings).toEqual({ QuarantineTooManyDeletesThreshold: '500' });
  });

  test('of the settings only the four harmless keys survive; beta is asked when v1.0 has no such call', async () => {
    const secret = 'credential-value';
    harness = await startGraphHarness((call) =>
      call.path.startsWith('/v1.0')
        ? refuse(404, 'ResourceNotFound')
        : list([
            { key: 'SyncAll', value: 'false' },
            { key: 'BaseAddress', value: 'https://licensing.example/scim' },
            { key: 'SecretToken', value: secret },
            { key: '__proto__', value: secret },
            { key: 'SkipOutOfScopeDeletions', value: null },
          ]),
    );
    const settings = await harness.graph.synchronization.readSettings({
      ...harness.read,
      servicePrincipalId: sp,
      jobId,
    });
    expect(settings).toEqual({ SyncAll: 'false', BaseAddress: 'https://licensing.example/scim' });
    expect(JSON.stringify([settings, harness.meter])).not.toContain(secret);
  });
});

describe('users', () => {
  const user = (id: string, change: Record<string, unknown> = {}) => ({
    id,
    userPrincipalName: `${id}@contoso.example`,
    accountEnabled: true,
    ...change,
  });
  const read = (attributes: string[], deltaLink: string | null = null) =>
    collectAll(harness.graph.directory.readUsers({ ...harness.read, attributes, deltaLink }));

  test('asks only for what a mapping names, and gives it back by that name', async () => {
    harness = await startGraphHarness(() =>
      list(
        [
          user('u1', {
            department: 'Design',
            mobilePhone: '+49',
            businessPhones: ['1', '2'],
            onPremisesExtensionAttributes: { extensionAttribute3: 'x' },
            surname: null,
          }),
        ],
        { '@odata.deltaLink': `${harness.server.origin}/v1.0/users/delta?$deltatoken=1` },
      ),
    );
    const names = [
      'department',
      'mobile',
      'telephoneNumber',
      'extensionAttribute3',
      'surname',
      'manager',
      'IsSoftDeleted',
    ];
    const [page] = await read(names);
    expect(page?.users[0]?.attributes).toEqual({
      department: 'Design',
      mobile: '+49',
      telephoneNumber: '1',
      extensionAttribute3: 'x',
      surname: null,
    });
    expect(page).toMatchObject({ full: true, deltaLink: expect.stringContaining('$deltatoken=1') as string });
    const [call] = harness.server.calls;
    expect(call?.url.searchParams.get('$select')).toBe(
      'id,userPrincipalName,mail,displayName,accountEnabled,createdDateTime,department,mobilePhone,businessPhones,onPremisesExtensionAttributes,surname',
    );
    expect(call?.url.searchParams.has('$top')).toBe(false);
  });

  test('a delta round tells who left, and how', async () => {
    harness = await startGraphHarness((_, origin) =>
      list(
        [user('u1'), { id: 'u2', '@removed': { reason: 'changed' } }, { id: 'u3', '@removed': { reason: 'deleted' } }],
        { '@odata.deltaLink': `${origin}/v1.0/users/delta?$deltatoken=2` },
      ),
    );
    const [page] = await read([], `${harness.server.origin}/v1.0/users/delta?$deltatoken=1`);
    expect(page?.removed).toEqual([
      { id: 'u2', reason: 'changed' },
      { id: 'u3', reason: 'deleted' },
    ]);
    expect(page?.full).toBe(false);
  });

  test.each([
    [410, 'resyncRequired'],
    [400, 'syncStateNotFound'],
    [404, 'SyncStateNotFound'],
  ])('an expired delta link (%i %s) means the full list', async (status, code) => {
    harness = await startGraphHarness((call) =>
      call.path.includes('deltatoken') ? refuse(status, code) : list([user('u1')]),
    );
    const pages = await read([], `${harness.server.origin}/v1.0/users/delta?$deltatoken=old`);
    expect(pages.map((page) => page.full)).toEqual([true]);
  });

  test('lists all users where delta is not offered', async () => {
    harness = await startGraphHarness((call) =>
      call.path.includes('/delta') ? refuse(400, 'BadRequest') : list([user('u1')]),
    );
    const pages = await read([]);
    expect(pages).toMatchObject([{ full: true, deltaLink: null }]);
    expect(harness.server.calls.at(-1)?.url.searchParams.get('$top')).toBe('999');
  });

  test('deleted users are asked for with the type in the path', async () => {
    harness = await startGraphHarness(() => list([user('u1', { deletedDateTime: '2026-11-02T00:00:00Z' })]));
    const [page] = await collectAll(harness.graph.directory.readDeletedUsers({ ...harness.read, attributes: [] }));
    expect(page?.[0]?.deletedAt).toBe('2026-11-02T00:00:00.000Z');
    expect(harness.server.calls[0]?.url.pathname).toBe('/v1.0/directory/deletedItems/microsoft.graph.user');
  });
});

describe('groups and members', () => {
  test('groups and members that are gone meanwhile are left out', async () => {
    harness = await startGraphHarness((call) => {
      if (call.path.includes('gone')) return refuse(404, 'Request_ResourceNotFound');
      if (call.path.includes('/members')) return list([]);
      return { body: { id: 'g1', displayName: 'Design', groupTypes: ['DynamicMembership'] } };
    });
    const groups = await collectAll(
      harness.graph.directory.readGroups({ ...harness.read, ids: ['g1', 'gone'], attributes: [] }),
    );
    expect(groups.flat().map((group) => group.id)).toEqual(['g1']);
    const members = await collectAll(
      harness.graph.directory.readMembers({ ...harness.read, groupIds: ['gone', 'g1'] }),
    );
    expect(members.map((one) => one.groupId)).toEqual(['g1']);
  });

  test('members are told apart by type, and other kinds left out', async () => {
    harness = await startGraphHarness(() =>
      list([
        { id: 'u1', '@odata.type': '#microsoft.graph.user' },
        { id: 'g2', '@odata.type': '#microsoft.graph.group' },
        { id: 'd1', '@odata.type': '#microsoft.graph.device' },
        { id: 'untyped' },
      ]),
    );
    const members = await collectAll(harness.graph.directory.readMembers({ ...harness.read, groupIds: ['g1'] }));
    expect(members).toEqual([{ groupId: 'g1', userIds: ['u1'], groupIds: ['g2'] }]);
    expect(harness.meter.malformed).toBe(1);
  });

  test('at most four groups are asked at the same time, and they come in order', async () => {
    let now = 0;
    let most = 0;
    const slow = async (): Promise<Reply> => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
      return list([]);
    };
    harness = await startGraphHarness(slow);
    const groupIds = Array.from({ length: 20 }, (_, index) => `g${index}`);
    const members = await collectAll(harness.graph.directory.readMembers({ ...harness.read, groupIds }));
    expect(most).toBe(4);
    expect(members.map((one) => one.groupId)).toEqual(groupIds);
  });
});

describe('applications and audit', () => {
  test('finds applications by name, by word and by the tag of their template, each once', async () => {
    const application = (id: string, displayName: string, tags: string[] = []) => ({
      id,
      appId: `app-${id}`,
      displayName,
      tags,
    });
    harness = await startGraphHarness((call) => {
      if (filterOf(call).startsWith('startswith')) return list([application('1', 'UNIFI')]);
      if (call.url.searchParams.has('$search')) return list([application('1', 'UNIFI'), application('2', 'Our UNIFI')]);
      return refuse(400, 'BadRequest');
    });
    const found = await harness.graph.applications.findApplications({ ...harness.read, name: 'UNIFI' });
    expect(found.map((one) => one.displayName)).toEqual(['UNIFI', 'Our UNIFI']);
  });

  test('a renamed application is found by the template in its tags', async () => {
    harness = await startGraphHarness((call) => {
      if (!filterOf(call).startsWith('tags/any')) return list([]);
      return list([
        { id: '1', displayName: 'Licences', tags: [], applicationTemplateId: 'unifi-template' },
        { id: '2', displayName: 'Other', tags: ['x'] },
      ]);
    });
    const found = await harness.graph.applications.findApplications({ ...harness.read, name: 'UNIFI' });
    expect(found.map((one) => one.servicePrincipalId)).toEqual(['1']);
  });

  test('of an application only signing certificates are told, without keys', async () => {
    harness = await startGraphHarness(() => ({
      body: {
        id: sp,
        displayName: 'UNIFI',
        accountEnabled: false,
        preferredSingleSignOnMode: 'saml',
        preferredTokenSigningKeyThumbprint: 'da20fca696c4f83e8a9aed59be33368ed421f3c1',
        keyCredentials: [
          { usage: 'Sign', customKeyIdentifier: '2iD8ppbE+D6Kmu1ZvjM2jtQh88E=', key: 'private' },
          { usage: 'Sign', customKeyIdentifier: 'AA', endDateTime: '2027-01-01T00:00:00Z', key: 'private' },
          { usage: 'Verify', customKeyIdentifier: 'BB', endDateTime: '2027-01-01T00:00:00Z' },
        ],
      },
    }));
    const application = await harness.graph.applications.readApplication({ ...harness.read, servicePrincipalId: sp });
    expect(application).toMatchObject({ enabled: false, singleSignOnMode: 'saml' });
    // The same thumbprint, which Graph writes in two ways.
    const active = 'DA20FCA696C4F83E8A9AED59BE33368ED421F3C1';
    expect(application.activeThumbprint).toBe(active);
    expect(application.signingCertificates).toEqual([
      { thumbprint: active, startsAt: null, endsAt: null },
      { thumbprint: 'AA', startsAt: null, endsAt: '2027-01-01T00:00:00.000Z' },
    ]);
    expect(JSON.stringify(application)).not.toContain('private');
  });

  test('audit events are asked for by service, and chosen by category here', async () => {
    const event = (id: string, category: string, activityDisplayName = 'Update user') => ({
      id,
      activityDateTime: '2026-11-10T10:00:00Z',
      activityDisplayName,
      category,
      targetResources: [
        {
          id: 'u1',
          type: 'User',
          userPrincipalName: 'u1@contoso.example',
          modifiedProperties: [{ displayName: 'Group.ObjectID', oldValue: null, newValue: '"g1"' }],
        },
      ],
    });
    harness = await startGraphHarness((call) =>
      filterOf(call).includes('Account Provisioning')
        ? list([event('1', 'ProvisioningManagement', 'Quarantine')])
        : list([
            event('2', 'UserManagement'),
            event('3', 'DeviceManagement'),
            event('4', 'ApplicationManagement', 'Add app role assignment to service principal'),
          ]),
    );
    const events = (
      await collectAll(harness.graph.audit.readWindow({ ...harness.read, from: window.from, to: window.to }))
    ).flat();
    expect(events.map((one) => one.id)).toEqual(['1', '2', '4']);
    expect(events[0]?.properties).toEqual([{ name: 'Group.ObjectID', oldValue: null, newValue: '"g1"' }]);
    expect(harness.server.calls.map(filterOf).join()).not.toContain('category');
  });
});
