import type { DemoWorld, Json } from '../../../src-main/demo/world.ts';

const id = (kind: string, index: number): string =>
  `00000000-0000-4000-8000-${kind}${String(index).padStart(12 - kind.length, '0')}`;

const nowMs = Date.parse('2026-08-11T10:00:00Z');

export interface SmallWorldOptions {
  people?: number;
  groups?: number;
  logRows?: number;
}

/** Changes that a test makes to the world by hand. */
export interface SmallWorld extends DemoWorld {
  changes: { atMs: number; id: string; state: 'present' | 'soft-deleted' | 'deleted' }[];
  groupChanges: { atMs: number; id: string; state: 'present' | 'deleted' }[];
  memberIds: Map<string, string[]>;
  closed: boolean;
}

/** A company that stands still: everybody assigned, one row of the log per minute. */
export const createSmallWorld = (options: SmallWorldOptions = {}): SmallWorld => {
  const { people = 250, groups = 12, logRows = 2_400 } = options;
  let now = nowMs;
  const ids = {
    tenantId: id('a', 1),
    clientId: id('b', 1),
    adminId: id('c', 0),
    adminUpn: 'user0@lindholm.example',
    servicePrincipalId: id('d', 1),
    applicationId: id('d', 2),
    jobId: `unifi.${id('a', 1).replaceAll('-', '')}.${id('e', 1)}`,
  };
  const user = (index: number): Json => ({
    id: id('c', index),
    displayName: `Person ${index}`,
    userPrincipalName: `user${index}@lindholm.example`,
    mail: `user${index}@lindholm.example`,
    accountEnabled: index % 10 !== 0,
    department: index % 2 === 0 ? 'Design' : 'Sales',
    createdDateTime: '2026-01-01T00:00:00Z',
  });
  const users = Array.from({ length: people }, (_, index) => user(index));
  const groupList = Array.from({ length: groups }, (_, index) => ({
    id: id('f', index),
    displayName: `Group ${index}`,
    securityEnabled: index !== 3,
    groupTypes: index === 2 ? ['DynamicMembership'] : [],
  }));
  // Group 0 has everybody, group 1 has group 2 in it, the others ten people each.
  const memberIds = new Map<string, string[]>(
    groupList.map((group, index) => [
      group.id,
      index === 0
        ? users.map((one) => String(one['id']))
        : Array.from({ length: 10 }, (_, n) => id('c', index * 10 + n)),
    ]),
  );
  if (groups > 2) memberIds.get(id('f', 1))?.push(id('f', 2));

  const row = (index: number): string =>
    JSON.stringify({
      id: id('1', index),
      activityDateTime: new Date(nowMs - (logRows - index) * 60_000).toISOString().replace('.000', ''),
      tenantId: ids.tenantId,
      jobId: ids.jobId,
      cycleId: id('2', Math.floor(index / 40)),
      changeId: id('3', index),
      provisioningAction: index % 3 === 0 ? 'create' : 'update',
      durationInMilliseconds: 100 + index,
      servicePrincipal: { id: ids.servicePrincipalId, displayName: 'UNIFI' },
      sourceIdentity: { id: id('c', index % people), displayName: `Person ${index % people}`, identityType: 'User' },
      provisioningStatusInfo: { status: index % 7 === 0 ? 'failure' : 'success', errorInformation: null },
      provisioningSteps: [],
      modifiedProperties: [],
    });

  const account = (index: number): Json => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: String(20_000 + index),
    externalId: `ext-${index}`,
    userName: `user${index}@lindholm.example`,
    name: { givenName: 'Person', familyName: String(index) },
    active: index % 10 !== 0,
    meta: { resourceType: 'User', created: '2026-01-01T00:00:00Z', lastModified: '2026-01-01T00:00:00Z' },
  });
  const scimGroup = (index: number): Json => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: `g-${index}`,
    displayName: `Group ${index}`,
    members: Array.from({ length: index === 0 ? people : 10 }, (_, n) => ({ value: String(20_000 + index * 10 + n) })),
    meta: { resourceType: 'Group' },
  });
  const equal = (left: unknown, right: string): boolean => String(left).toLowerCase() === right.toLowerCase();
  const range = <T>(length: number, make: (index: number) => T): T[] =>
    Array.from({ length }, (_, index) => make(index));

  const world: SmallWorld = {
    ids,
    changes: [],
    groupChanges: [],
    memberIds,
    closed: false,
    get nowMs() {
      return now;
    },
    advanceTo(ms) {
      now = ms;
    },
    directory: {
      userCount: () => users.length,
      userAt: (index) => users[index] as Json,
      user: (key) => users.find((one) => one['id'] === key || equal(one['userPrincipalName'], key)) ?? null,
      usersChangedSince: (ms) => world.changes.filter((change) => change.atMs > ms),
      deletedUsers: () => [{ ...user(9_999), deletedDateTime: '2026-08-01T00:00:00Z' }],
      groups: () => groupList,
      group: (groupId) => groupList.find((one) => one.id === groupId) ?? null,
      members: (groupId) =>
        (memberIds.get(groupId) ?? []).map((memberId) => {
          const found = users.find((one) => one['id'] === memberId);
          return found
            ? { '@odata.type': '#microsoft.graph.user', ...found }
            : { '@odata.type': '#microsoft.graph.group', id: memberId };
        }),
      groupsChangedSince: (ms) => world.groupChanges.filter((change) => change.atMs > ms),
      audits: () =>
        range(300, (index) => ({
          id: `audit-${index}`,
          category: 'ProvisioningManagement',
          activityDisplayName: index === 0 ? 'Quarantine' : 'Update attribute mappings or scope',
          activityDateTime: new Date(nowMs - index * 3_600_000).toISOString(),
          loggedByService: index % 2 === 0 ? 'Account Provisioning' : 'Core Directory',
          targetResources: [{ id: id('c', index % people), displayName: `Person ${index}` }],
        })),
    },
    applications: {
      servicePrincipals: () => [
        {
          id: ids.servicePrincipalId,
          appId: ids.applicationId,
          displayName: 'UNIFI',
          accountEnabled: true,
          tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
        },
        { id: id('d', 7), appId: id('d', 8), displayName: "O'Neill tools", accountEnabled: true, tags: [] },
      ],
      assignments: (servicePrincipalId) =>
        servicePrincipalId === ids.servicePrincipalId
          ? groupList.map((group, index) => ({
              id: `assignment-${index}`,
              appRoleId: id('0', 0),
              principalId: group.id,
              principalType: 'Group',
              principalDisplayName: group.displayName,
              createdDateTime: '2026-02-10T16:02:45.9480566Z',
            }))
          : [],
      jobs: (servicePrincipalId) =>
        servicePrincipalId === ids.servicePrincipalId
          ? [
              {
                id: ids.jobId,
                templateId: 'unifi',
                schedule: { state: 'Active', interval: 'PT40M' },
                status: { code: 'Active' },
              },
            ]
          : [],
      schema: (jobId) => (jobId === ids.jobId ? { id: jobId, version: 'v1', synchronizationRules: [] } : null),
      secrets: (jobId) =>
        jobId === ids.jobId
          ? [
              { key: 'SyncAll', value: 'false' },
              { key: 'SecretToken', value: 'not for clients' },
            ]
          : null,
    },
    log: {
      count: logRows,
      range(fromMs, toMs) {
        const at = (index: number): number => nowMs - (logRows - index) * 60_000;
        let start = 0;
        while (start < logRows && at(start) <= fromMs) start += 1;
        let end = start;
        while (end < logRows && at(end) < toMs) end += 1;
        return { start, end };
      },
      rows: (start, end) => range(end - start, (index) => row(start + index)),
    },
    scim: {
      userCount: () => people,
      userAt: account,
      user: (key) => range(people, account).find((one) => one['id'] === key) ?? null,
      findUsers: (attribute, value) => range(people, account).filter((one) => equal(one[attribute], value)),
      groupCount: () => groups,
      groupAt: scimGroup,
      group: (key) => range(groups, scimGroup).find((one) => one['id'] === key) ?? null,
      findGroups: (attribute, value) => range(groups, scimGroup).filter((one) => equal(one[attribute], value)),
    },
    truth: () => [],
    close() {
      world.closed = true;
    },
  };
  return world;
};
