import type { Finding } from '../../../../src-main/contract/models/finding.ts';
import type { LogRowDetail } from '../../../../src-main/contract/models/provisioning-event.ts';
import { sourceNames, type SourceFreshness, type SourceName } from '../../../../src-main/contract/models/run.ts';
import { assessJobHealth } from '../../../../src-main/core/health/assess-job-health.ts';
import type { CaseInput } from '../../../../src-main/core/investigation/person-case.ts';
import type {
  Assignment,
  AuditEvent,
  DirectoryGroup,
  DirectoryUser,
} from '../../../../src-main/core/model/directory.ts';
import type {
  AttributeMapping,
  SynchronizationJob,
  SyncSchema,
} from '../../../../src-main/core/model/synchronization.ts';
import type { TargetUser } from '../../../../src-main/core/model/target.ts';

export const now = '2026-11-23T12:00:00.000Z';
export const ada = '11111111-0000-4000-8000-000000000001';
const recently = '2026-11-23T11:50:00Z';
const lastWeek = '2026-11-16T08:00:00Z';

export const user = (changes: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: ada,
  userPrincipalName: 'ada.brandt@contoso.example',
  mail: 'ada.brandt@contoso.example',
  displayName: 'Ada Brandt',
  accountEnabled: true,
  createdAt: '2024-02-01T08:00:00Z',
  deletedAt: null,
  attributes: { department: 'Design', employeeId: 'E-7' },
  ...changes,
});

export const account = (changes: Partial<TargetUser> = {}): TargetUser => ({
  id: 'u-7',
  userName: 'ada.brandt@contoso.example',
  externalId: 'E-7',
  active: true,
  displayName: 'Ada Brandt',
  attributes: {},
  createdAt: '2024-02-01T09:00:00Z',
  lastModifiedAt: '2024-02-01T09:00:00Z',
  ...changes,
});

export const assignment = (principalId: string, createdAt: string | null = '2024-02-01T08:00:00Z'): Assignment => ({
  id: `assignment of ${principalId}`,
  principalId,
  principalType: principalId === ada ? 'User' : 'Group',
  principalName: principalId,
  appRoleId: '0',
  createdAt,
});

export const group = (id: string, changes: Partial<DirectoryGroup> = {}): DirectoryGroup => ({
  id,
  displayName: id,
  mail: null,
  securityEnabled: true,
  groupTypes: [],
  createdAt: '2023-01-01T00:00:00Z',
  attributes: {},
  ...changes,
});

export const row = (changes: Partial<LogRowDetail> = {}): LogRowDetail => ({
  id: 'row',
  at: '2026-11-20T10:00:00Z',
  action: 'update',
  status: 'success',
  subject: { type: 'user', entraId: ada, scimId: 'u-7', name: 'Ada Brandt', upn: null },
  errorCode: null,
  reason: null,
  cycleId: null,
  changeId: null,
  benign: false,
  durationMs: null,
  jobId: 'job',
  initiatedBy: null,
  sourceSystem: null,
  targetSystem: null,
  steps: [],
  causeStep: null,
  modifiedProperties: [],
  errorReason: null,
  errorDetails: null,
  recommendedAction: null,
  explanation: null,
  raw: '{}',
  ...changes,
});

const attribute = (targetAttributeName: string, name: string, matchingPriority = 0): AttributeMapping => ({
  targetAttributeName,
  matchingPriority,
  flowType: 'Always',
  flowBehavior: 'FlowWhenChanged',
  defaultValue: null,
  source: { type: 'Attribute', name, expression: null, parameters: [] },
});

export const schema = (
  changes: {
    flowTypes?: { add: boolean; update: boolean; delete: boolean };
    enabled?: boolean;
    activeMapped?: boolean;
    department?: string;
    operator?: string;
  } = {},
): SyncSchema => ({
  id: 'schema',
  version: '1',
  rules: [
    {
      id: 'rule',
      name: 'USER_TO_USER',
      priority: 1,
      mappings: [
        {
          name: 'Users',
          enabled: changes.enabled ?? true,
          sourceObjectName: 'User',
          targetObjectName: 'User',
          flowTypes: changes.flowTypes ?? { add: true, update: true, delete: true },
          scope: {
            groups: [
              {
                name: 'Design',
                clauses: [
                  {
                    attribute: 'department',
                    operator: changes.operator ?? 'EQUALS',
                    values: [changes.department ?? 'Design'],
                  },
                ],
              },
            ],
            inputFilterGroups: [],
          },
          attributeMappings: [
            attribute('userName', 'userPrincipalName', 1),
            attribute('externalId', 'employeeId'),
            attribute('displayName', 'displayName'),
            ...(changes.activeMapped === false
              ? []
              : [
                  {
                    ...attribute('active', ''),
                    source: {
                      type: 'Function' as const,
                      name: 'Not',
                      expression: 'Not([IsSoftDeleted])',
                      parameters: [],
                    },
                  },
                ]),
          ],
        },
      ],
    },
  ],
});

const execution = {
  state: 'Succeeded',
  activityId: null,
  startedAt: '2026-11-23T11:40:00Z',
  endedAt: '2026-11-23T11:45:00Z',
  countImported: 0,
  countEntitled: 0,
  countEntitledForProvisioning: 0,
  countExports: 0,
  countExported: 0,
  countEscrowed: 0,
  countEscrowedRaw: 0,
  error: null,
};

export const job = (
  changes: { code?: string; state?: string; status?: Partial<SynchronizationJob['status']> } = {},
): SynchronizationJob => ({
  id: 'job',
  templateId: 'unifi',
  schedule: { state: changes.state ?? 'Active', intervalMs: 2_400_000, expiresAt: null },
  status: {
    code: changes.code ?? 'Active',
    countSuccessiveCompleteFailures: 0,
    escrowsPruned: false,
    steadyStateFirstAchievedAt: '2024-01-01T00:00:00Z',
    steadyStateLastAchievedAt: '2026-11-23T11:45:00Z',
    lastExecution: execution,
    lastSuccessfulExecution: execution,
    lastSuccessfulExecutionWithExports: execution,
    progress: [],
    synchronizedEntryCountByType: {},
    quarantine: null,
    troubleshootingUrl: null,
    ...changes.status,
  },
  settings: {},
});

export const quarantined = (reason: string): SynchronizationJob =>
  job({
    code: 'Quarantine',
    status: {
      quarantine: {
        reason,
        error: null,
        currentBegan: lastWeek,
        seriesBegan: lastWeek,
        seriesCount: 1,
        nextAttempt: null,
      },
    },
  });

const never = { steadyStateFirstAchievedAt: null, steadyStateLastAchievedAt: null, lastExecution: null };
export const neverRun = (code = 'NotRun'): SynchronizationJob =>
  job({ code, state: code === 'NotConfigured' ? 'Disabled' : 'Active', status: never });
export const beginning = (): SynchronizationJob =>
  job({
    status: { ...never, progress: [{ completedUnits: 4, totalUnits: 9, units: 'pages', observedAt: null }] },
  });

/** When the job of `standing` worked for the last time, and two moments after which it did nothing. */
export const workedLast = '2026-11-22T02:05:00Z';
export const sinceThen = '2026-11-22T10:00:00Z';

/** A job that is switched on and does nothing: since a day and more, since four hours, or because every cycle fails. */
export const standing = (state: 'failing' | 'late' | 'silent'): Pick<CaseInput, 'job' | 'jobStatus'> => {
  const ended = state === 'late' ? '2026-11-23T08:00:00Z' : workedLast;
  const last = { ...execution, startedAt: ended, endedAt: ended };
  const failed = {
    ...execution,
    state: 'Failed',
    error: { code: 'Unavailable', message: 'UNIFI answered 503.', tenantActionable: true },
  };
  const stands = job({
    status: {
      countSuccessiveCompleteFailures: state === 'failing' ? 50 : 0,
      steadyStateLastAchievedAt: ended,
      lastExecution: state === 'failing' ? failed : last,
      lastSuccessfulExecution: last,
      lastSuccessfulExecutionWithExports: last,
    },
  });
  const sources = sourceNames.map((source) => freshness(source, 'complete'));
  const asked = { job: stands, jobId: 'job', sources, now: new Date(now), logNewestAt: ended };
  return { job: stands, jobStatus: assessJobHealth(asked) };
};

export const finding = (kind: Finding['kind'], changes: Partial<Finding> = {}): Finding => ({
  id: kind,
  kind,
  state: 'open',
  severity: 'high',
  subject: { type: 'user', entraId: ada, scimId: null, name: 'Ada Brandt' },
  related: [],
  firstSeen: now,
  lastSeen: now,
  openedAt: null,
  changedAt: lastWeek,
  expectedBy: lastWeek,
  verified: true,
  assumed: [],
  evidence: [],
  advice: '',
  ...changes,
});

/** A change of ten minutes ago, which may still arrive; `activity` as the audit log words it. */
export const pending = (kind: Finding['kind'], activity: string): Finding =>
  finding(kind, {
    state: 'pending',
    changedAt: recently,
    expectedBy: '2026-11-23T12:55:00.000Z',
    evidence: [{ source: 'audit', ref: 'event', at: recently, text: activity }],
  });

export const auditEvent = (activity: string, at: string): AuditEvent => ({
  id: activity,
  at,
  activity,
  category: 'ProvisioningManagement',
  result: 'success',
  initiatedBy: 'Admin',
  targets: [],
  properties: [],
});

const freshness = (source: SourceName, status: SourceFreshness['status']): SourceFreshness => ({
  source,
  status,
  items: 1,
  pages: 1,
  requests: 1,
  throttledMs: 0,
  malformed: 0,
  from: source === 'audit' ? '2026-10-24T12:00:00Z' : null,
  to: null,
  startedAt: now,
  endedAt: now,
  failure: null,
  lastCompleteAt: status === 'complete' ? now : null,
});

export interface CaseChanges extends Partial<Omit<CaseInput, 'facts' | 'person' | 'sources'>> {
  facts?: Partial<CaseInput['facts']>;
  person?: Partial<CaseInput['person']>;
  /** Sources that the newest collection did not read whole. */
  unread?: SourceName[];
}

/** Ada Brandt: enabled, assigned directly, in scope, with an active account; the job runs, everything was read. */
export const smallCase = ({ facts, person, unread = [], ...changes }: CaseChanges = {}): CaseInput => ({
  now,
  observedAt: now,
  person: {
    id: ada,
    name: 'Ada Brandt',
    entra: {
      id: ada,
      userPrincipalName: 'ada.brandt@contoso.example',
      mail: null,
      displayName: 'Ada Brandt',
      accountEnabled: true,
      createdAt: null,
      deletedAt: null,
    },
    scim: null,
    joinedBy: 'match-value',
    state: { source: 'in-scope', target: 'active' },
    findings: [],
    ...person,
  },
  facts: {
    user: user(),
    deletedUser: null,
    formerUser: null,
    account: account(),
    wasInScope: true,
    groups: [],
    assignments: [assignment(ada)],
    audit: [],
    ...facts,
  },
  findings: [],
  job: job(),
  jobId: 'job',
  jobNote: null,
  jobStatus: null,
  schema: schema(),
  settings: { SyncAll: 'false' },
  scopeHints: { assignedOnly: 1, syncAll: 0 },
  rows: [],
  logFrom: '2026-10-24T12:00:00Z',
  sources: sourceNames.map((source) => freshness(source, unread.includes(source) ? 'failed' : 'complete')),
  runs: [{ id: '1', startedAt: now, endedAt: now }],
  gaps: [],
  otherJobs: [],
  schemaVersions: [],
  readings: [],
  past: [],
  otherRows: [],
  applicationAudit: [],
  ...changes,
});
