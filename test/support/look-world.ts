import type { DemoWorld, Json } from '../../src-main/demo/world.ts';
import { createSmallWorld } from './small-world.ts';

/** A company that a test changes by hand while its servers run: what is put into these lists is there at once. */
export interface LookWorld {
  world: DemoWorld;
  /** The present moment, epoch milliseconds. */
  nowMs: number;
  users: Json[];
  deleted: Json[];
  groups: Json[];
  /** Ids of direct members, by group id. */
  members: Map<string, string[]>;
  assignments: Json[];
  accounts: Json[];
  rows: Json[];
}

export const startMs = Date.parse('2026-11-20T12:00:00Z');
export const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
const longAgo = '2025-01-02T03:04:05Z';

export const userId = (index: number): string => `00000001-0000-4000-8000-${String(index).padStart(12, '0')}`;
export const groupId = (index: number): string => `00000003-0000-4000-8000-${String(index).padStart(12, '0')}`;

export const aUser = (index: number, name: string, changes: Json = {}): Json => ({
  id: userId(index),
  userPrincipalName: `${name.toLowerCase()}@contoso.example`,
  mail: `${name.toLowerCase()}@contoso.example`,
  displayName: name,
  accountEnabled: true,
  createdDateTime: longAgo,
  employeeId: `E-${index}`,
  ...changes,
});

export const aGroup = (index: number, displayName: string): Json => ({
  id: groupId(index),
  displayName,
  securityEnabled: true,
  groupTypes: [],
  createdDateTime: longAgo,
});

export const anAssignment = (principalId: string, principalDisplayName: string, type: 'User' | 'Group'): Json => ({
  id: `assignment of ${principalId}`,
  principalId,
  principalType: type,
  principalDisplayName,
  appRoleId: '00000000-0000-0000-0000-000000000000',
  createdDateTime: longAgo,
});

export const anAccount = (id: string, userName: string, changes: Json = {}): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id,
  userName,
  active: true,
  meta: { resourceType: 'User', created: longAgo, lastModified: longAgo },
  ...changes,
});

const attribute = (name: string): Json => ({ type: 'Attribute', name, expression: `[${name}]`, parameters: [] });

const mapping = (targetAttributeName: string, source: Json, matchingPriority = 0): Json => ({
  targetAttributeName,
  matchingPriority,
  flowType: 'Always',
  flowBehavior: 'FlowWhenChanged',
  defaultValue: null,
  source,
});

const schema: Json = {
  id: 'schema',
  version: 'v1',
  directories: [],
  synchronizationRules: [
    {
      id: 'rule',
      name: 'USER_TO_USER',
      priority: 1,
      objectMappings: [
        {
          name: 'Users',
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          sourceObjectName: 'User',
          targetObjectName: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
          scope: { groups: [], inputFilterGroups: [], categoryFilterGroups: [] },
          attributeMappings: [
            mapping('userName', attribute('userPrincipalName'), 1),
            mapping('externalId', attribute('employeeId')),
            mapping('active', {
              type: 'Function',
              name: 'Not',
              expression: 'Not([IsSoftDeleted])',
              parameters: [{ key: 'source', value: attribute('IsSoftDeleted') }],
            }),
          ],
        },
      ],
    },
  ],
};

export const createLookWorld = (): LookWorld => {
  const small = createSmallWorld({ users: 1, rows: 0 });
  const state: Omit<LookWorld, 'world'> = {
    nowMs: startMs,
    users: [],
    deleted: [],
    groups: [],
    members: new Map(),
    assignments: [],
    accounts: [],
    rows: [],
  };
  const same = (one: unknown, other: string): boolean => String(one).toLowerCase() === other.toLowerCase();
  const { jobId } = small.ids;
  const execution = (): Json => ({
    state: 'Succeeded',
    timeBegan: iso(state.nowMs - 20 * 60_000),
    timeEnded: iso(state.nowMs - 15 * 60_000),
    error: null,
  });
  const timeOf = (row: Json): number => Date.parse(String(row['activityDateTime']));
  const ordered = (): Json[] => state.rows.toSorted((one, other) => timeOf(one) - timeOf(other));
  const world: DemoWorld = {
    ...small,
    get nowMs() {
      return state.nowMs;
    },
    advanceTo: (ms) => void (state.nowMs = ms),
    directory: {
      ...small.directory,
      userCount: () => state.users.length,
      userAt: (index) => state.users[index] as Json,
      user: (key) => state.users.find((user) => same(user['id'], key) || same(user['userPrincipalName'], key)) ?? null,
      usersChangedSince: () => [],
      deletedUsers: () => state.deleted,
      groups: () => state.groups,
      group: (id) => state.groups.find((group) => group['id'] === id) ?? null,
      members: (id) =>
        (state.members.get(id) ?? []).flatMap((member): Json[] => {
          const user = state.users.find((one) => one['id'] === member);
          if (user) return [{ '@odata.type': '#microsoft.graph.user', ...user }];
          const group = state.groups.find((one) => one['id'] === member);
          return group ? [{ '@odata.type': '#microsoft.graph.group', ...group }] : [];
        }),
      audits: () => [],
    },
    applications: {
      ...small.applications,
      assignments: () => state.assignments,
      schema: () => schema,
      jobs: () => [
        {
          id: jobId,
          templateId: 'unifi',
          schedule: { state: 'Active', interval: 'PT40M' },
          status: {
            code: 'Active',
            steadyStateFirstAchievedTime: longAgo,
            steadyStateLastAchievedTime: iso(state.nowMs - 15 * 60_000),
            lastExecution: execution(),
            lastSuccessfulExecution: execution(),
            lastSuccessfulExecutionWithExports: execution(),
          },
        },
      ],
    },
    log: {
      get count() {
        return state.rows.length;
      },
      range(fromMs, toMs) {
        const inside = ordered().flatMap((row, index) => (timeOf(row) > fromMs && timeOf(row) < toMs ? [index] : []));
        return { start: inside[0] ?? 0, end: inside.length === 0 ? 0 : (inside.at(-1) ?? 0) + 1 };
      },
      rows: (start, end) =>
        ordered()
          .slice(start, end)
          .map((row) => JSON.stringify(row)),
    },
    scim: {
      ...small.scim,
      userCount: () => state.accounts.length,
      userAt: (index) => state.accounts[index] as Json,
      user: (id) => state.accounts.find((account) => account['id'] === id) ?? null,
      findUsers: (name, value) => state.accounts.filter((account) => same(account[name], value)),
    },
  };
  return Object.assign(state, { world });
};

/** A row of the provisioning log about a user. */
export const aRow = (
  { ids }: DemoWorld,
  about: { id: string; atMs: number; user: string; target: string | null; status?: string; action?: string },
  changes: Json = {},
): Json => ({
  id: about.id,
  activityDateTime: iso(about.atMs),
  tenantId: ids.tenantId,
  jobId: ids.jobId,
  cycleId: '00000005-0000-4000-8000-000000000000',
  changeId: `change ${about.id}`,
  provisioningAction: about.action ?? 'create',
  durationInMilliseconds: 12,
  servicePrincipal: { id: ids.servicePrincipalId, displayName: 'UNIFI' },
  sourceIdentity: { id: about.user, displayName: 'Person', identityType: 'User', details: {} },
  targetIdentity: { id: about.target ?? '', displayName: '', identityType: 'User', details: {} },
  provisioningStatusInfo: {
    status: about.status ?? 'success',
    errorInformation:
      about.status === 'failure'
        ? { errorCode: 'SystemForCrossDomainIdentityManagementServiceIncompatible', reason: 'refused' }
        : null,
  },
  provisioningSteps: [],
  modifiedProperties: [],
  ...changes,
});
