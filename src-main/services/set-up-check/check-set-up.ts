import type { Connection } from '../../contract/models/connection.ts';
import type { SetUpCheckResult } from '../../contract/models/set-up-check.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';
import { isAppError } from '../../core/app-error.ts';
import { decideScopeMode } from '../../core/cross-check/entitlement.ts';
import { chooseJob } from '../../core/model/choose-job.ts';
import type { ApplicationInfo } from '../../core/model/directory.ts';
import type { JobSettings, SynchronizationJob } from '../../core/model/synchronization.ts';
import { parseSyncSchema } from '../../core/schema/parse-sync-schema.ts';
import type { LiveAnswers, SetUpFacts } from '../../core/set-up-check/facts.ts';
import { runSetUpCheck } from '../../core/set-up-check/run-set-up-check.ts';
import { readAll } from '../collect/read-all.ts';
import type { Clock, DocumentName, HistoryStore } from '../ports.ts';
import { readStatus } from '../read-status.ts';
import { readOtherWriters } from './read-other-writers.ts';
import { surveyHistory } from './survey-history.ts';

/** Mappings of a form that is not known are an answer of the checks that rest on them. */
const readSchema = (json: string | null): SetUpFacts['schema'] => {
  if (json === null) return null;
  try {
    return { schema: parseSyncSchema(json) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { failure: error.failure };
  }
};

export interface CheckSetUpOptions {
  store: HistoryStore;
  clock: Clock;
  connection: Connection;
  profile: TargetProfile;
  /** What was asked of Entra and the target just now; null: only the stored state is looked at. */
  live: LiveAnswers | null;
  signal: AbortSignal;
}

/**
 * Checks the set-up from the stored state and, where they were asked for, live answers. Works before the first
 * collection, too: what was never read is not checkable then. Meant for a thread of its own: a hundred thousand people
 * are gone through.
 *
 * Throws `cancelled`, and the store's failures.
 */
export const checkSetUp = async (options: CheckSetUpOptions): Promise<SetUpCheckResult> => {
  const { store, clock, connection, signal } = options;
  const { snapshots } = store;
  const document = async <T>(name: DocumentName): Promise<T | null> => {
    const stored = await snapshots.document(name);
    return stored ? (JSON.parse(stored.json) as T) : null;
  };
  const jobId = connection.jobId ?? null;
  const status = await readStatus(store, clock, jobId);
  const jobs = (await document<SynchronizationJob[]>('jobs')) ?? [];
  const choice = chooseJob(jobs, jobId);
  const settings = await document<JobSettings>('job-settings');
  const schema = readSchema((await snapshots.document('schema'))?.json ?? null);
  const scopeMode = decideScopeMode({ settings, scopeHints: await store.log.scopeHints() });
  const assignments = await readAll(snapshots, 'assignments');
  const groups = await readAll(snapshots, 'groups');
  const wasRead = (name: 'assignments' | 'groups'): boolean =>
    status.sources.some(({ source, lastCompleteAt }) => source === name && lastCompleteAt !== null);
  const surveyed = await surveyHistory({
    snapshots,
    schema: schema && 'schema' in schema ? schema.schema : null,
    everyone: scopeMode.everyone,
    isEntitlementKnown: wasRead('assignments') && wasRead('groups'),
    assignments,
    groups,
    signal,
  });
  return runSetUpCheck({
    now: clock.now().toISOString(),
    profile: options.profile,
    connection: {
      servicePrincipalId: connection.servicePrincipalId ?? null,
      jobId,
      scimBaseUrl: connection.scim.baseUrl,
    },
    sources: status.sources,
    application: await document<ApplicationInfo>('application'),
    jobs,
    job: choice.job,
    jobStatus: status.job,
    otherWriters: await readOtherWriters(store.log, choice.jobId),
    settings,
    schema,
    scopeMode,
    assignments,
    ...surveyed,
    accounts: status.counts.accounts,
    live: options.live,
  });
};
