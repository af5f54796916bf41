import { batchRowOf, groupInvestigationOf, investigationOf, undecidedOf } from './fake-investigation.ts';
import { fakeHistory } from './fake-history.ts';
import { fakeReports } from './fake-reports.ts';
import { createFakeCare } from './fake-care.ts';
import { createFakePurges } from './fake-purges.ts';
import { createFakeQueries } from './fake-queries.ts';
import type { Api, MethodName } from '../../src-main/contract/api.ts';
import type { EventName, Events } from '../../src-main/contract/events.ts';
import type { Failure, Result } from '../../src-main/contract/failure.ts';
import type { ConnectionSummary } from '../../src-main/contract/models/connection.ts';
import {
  findingKinds,
  severities,
  type Finding,
  type FindingKind,
  type SubjectRef,
} from '../../src-main/contract/models/finding.ts';
import type { Facet, Page, PageRequest } from '../../src-main/contract/models/page.ts';
import type { Person } from '../../src-main/contract/models/person.ts';
import type {
  DayOutcome,
  LogFilter,
  LogRow,
  LogRowDetail,
  LogStatus,
} from '../../src-main/contract/models/provisioning-event.ts';
import { sampleSetUpChecks } from './fake-set-up.ts';
import { fakeBlame, fakeJob, fakeJobHealth, fakeQuarantinedJob } from './fake-job-health.ts';
import { fakeIssue, fakeIssuePage, fakeSkips, fakeView } from './fake-issues.ts';
import { sourceNames, type SourceFreshness } from '../../src-main/contract/models/run.ts';

/** How much the fake program holds, and which methods fail. */
export interface FakeApiOptions {
  logRows?: number;
  findings?: number;
  people?: number;
  /** No connection at all: the first screen. */
  connections?: ConnectionSummary[];
  /** True: a connection that was never collected. */
  neverCollected?: boolean;
  /** The job: one with failing entries, one in quarantine, or none that could be read. */
  job?: 'escrows' | 'quarantined' | 'unread';
  failures?: Partial<Record<MethodName, Failure>>;
  /** Why the query console is off. */
  queriesUnavailable?: string;
  now?: string;
}

export interface FakeApi {
  api: Api;
  calls: { method: MethodName; input: unknown }[];
  emit<E extends EventName>(name: E, payload: Events[E]): void;
  subscribe<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void;
}

const firstNames = ['Ada', 'Bo', 'Carla', 'Deniz', 'Elif', 'Farid', 'Grete', 'Hugo', 'Ines', 'Jonas', 'Kaya', 'Lars'];
const lastNames = [
  'Abel',
  'Brandt',
  'Castro',
  'Dahl',
  'Eriksen',
  'Fuchs',
  'Gomez',
  'Huang',
  'Ivanova',
  'Jansen',
  'Koch',
];
const nameOf = (index: number): string =>
  `${firstNames[index % firstNames.length] ?? ''} ${lastNames[(index * 7) % lastNames.length] ?? ''}`;
const upnOf = (index: number): string => `${nameOf(index).toLowerCase().replace(' ', '.')}${String(index)}@example.com`;
const idOf = (prefix: number, index: number): string =>
  `${prefix.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
const subjectOf = (index: number): SubjectRef => ({
  type: 'user',
  entraId: idOf(1, index),
  scimId: idOf(2, index),
  name: nameOf(index),
});

export const sampleConnection: ConnectionSummary = {
  id: 'fabrikam',
  name: 'Fabrikam',
  tenantId: idOf(9, 1),
  cloudLabel: 'Global',
  demo: false,
  lastRunAt: '2026-11-23T19:48:12Z',
  databaseFile: '/data/connections/fabrikam/history.sqlite',
  signedIn: true,
  hasScimToken: true,
};

const pageOf = <T>(count: number, page: PageRequest, make: (index: number) => T): Page<T> => {
  const start = page.cursor === undefined ? (page.offset ?? 0) : Number(page.cursor);
  const end = Math.min(count, start + page.limit);
  return {
    rows: Array.from({ length: Math.max(0, end - start) }, (_, index) => make(start + index)),
    nextCursor: end < count ? String(end) : null,
    ...(page.withTotal ? { total: count } : {}),
  };
};

const statuses: LogStatus[] = ['success', 'success', 'skipped', 'success', 'failure', 'skipped', 'success', 'warning'];
const actions = ['create', 'update', 'update', 'disable', 'update', 'delete', 'stagedDelete'];

const logRowOf = (index: number, nowMs: number): LogRow => {
  const status = statuses[index % statuses.length] ?? 'success';
  const person = index % 397;
  return {
    id: idOf(3, index),
    at: new Date(nowMs - index * 131_000).toISOString(),
    action: actions[index % actions.length] ?? 'other',
    status,
    subject: {
      type: index % 23 === 0 ? 'group' : 'user',
      entraId: idOf(1, person),
      scimId: idOf(2, person),
      name: index % 23 === 0 ? `Team ${lastNames[index % lastNames.length] ?? ''}` : nameOf(person),
      upn: index % 23 === 0 ? null : upnOf(person),
    },
    errorCode: status === 'failure' ? 'SystemForCrossDomainIdentityManagementServiceIncompatible' : null,
    reason:
      status === 'failure'
        ? 'StatusCode: 409 Message: Processing of the HTTP request resulted in an exception. User with this userName already exists.'
        : status === 'skipped'
          ? index % 3 === 0
            ? 'NotEffectivelyEntitled'
            : 'RedundantExport'
          : null,
    cycleId: idOf(4, Math.floor(index / 40)),
    changeId: idOf(5, index),
    benign: status === 'skipped',
  };
};

const detailOf = (row: LogRow): LogRowDetail => ({
  ...row,
  durationMs: 412,
  jobId: 'customappsso.00000000000040008000000000000001.00000000-0000-4000-8000-000000000002',
  initiatedBy: 'Azure AD Provisioning Service',
  sourceSystem: 'Microsoft Entra ID',
  targetSystem: 'UNIFI',
  steps: [
    {
      name: 'EntryImportObject',
      type: 'import',
      status: 'success',
      description: 'Received the person from Entra.',
      details: { userPrincipalName: row.subject.upn },
    },
    {
      name: 'EntrySynchronizationScoping',
      type: 'scoping',
      status: 'success',
      description: 'In scope.',
      details: { Assigned: 'True' },
    },
    {
      name: 'EntryExportAdd',
      type: 'export',
      status: row.status === 'failure' ? 'failure' : 'success',
      description: row.reason,
      details: { ReportableIdentifier: row.subject.upn },
    },
  ],
  causeStep: row.status === 'failure' ? 2 : null,
  modifiedProperties: [
    { name: 'userName', oldValue: null, newValue: row.subject.upn },
    { name: 'name.familyName', oldValue: 'Brandt', newValue: 'Dahl' },
    { name: 'active', oldValue: '', newValue: 'True' },
  ],
  errorReason: row.reason,
  errorDetails: null,
  recommendedAction: null,
  explanation: row.errorCode
    ? {
        code: row.errorCode,
        match: 'exact',
        knownAs: null,
        meaning: 'UNIFI answered in a way that the provisioning service does not accept.',
        likelyCauses: [
          'An account with the same user name exists',
          'The attribute mapping sends a value that UNIFI refuses',
        ],
        remedy: 'Find the account that holds the value in UNIFI, change one of both, and provision on demand.',
        whoActs: 'the UNIFI administrator',
        answer: {
          httpStatus: 409,
          scimType: 'uniqueness',
          detail: 'User with this userName already exists.',
          retryAt: row.at,
        },
      }
    : null,
  raw: JSON.stringify({ id: row.id, activityDateTime: row.at, provisioningAction: row.action }, null, 2),
});

const findingOf = (index: number): Finding => {
  const kind = findingKinds[(index * 5) % findingKinds.length] ?? 'missing-in-target';
  const severity = severities[index % 7 === 0 ? 0 : (index % 2) + 1] ?? 'low';
  return {
    id: `f${index.toString(16).padStart(15, '0')}`,
    kind,
    state: index % 9 === 0 ? 'pending' : index % 31 === 0 ? 'resolved' : 'open',
    severity,
    subject:
      kind.startsWith('group') || kind.startsWith('member')
        ? { ...subjectOf(index), type: 'group', name: 'Sales North' }
        : subjectOf(index),
    ...(kind.startsWith('member') ? { member: subjectOf(index + 1) } : {}),
    ...(kind === 'attribute-drift'
      ? { attribute: 'name.familyName', difference: 'value' as const, expected: 'Dahl', actual: 'Brandt' }
      : {}),
    ...(kind === 'active-source-gone' ? { reason: 'disabled' as const } : {}),
    ...(kind === 'active-not-entitled' ? { reason: 'not-assigned' as const } : {}),
    related: kind === 'duplicate-in-target' ? [subjectOf(index + 2)] : [],
    firstSeen: '2026-11-20T08:12:00Z',
    lastSeen: '2026-11-23T19:48:12Z',
    openedAt: '2026-11-20T09:40:00Z',
    changedAt: '2026-11-20T08:02:11Z',
    expectedBy: '2026-11-20T09:22:11Z',
    verified: index % 6 !== 5,
    assumed: index % 8 === 3 ? ['scope-mode'] : [],
    evidence: [
      {
        source: 'provisioning-log',
        ref: idOf(3, index),
        at: '2026-11-20T08:20:00Z',
        text: 'Update succeeded, without familyName.',
      },
      { source: 'scim-users', ref: idOf(2, index), at: null, text: 'The account is active.' },
    ],
    advice: 'Provision this person on demand in Entra; if the value stays, look at the mapping of familyName.',
  };
};

const personOf = (index: number): Person => ({
  id: idOf(1, index),
  name: nameOf(index),
  entra: {
    id: idOf(1, index),
    userPrincipalName: upnOf(index),
    mail: upnOf(index),
    displayName: nameOf(index),
    accountEnabled: index % 17 !== 0,
    createdAt: '2024-03-02T10:00:00Z',
    deletedAt: null,
  },
  scim:
    index % 11 === 0
      ? null
      : {
          id: idOf(2, index),
          userName: upnOf(index),
          externalId: idOf(1, index),
          active: true,
          displayName: nameOf(index),
          createdAt: '2024-03-02T10:41:00Z',
          lastModifiedAt: '2026-11-01T10:41:00Z',
        },
  joinedBy: index % 11 === 0 ? null : 'link',
  state: {
    source: index % 17 === 0 ? 'disabled' : index % 13 === 0 ? 'not-entitled' : 'in-scope',
    target: index % 11 === 0 ? 'absent' : 'active',
  },
  findings: index % 11 === 0 ? [{ id: 'f0', kind: 'missing-in-target', severity: 'high' }] : [],
});

const fakePerson = (index: number) => ({ id: idOf(1, index), name: nameOf(index), upn: upnOf(index) });

const facet = (name: string, values: [string, number][]): Facet => ({
  name,
  values: values.filter(([, count]) => count > 0).map(([value, count]) => ({ value, count })),
});

const share = (count: number, part: number): number => Math.round(count * part);

const sourcesOf = (): SourceFreshness[] =>
  sourceNames.map((source, index) => ({
    source,
    status: source === 'audit' ? 'failed' : source === 'scim-groups' ? 'partial' : 'complete',
    items: source === 'audit' ? 0 : 40 * (index + 1) ** 2,
    pages: index + 1,
    requests: index + 1,
    throttledMs: source === 'provisioning-log' ? 128_000 : 0,
    malformed: source === 'provisioning-log' ? 2 : 0,
    from: null,
    to: null,
    startedAt: '2026-11-23T19:46:00Z',
    endedAt: '2026-11-23T19:48:12Z',
    failure:
      source === 'audit'
        ? {
            code: 'graph-forbidden',
            message: 'Microsoft Graph refuses the audit log.',
            advice: 'Grant AuditLog.Read.All and give the account the role Reports Reader.',
            permissions: ['AuditLog.Read.All'],
            roles: ['Reports Reader'],
            requestId: idOf(7, 1),
          }
        : source === 'scim-groups'
          ? {
              code: 'scim-unavailable',
              message: 'UNIFI listed 118 of 124 groups.',
              advice: 'Collect again; if it stays, tell UNIFI that paging loses groups.',
            }
          : null,
    lastCompleteAt:
      source === 'audit' ? null : source === 'scim-groups' ? '2026-11-22T07:00:00Z' : '2026-11-23T19:48:12Z',
  }));

const daysOf = (nowMs: number, logRows: number): DayOutcome[] =>
  Array.from({ length: 30 }, (_, index) => {
    const covered = index > 4;
    const weight = logRows === 0 || !covered ? 0 : 1;
    return {
      day: new Date(nowMs - (29 - index) * 86_400_000).toISOString().slice(0, 10),
      success: weight * (380 + ((index * 97) % 240)),
      failure: weight * ((index * 13) % 31),
      warning: weight * (index % 4),
      skippedOther: weight * ((index * 7) % 19),
      skippedBenign: weight * (120 + ((index * 41) % 90)),
      covered,
    };
  });

/** The program as the window sees it, with invented data of any size; derived from the contract, so it cannot lag behind. */
export const createFakeApi = (options: FakeApiOptions = {}): FakeApi => {
  const { logRows = 5000, findings = 240, people = 400, neverCollected = false, failures = {} } = options;
  const nowMs = Date.parse(options.now ?? '2026-11-23T20:00:00Z');
  const job =
    options.job === 'unread' ? null : options.job === 'quarantined' ? fakeQuarantinedJob(nowMs) : fakeJob(nowMs);
  const connections = options.connections ?? [sampleConnection];
  const calls: FakeApi['calls'] = [];
  const listeners: { [E in EventName]: Set<(payload: Events[E]) => void> } = {
    progress: new Set(),
    deviceCode: new Set(),
    dataChanged: new Set(),
  };
  const emit: FakeApi['emit'] = (name, payload) => {
    for (const listener of listeners[name]) listener(payload);
  };
  const logCount = (filter: LogFilter): number =>
    Object.keys(filter).length === 0 ? logRows : share(logRows, filter.text === 'nobody' ? 0 : 0.2);
  const kindFacet = (): [FindingKind, number][] =>
    findingKinds.map((kind, index) => [kind, share(findings, ((index * 3) % 7) / 40)]);

  const methods: { [M in MethodName]: (input: Parameters<Api[M]>[0]) => unknown } = {
    ...fakeHistory,
    ...fakeReports,
    getAppInfo: () => ({
      name: 'UNIFI Provisioning Monitor',
      version: '0.1.0',
      host: 'web',
      dataDirectory: '/data',
      keyStore: false,
      now: new Date(nowMs).toISOString(),
      target: {
        name: 'UNIFI',
        baseUrl: 'https://licensing.inviewlabs.com/api/scim/v2/',
        hosts: ['licensing.inviewlabs.com'],
      },
    }),
    listConnections: () => ({ connections }),
    connect: ({ connection }) => ({
      connection: { ...connection, id: 'contoso', createdAt: '', demo: false, trustedHosts: [] },
      saved: connection.jobId !== undefined,
      tests: [
        { id: 'token', state: 'works', sentence: 'Signed in to Microsoft Entra.', failure: null },
        {
          id: 'audit',
          state: 'fails',
          sentence: 'The audit log cannot be read.',
          permission: 'AuditLog.Read.All',
          role: 'Reports Reader',
          failure: null,
        },
        { id: 'scim-groups', state: 'not-tested', sentence: 'Groups were not asked for.', failure: null },
      ],
      ...(connection.jobId === undefined
        ? {
            candidates: ['UNIFI', 'UNIFI test'].map((applicationName, index) => ({
              servicePrincipalId: idOf(8, index),
              applicationId: idOf(6, index),
              applicationName,
              jobId: `customappsso.${String(index)}`,
              templateId: 'customappsso',
              because: index === 0 ? ['name', 'base-address'] : ['name'],
              state: 'Active',
            })),
          }
        : {}),
    }),
    testConnection: () => ({
      connection: sampleConnection,
      saved: true,
      tests: [{ id: 'token', state: 'works', sentence: 'Signed in to Microsoft Entra.', failure: null }],
    }),
    deleteConnection: ({ connection }) => ({ deleted: connection }),
    setSecret: () => ({ stored: 'memory' }),
    signIn: () => ({ account: 'admin@example.com', persistent: false, expiresAt: null }),
    signOut: () => ({ signedOut: true }),
    openDemo: () => ({ connection: { ...sampleConnection, demo: true } }),
    collect: () => ({ run: { id: 'r1', startedAt: '', endedAt: '' }, sources: sourcesOf() }),
    check: async ({ callId, connection }) => {
      for (let step = 1; step <= 3; step += 1) {
        emit('progress', {
          callId,
          phase: 'collecting',
          source: 'provisioning-log',
          items: step * 4000,
          total: 20_000,
          rate: 1900,
          remainingMs: 9000,
          note: null,
        });
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
      emit('progress', {
        callId,
        phase: 'finished',
        source: null,
        items: 0,
        total: null,
        rate: null,
        remainingMs: null,
        note: null,
      });
      emit('dataChanged', { connectionId: connection ?? '', what: 'findings' });
      return {};
    },
    cancel: () => ({ cancelled: true }),
    getStatus: () => ({
      now: new Date(nowMs).toISOString(),
      job: neverCollected ? null : job,
      sources: neverCollected ? [] : sourcesOf(),
      counts: {
        users: people,
        groups: 124,
        assignments: 31,
        accounts: people - 9,
        targetGroups: 118,
        logRows,
        findingsOpen: findings,
        findingsPending: share(findings, 0.1),
        withheld: 0,
      },
      skips: fakeSkips(nowMs),
    }),
    listRuns: ({ page }) =>
      pageOf(neverCollected ? 0 : 30, page, (index) => ({
        id: String(30 - index),
        startedAt: new Date(nowMs - (index * 12 + 1) * 3_600_000).toISOString(),
        endedAt: index === 4 ? null : new Date(nowMs - (index * 12 + 1) * 3_600_000 + 131_000).toISOString(),
        sources: index === 4 ? [] : sourcesOf(),
      })),
    listKeptAside: () => ({ entries: [] }),
    listGaps: () => ({ gaps: neverCollected ? [] : [{ from: '2026-10-02T00:00:00Z', to: '2026-10-09T12:00:00Z' }] }),
    listFindings: ({ filter: { subject, kind }, page }) => {
      if (!subject) return pageOf(findings, page, findingOf);
      const fitting = Array.from({ length: findingKinds.length }, (_, index) => findingOf(index)).filter(
        (finding) => !kind || kind.includes(finding.kind),
      );
      return pageOf(Math.min(2, fitting.length), page, (index) => fitting[index] ?? findingOf(index));
    },
    getFinding: ({ id }) => findingOf(parseInt(id.slice(1), 16)),
    findingFacets: ({ facets }) => ({
      facets: facets.map((name) =>
        name === 'kind'
          ? facet('kind', kindFacet())
          : name === 'state'
            ? facet('state', [
                ['open', share(findings, 0.86)],
                ['pending', share(findings, 0.11)],
                ['resolved', share(findings, 0.03)],
              ])
            : facet('severity', [
                ['high', share(findings, 0.14)],
                ['medium', share(findings, 0.43)],
                ['low', share(findings, 0.43)],
              ]),
      ),
      notEvaluated:
        findings === 0
          ? []
          : [
              {
                kind: 'member-missing',
                source: 'scim-groups',
                reason: 'the list of groups was not complete',
                count: 1,
              },
            ],
    }),
    listLog: ({ filter, page }) => pageOf(logCount(filter), page, (index) => logRowOf(index, nowMs)),
    getLogRow: ({ id }) => detailOf(logRowOf(parseInt(id.slice(-12), 16), nowMs)),
    logFacets: ({ filter, facets }) => {
      const count = logCount(filter);
      return {
        facets: facets.map((name) =>
          name === 'status'
            ? facet('status', [
                ['success', share(count, 0.5)],
                ['skipped', share(count, 0.25)],
                ['failure', share(count, 0.125)],
                ['warning', share(count, 0.125)],
              ])
            : name === 'action'
              ? facet('action', [
                  ['update', share(count, 0.42)],
                  ['create', share(count, 0.15)],
                  ['disable', share(count, 0.15)],
                  ['delete', share(count, 0.14)],
                  ['stagedDelete', share(count, 0.14)],
                ])
              : name === 'errorCode'
                ? facet('errorCode', [
                    ['SystemForCrossDomainIdentityManagementServiceIncompatible', share(count, 0.1)],
                    ['DuplicateTargetEntries', share(count, 0.025)],
                  ])
                : facet('benign', [
                    ['true', share(count, 0.25)],
                    ['false', share(count, 0.75)],
                  ]),
        ),
      };
    },
    logOutcomes: () => ({ days: daysOf(nowMs, logRows) }),
    listPeople: ({ page }) => pageOf(people, page, personOf),
    getPerson: ({ id }) => personOf(parseInt(id.slice(-12), 16)),
    listIssues: ({ filter, page }) => fakeIssuePage(logRows === 0 ? 0 : 5, nowMs, filter, page),
    getIssue: ({ id }) => fakeIssue(id, nowMs),
    muteIssue: ({ id }) => fakeIssue(id, nowMs),
    unmuteIssue: ({ id }) => fakeIssue(id, nowMs),
    listView: ({ view, filter, page }) => fakeView(view, logRows === 0 ? 0 : 60, nowMs, filter, page),
    runSetUpCheck: ({ offline }) => ({
      checks: sampleSetUpChecks({ isLive: offline !== true, isCollected: options.neverCollected !== true }),
    }),
    getJobHealth: () => fakeJobHealth(nowMs, { job, nothing: neverCollected }),
    blameChanges: () => fakeBlame(nowMs, { nothing: neverCollected }),
    investigate: ({ who, member }) => {
      const numbered = (id: string): number => parseInt(id.slice(-12), 16);
      // Findings about members are about this group.
      if (member !== undefined)
        return groupInvestigationOf({ id: who, name: 'Sales North' }, fakePerson(numbered(member)));
      if (who === 'several') return undecidedOf(who, [0, 1, 2].map(fakePerson));
      return /^[0-9a-f-]{36}$/u.test(who)
        ? numbered(who) === 8
          ? groupInvestigationOf({ id: who, name: 'Sales North' })
          : investigationOf(fakePerson(numbered(who)))
        : undecidedOf(who, []);
    },
    investigateBatch: ({ people: asked }) => ({
      asOf: new Date(nowMs).toISOString(),
      rows: ('names' in asked ? asked.names : Array.from({ length: 12 }, (_, index) => upnOf(index))).map(
        (who, index) => batchRowOf(who, index, fakePerson(index)),
      ),
      repeated: 'names' in asked ? [{ line: asked.names.length + 1, who: 'Ada', sameAs: 1 }] : [],
      csv: '\ufeffLine,Asked for\r\n1,ada\r\n',
    }),
    peopleFacets: ({ facets }) => ({
      facets: facets.map((name) =>
        name === 'source'
          ? facet('source', [
              ['in-scope', share(people, 0.8)],
              ['not-entitled', share(people, 0.2)],
            ])
          : name === 'target'
            ? facet('target', [
                ['active', share(people, 0.9)],
                ['absent', share(people, 0.1)],
              ])
            : facet('withFindings', [
                ['true', share(people, 0.05)],
                ['false', share(people, 0.95)],
              ]),
      ),
    }),
    ...createFakeQueries(options.queriesUnavailable ?? null),
    ...createFakeCare(sampleConnection),
    ...createFakePurges(),
  };

  const answer = async (method: MethodName, input: never): Promise<Result<unknown>> => {
    calls.push({ method, input });
    const failure = failures[method];
    if (failure) return { version: 1, ok: false, failure };
    return { version: 1, ok: true, value: await methods[method](input) };
  };
  const api = Object.fromEntries(
    (Object.keys(methods) as MethodName[]).map((method) => [method, (input: never) => answer(method, input)]),
  ) as unknown as Api;
  return {
    api,
    calls,
    emit,
    subscribe: (name, listener) => {
      listeners[name].add(listener);
      return () => listeners[name].delete(listener);
    },
  };
};
