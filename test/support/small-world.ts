import type { DemoWorld, Json } from '../../src-main/demo/world.ts';

const tenantId = '7b0c1d52-93a1-4f0e-8d56-2f1b6f0c9e11';
const servicePrincipalId = '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e';
const jobId = 'unifi.7b0c1d5293a14f0e8d562f1b6f0c9e11.c2b1f6de-4a53-4a1d-b7a5-0a2d7f9e6611';
const nowMs = Date.parse('2026-11-20T12:00:00Z');
const guid = (kind: number, index: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** A company small enough to count by hand: for tests of the adapters against the demo tenant's servers. */
export const createSmallWorld = (size: { users: number; rows: number }): DemoWorld => {
  const users = Array.from({ length: size.users }, (_, index): Json => ({
    id: guid(1, index),
    userPrincipalName: `person${index}@contoso.example`,
    mail: `person${index}@contoso.example`,
    displayName: `Person ${index}`,
    accountEnabled: index % 7 !== 0,
    createdDateTime: '2025-01-02T03:04:05Z',
    department: index % 2 === 0 ? 'Design' : null,
  }));
  const deleted: Json[] = [{ ...users[0], id: guid(2, 0), deletedDateTime: '2026-11-01T00:00:00Z' }];
  const groups: Json[] = [
    {
      id: guid(3, 0),
      displayName: 'Design office',
      securityEnabled: true,
      groupTypes: [],
      createdDateTime: '2025-01-01T00:00:00Z',
    },
    { id: guid(3, 1), displayName: 'Nested', securityEnabled: true, groupTypes: ['DynamicMembership'] },
  ];
  const members: Record<string, Json[]> = {
    [guid(3, 0)]: [
      ...users.map((user): Json => ({ '@odata.type': '#microsoft.graph.user', ...user })),
      { '@odata.type': '#microsoft.graph.group', ...groups[1] },
    ],
    [guid(3, 1)]: [],
  };
  const timeOf = (index: number): number => nowMs - (size.rows - index) * 60_000;
  const row = (index: number): string =>
    JSON.stringify({
      id: guid(4, index),
      activityDateTime: new Date(timeOf(index)).toISOString().replace('.000Z', 'Z'),
      tenantId,
      jobId,
      cycleId: guid(5, Math.floor(index / 10)),
      changeId: guid(6, index),
      provisioningAction: 'create',
      durationInMilliseconds: 12,
      servicePrincipal: { id: servicePrincipalId, displayName: 'UNIFI' },
      sourceIdentity: {
        id: users[index % size.users]?.['id'],
        displayName: 'Person',
        identityType: 'User',
        details: {},
      },
      targetIdentity: { id: `u-${index}`, displayName: '', identityType: 'User', details: {} },
      provisioningStatusInfo: { status: 'success', errorInformation: null },
      provisioningSteps: [],
      modifiedProperties: [],
    });
  const servicePrincipal: Json = {
    id: servicePrincipalId,
    appId: guid(7, 0),
    displayName: 'UNIFI',
    accountEnabled: true,
    preferredSingleSignOnMode: 'saml',
    tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
    keyCredentials: [
      {
        usage: 'Sign',
        customKeyIdentifier: 'AB',
        startDateTime: '2025-01-01T00:00:00Z',
        endDateTime: '2028-01-01T00:00:00Z',
      },
    ],
  };
  const audit = (index: number, category: string, loggedByService: string): Json => ({
    id: guid(8, index),
    activityDateTime: '2026-11-10T10:00:00Z',
    activityDisplayName: 'Update user',
    category,
    loggedByService,
    result: 'success',
    initiatedBy: { user: { id: guid(1, 0), userPrincipalName: 'person0@contoso.example' } },
    targetResources: [{ id: guid(1, 1), type: 'User', displayName: 'Person 1', modifiedProperties: [] }],
  });
  const changed: { id: string; state: 'present' | 'soft-deleted' | 'deleted' }[] = [
    { id: guid(1, 3), state: 'present' },
  ];
  const byUpn = new Map(
    users.flatMap((user) => [
      [user['id'], user],
      [user['userPrincipalName'], user],
    ]),
  );
  return {
    ids: {
      tenantId,
      clientId: '0a1b2c3d-1111-4222-8333-444455556666',
      adminId: guid(1, 0),
      adminUpn: 'person0@contoso.example',
      servicePrincipalId,
      applicationId: guid(7, 0),
      jobId,
    },
    nowMs,
    advanceTo: () => undefined,
    directory: {
      userCount: () => users.length,
      userAt: (index) => users[index] as Json,
      user: (id) => byUpn.get(id) ?? null,
      usersChangedSince: () => changed,
      deletedUsers: () => deleted,
      groups: () => groups,
      group: (id) => groups.find((group) => group['id'] === id) ?? null,
      members: (id) => members[id] ?? [],
      groupsChangedSince: () => [],
      audits: () => [
        audit(0, 'ProvisioningManagement', 'Account Provisioning'),
        audit(1, 'UserManagement', 'Core Directory'),
        audit(2, 'Device', 'Core Directory'),
      ],
    },
    applications: {
      servicePrincipals: () => [servicePrincipal],
      assignments: () => [
        {
          id: 'assignment-1',
          principalId: guid(3, 0),
          principalType: 'Group',
          principalDisplayName: 'Design office',
          appRoleId: guid(0, 0),
          createdDateTime: '2026-08-10T16:02:45.9480566Z',
        },
      ],
      jobs: () => [
        {
          id: jobId,
          templateId: 'unifi',
          schedule: { state: 'Active', interval: 'PT40M' },
          status: { code: 'Active' },
        },
      ],
      schema: () => ({ id: 'schema', version: 'v1', synchronizationRules: [], directories: [] }),
      secrets: () => [
        { key: 'SyncAll', value: 'false' },
        { key: 'SecretToken', value: 'never-shown' },
      ],
    },
    log: {
      count: size.rows,
      range(fromMs, toMs) {
        const inside = Array.from({ length: size.rows }, (_, index) => index).filter(
          (index) => timeOf(index) > fromMs && timeOf(index) < toMs,
        );
        return { start: inside[0] ?? 0, end: inside.length === 0 ? 0 : (inside.at(-1) ?? 0) + 1 };
      },
      rows: (start, end) => Array.from({ length: end - start }, (_, index) => row(start + index)),
    },
    scim: {
      userCount: () => 0,
      userAt: () => ({}),
      user: () => null,
      findUsers: () => [],
      groupCount: () => 0,
      groupAt: () => ({}),
      group: () => null,
      findGroups: () => [],
    },
    truth: () => [],
    close: () => undefined,
  };
};
