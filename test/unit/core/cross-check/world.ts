import { findingKinds, type Finding } from '../../../../src-main/contract/models/finding.ts';
import { sourceNames, type SourceName } from '../../../../src-main/contract/models/run.ts';
import type { CrossCheckInput } from '../../../../src-main/core/cross-check/input.ts';
import type {
  Assignment,
  AuditEvent,
  DirectoryGroup,
  DirectoryUser,
  GroupMembers,
} from '../../../../src-main/core/model/directory.ts';
import type { MemberTable } from '../../../../src-main/core/model/members.ts';
import type {
  AttributeMapping,
  ObjectMapping,
  SynchronizationJob,
  SyncSchema,
} from '../../../../src-main/core/model/synchronization.ts';
import type { TargetGroup, TargetUser } from '../../../../src-main/core/model/target.ts';

export const now = '2026-11-20T12:00:00.000Z';
export const longAgo = '2026-01-05T08:00:00Z';
export const tenMinutesAgo = '2026-11-20T11:50:00Z';

export const attribute = (
  target: string,
  source: string,
  options: Partial<AttributeMapping> = {},
): AttributeMapping => ({
  targetAttributeName: target,
  matchingPriority: 0,
  flowType: 'Always',
  flowBehavior: 'FlowWhenChanged',
  defaultValue: null,
  source: source.startsWith('[')
    ? { type: 'Attribute', name: source.slice(1, -1), expression: source, parameters: [] }
    : { type: 'Function', name: null, expression: source, parameters: [] },
  ...options,
});

export const userMappings = (): AttributeMapping[] => [
  attribute('userName', '[userPrincipalName]', { matchingPriority: 1 }),
  attribute('active', 'Not([IsSoftDeleted])', { defaultValue: 'True' }),
  attribute('name.givenName', '[givenName]'),
  attribute('name.familyName', '[surname]'),
  attribute('externalId', '[mailNickname]'),
];

const mapping = (sourceObjectName: string, attributeMappings: AttributeMapping[]): ObjectMapping => ({
  name: sourceObjectName,
  enabled: true,
  sourceObjectName,
  targetObjectName: sourceObjectName,
  flowTypes: { add: true, update: true, delete: true },
  scope: null,
  attributeMappings,
});

export const schemaOf = (
  options: { user?: Partial<ObjectMapping>; group?: Partial<ObjectMapping> | null } = {},
): SyncSchema => ({
  id: 'unifi',
  version: '1',
  rules: [
    {
      id: 'rule',
      name: 'rule',
      priority: 1,
      mappings: [
        { ...mapping('User', userMappings()), ...options.user },
        ...(options.group === null
          ? []
          : [
              {
                ...mapping('Group', [
                  attribute('displayName', '[displayName]', { matchingPriority: 1 }),
                  attribute('externalId', '[objectId]'),
                ]),
                ...options.group,
              },
            ]),
      ],
    },
  ],
});

/** A user called `name`, whose attributes all follow from it. */
export const user = (name: string, changes: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: `entra-${name}`,
  userPrincipalName: `${name}@contoso.example`,
  mail: `${name}@contoso.example`,
  displayName: name,
  accountEnabled: true,
  createdAt: longAgo,
  deletedAt: null,
  attributes: { givenName: name, surname: 'Vale', mailNickname: name, department: 'Design' },
  ...changes,
});

/** The account that provisioning would have made of it. */
export const account = (name: string, changes: Partial<TargetUser> = {}): TargetUser => ({
  id: `scim-${name}`,
  userName: `${name}@contoso.example`,
  externalId: name,
  active: true,
  displayName: null,
  attributes: { 'name.givenName': name, 'name.familyName': 'Vale', active: true },
  createdAt: longAgo,
  lastModifiedAt: longAgo,
  ...changes,
});

export const assign = (principalId: string, changes: Partial<Assignment> = {}): Assignment => ({
  id: `assignment-${principalId}`,
  principalId,
  principalType: 'User',
  principalName: null,
  appRoleId: 'role',
  createdAt: longAgo,
  ...changes,
});

export const group = (name: string, changes: Partial<DirectoryGroup> = {}): DirectoryGroup => ({
  id: `group-${name}`,
  displayName: name,
  mail: null,
  securityEnabled: true,
  groupTypes: [],
  createdAt: longAgo,
  attributes: {},
  ...changes,
});

export const targetGroup = (
  name: string,
  memberIds: string[] | null,
  changes: Partial<TargetGroup> = {},
): TargetGroup => ({
  id: `scim-group-${name}`,
  displayName: name,
  externalId: `group-${name}`,
  createdAt: longAgo,
  lastModifiedAt: longAgo,
  memberIds,
  ...changes,
});

export const link = (sourceId: string, targetId: string) => ({
  sourceId,
  targetId,
  at: longAgo,
  logId: `log-${sourceId}-${targetId}`,
});

export const auditEvent = (activity: string, at: string, ...targets: string[]): AuditEvent => ({
  id: `audit-${activity}-${targets.join('-')}`,
  at,
  activity,
  category: 'UserManagement',
  result: 'success',
  initiatedBy: 'admin@contoso.example',
  targets: targets.map((id) => ({ id, type: null, name: null })),
  properties: [],
});

export const runningJob = (): SynchronizationJob => ({
  id: 'job',
  templateId: 'unifi',
  schedule: { state: 'Active', intervalMs: 40 * 60_000, expiresAt: null },
  status: {
    code: 'Active',
    countSuccessiveCompleteFailures: 0,
    escrowsPruned: false,
    steadyStateFirstAchievedAt: longAgo,
    steadyStateLastAchievedAt: longAgo,
    lastExecution: null,
    lastSuccessfulExecution: null,
    lastSuccessfulExecutionWithExports: null,
    progress: [],
    synchronizedEntryCountByType: {},
    quarantine: null,
    troubleshootingUrl: null,
  },
  settings: {},
});

export const without = (...missing: SourceName[]): Set<SourceName> =>
  new Set(sourceNames.filter((name) => !missing.includes(name)));

/** Members as they stand in lists of ids. */
const tabulate = (lists: readonly { groupId: string; ids: readonly string[] | null }[]): MemberTable => {
  const ids = [...new Set(lists.flatMap((one) => one.ids ?? []))];
  const groups = lists.map((one) => ({ groupId: one.groupId, places: one.ids?.map((id) => ids.indexOf(id)) ?? null }));
  return { ids, groups };
};

/** An input whose groups carry their members. */
export interface WorldParts extends Omit<CrossCheckInput, 'groupMembers' | 'targetGroups' | 'targetMembers'> {
  groupMembers: readonly GroupMembers[];
  targetGroups: readonly TargetGroup[];
}

/** A tenant in which nothing is, assigned only, every source complete. */
export const world = ({
  groupMembers = [],
  targetGroups = [],
  ...changes
}: Partial<WorldParts> = {}): CrossCheckInput => ({
  observedAt: now,
  complete: without(),
  schema: { schema: schemaOf(), seenAt: now },
  settings: { SyncAll: 'false' },
  scopeHints: { assignedOnly: 0, syncAll: 0 },
  job: runningJob(),
  users: [],
  deletedUsers: [],
  groups: [],
  groupMembers: tabulate(groupMembers.map(({ groupId, userIds }) => ({ groupId, ids: userIds }))),
  assignments: [],
  accounts: [],
  targetGroups,
  targetMembers: tabulate(targetGroups.map(({ id, memberIds }) => ({ groupId: id, ids: memberIds }))),
  links: [],
  audit: [],
  auditFrom: '2026-10-21T12:00:00Z',
  seen: { people: new Map(), groups: new Map(), memberships: new Map() },
  previous: [],
  ...changes,
});

/** Findings in short: kind, subject, and what tells them apart. */
export const brief = (findings: readonly Finding[]): string[] =>
  findings
    .map(({ kind, subject, member, attribute: name, reason, difference, state }) =>
      [
        kind,
        subject.entraId ?? `scim:${subject.scimId ?? ''}`,
        ...(member ? [member.entraId ?? `scim:${member.scimId ?? ''}`] : []),
        ...(name ? [name] : []),
        ...(reason ? [reason] : []),
        ...(difference ? [difference] : []),
        ...(state === 'open' ? [] : [state]),
      ].join(' '),
    )
    .sort(
      (one, other) =>
        findingKinds.findIndex((kind) => one.startsWith(`${kind} `)) -
          findingKinds.findIndex((kind) => other.startsWith(`${kind} `)) || (one < other ? -1 : 1),
    );
