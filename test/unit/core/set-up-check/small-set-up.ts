import type { Failure } from '../../../../src-main/contract/failure.ts';
import { capabilities, type ConnectTest } from '../../../../src-main/contract/models/connection.ts';
import { sourceNames, type SourceFreshness, type SourceName } from '../../../../src-main/contract/models/run.ts';
import {
  setUpCheckIds,
  type SetUpCheck,
  type SetUpCheckId,
} from '../../../../src-main/contract/models/set-up-check.ts';
import { assessJobHealth } from '../../../../src-main/core/health/assess-job-health.ts';
import type { ApplicationInfo, DirectoryGroup, DirectoryUser } from '../../../../src-main/core/model/directory.ts';
import type { ObjectMapping, SynchronizationJob } from '../../../../src-main/core/model/synchronization.ts';
import type { AssignedGroup, LiveAnswers, SetUpFacts } from '../../../../src-main/core/set-up-check/facts.ts';
import { runSetUpCheck } from '../../../../src-main/core/set-up-check/run-set-up-check.ts';
import { createGroupSurveyor, createUserSurveyor } from '../../../../src-main/core/set-up-check/survey-directory.ts';
import { unifiProfile } from '../../../../src-main/hosts/target-profile.ts';
import { assign, attribute, group, runningJob, user, userMappings } from '../cross-check/world.ts';

/*
 * A set-up in which every step is right, by hand: two people in one assigned group. Each test changes one thing.
 */

export const now = '2026-11-20T12:00:00.000Z';
const readAt = '2026-11-20T11:58:00.000Z';
export const base = 'https://licensing.inviewlabs.com/api/scim/v2/';
const servicePrincipalId = 'sp-unifi';

export const failure = (code: Failure['code'], more: Partial<Failure> = {}): Failure => ({
  code,
  message: `It ended with ${code}.`,
  advice: 'Do something about it.',
  ...more,
});

const freshness = (source: SourceName): SourceFreshness => ({
  source,
  status: 'complete',
  items: 1,
  pages: 1,
  requests: 1,
  throttledMs: 0,
  malformed: 0,
  from: null,
  to: null,
  startedAt: readAt,
  endedAt: readAt,
  failure: null,
  lastCompleteAt: readAt,
});

/** The newest reading of every source; `changes` by name. */
export const sources = (changes: Partial<Record<SourceName, Partial<SourceFreshness>>> = {}): SourceFreshness[] =>
  sourceNames.map((source) => ({ ...freshness(source), ...changes[source] }));

export const failed = (code: Failure['code'], before: string | null = null): Partial<SourceFreshness> => ({
  status: 'failed',
  failure: failure(code),
  lastCompleteAt: before,
});

export const application = (changes: Partial<ApplicationInfo> = {}): ApplicationInfo => ({
  servicePrincipalId,
  appId: 'app-unifi',
  displayName: 'UNIFI',
  enabled: true,
  singleSignOnMode: 'saml',
  tags: [],
  activeThumbprint: 'AA',
  signingCertificates: [{ thumbprint: 'AA', startsAt: '2025-01-01T00:00:00Z', endsAt: '2028-01-01T00:00:00Z' }],
  ...changes,
});

const execution = {
  state: 'Succeeded',
  activityId: null,
  startedAt: '2026-11-20T11:40:00Z',
  endedAt: '2026-11-20T11:45:00Z',
  countImported: 2,
  countEntitled: 2,
  countEntitledForProvisioning: 2,
  countExports: 1,
  countExported: 1,
  countEscrowed: 0,
  countEscrowedRaw: 0,
  error: null,
};

export const job = (
  changes: { id?: string; state?: string; code?: string; status?: Partial<SynchronizationJob['status']> } = {},
): SynchronizationJob => {
  const running = runningJob();
  return {
    ...running,
    id: changes.id ?? 'job',
    schedule: { ...running.schedule, state: changes.state ?? 'Active' },
    status: {
      ...running.status,
      code: changes.code ?? 'Active',
      lastExecution: execution,
      lastSuccessfulExecution: execution,
      ...changes.status,
    },
    settings: { QuarantineTooManyDeletesThreshold: '2' },
  };
};

const on = { enabled: true, flowTypes: { add: true, update: true, delete: true } } as const;

/** Filters of one mapping; every group is a list of clauses. */
export const filter = (
  ...groups: { attribute: string; operator: string; values: string[] }[][]
): ObjectMapping['scope'] => ({
  groups: groups.map((clauses, index) => ({ name: `Filter ${String(index + 1)}`, clauses })),
  inputFilterGroups: [],
});

export const userMapping = (changes: Partial<ObjectMapping> = {}): ObjectMapping => ({
  ...on,
  name: 'Users',
  sourceObjectName: 'User',
  targetObjectName: 'User',
  scope: filter([{ attribute: 'department', operator: 'EQUALS', values: ['Design'] }]),
  attributeMappings: userMappings(),
  ...changes,
});

export const groupMapping = (changes: Partial<ObjectMapping> = {}): ObjectMapping => ({
  ...on,
  name: 'Groups',
  sourceObjectName: 'Group',
  targetObjectName: 'Group',
  scope: null,
  attributeMappings: [
    attribute('displayName', '[displayName]', { matchingPriority: 1 }),
    attribute('externalId', '[objectId]'),
    attribute('members', '[members]'),
  ],
  ...changes,
});

export const assigned = (one: DirectoryGroup | null, changes: Partial<AssignedGroup> = {}): AssignedGroup => ({
  assignment: assign(one?.id ?? 'group-gone', { principalType: 'Group', principalName: one?.displayName ?? 'Gone' }),
  group: one,
  nestedGroupNames: [],
  userCount: 2,
  ...changes,
});

const works = (id: ConnectTest['id']): ConnectTest => ({ id, state: 'works', sentence: `${id} works.`, failure: null });
export const fails = (id: ConnectTest['id'], why: Failure, more: Partial<ConnectTest> = {}): ConnectTest => ({
  id,
  state: 'fails',
  sentence: `${id} fails.`,
  failure: why,
  ...more,
});

export const live = (changes: Partial<LiveAnswers> = {}): LiveAnswers => ({
  at: now,
  graph: { tests: (['application', ...capabilities] as const).map(works) },
  scim: (['scim-users', 'scim-groups'] as const).map(works),
  others: { applications: [], jobs: [] },
  ...changes,
});

/** What differs from the set-up in which everything is right. */
export type Changes = Partial<Omit<SetUpFacts, 'users' | 'groups' | 'schema' | 'job'>> & {
  /** Mappings of the job; null: never read. */
  mappings?: ObjectMapping[] | null;
  schemaFailure?: Failure;
  /** People and groups that the surveys go through. */
  people?: DirectoryUser[];
  who?: 'entitled' | 'enabled';
  surveyedGroups?: DirectoryGroup[];
  chosen?: SynchronizationJob | null;
};

export const facts = (changes: Changes = {}): SetUpFacts => {
  const {
    mappings = [userMapping(), groupMapping()],
    schemaFailure,
    people = [user('ada'), user('bo')],
    who = 'entitled',
    surveyedGroups = [group('Design')],
    chosen,
    ...rest
  } = changes;
  const jobs = rest.jobs ?? [job()];
  const watched = chosen === undefined ? (jobs[0] ?? null) : chosen;
  const users = mappings?.find(({ sourceObjectName }) => sourceObjectName === 'User');
  const groups = mappings?.find(({ sourceObjectName }) => sourceObjectName === 'Group');
  const userSurvey = users && createUserSurveyor(users);
  for (const one of people) userSurvey?.add(one, one.displayName ?? one.id);
  const groupSurvey = groups && createGroupSurveyor(groups);
  for (const one of surveyedGroups) groupSurvey?.add(one, one.displayName ?? one.id);
  const read = rest.sources ?? sources();
  const connection = rest.connection ?? { servicePrincipalId, jobId: 'job', scimBaseUrl: base };
  const assignedGroups = rest.assignedGroups ?? [assigned(group('Design'))];
  return {
    now,
    profile: unifiProfile,
    connection,
    sources: read,
    application: application(),
    jobs,
    job: watched,
    jobStatus: assessJobHealth({
      job: watched,
      jobId: connection.jobId,
      sources: read,
      now: new Date(now),
      logNewestAt: '2026-11-20T11:45:00Z',
    }),
    otherWriters: [],
    settings: {
      SyncAll: 'false',
      BaseAddress: base,
      SyncNotificationSettings: '{"Enabled":true,"DeleteThresholdEnabled":true}',
    },
    schema: schemaFailure
      ? { failure: schemaFailure }
      : mappings && { schema: { id: 'job', version: '1', rules: [{ id: 'r', name: 'r', priority: 1, mappings }] } },
    scopeMode: { everyone: false, assumed: false },
    assignments: assignedGroups.map(({ assignment }) => assignment),
    assignedGroups,
    users: userSurvey ? { survey: userSurvey.result(), who } : null,
    groups: groupSurvey ? groupSurvey.result() : null,
    accounts: 400,
    live: live(),
    ...rest,
  };
};

/** One check of a set-up that differs in this way. */
export const check = (id: SetUpCheckId, changes: Changes = {}): SetUpCheck => {
  const { checks } = runSetUpCheck(facts(changes));
  const found = checks[setUpCheckIds.indexOf(id)];
  if (found?.id !== id) throw new Error(`The check ${id} is not at its place.`);
  return found;
};
