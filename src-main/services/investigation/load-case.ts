import type { Finding } from '../../contract/models/finding.ts';
import type { Person } from '../../contract/models/person.ts';
import { AppError } from '../../core/app-error.ts';
import { assessJobHealth } from '../../core/health/assess-job-health.ts';
import { timeOf } from '../../core/health/describe-time.ts';
import type { CaseInput } from '../../core/investigation/person-case.ts';
import { describeLogRow } from '../../core/log/describe-log-row.ts';
import type { ApplicationInfo } from '../../core/model/directory.ts';
import type { PersonFacts } from '../../core/model/person-facts.ts';
import type { JobSettings, SynchronizationJob } from '../../core/model/synchronization.ts';
import { parseSyncSchema } from '../../core/schema/parse-sync-schema.ts';
import type { Clock, DocumentName, FactsAsked, HistoryReads } from '../ports.ts';

/** As far as the audit log itself reaches back. */
const auditMs = 30 * 24 * 3_600_000;
/** More rows of one person than anybody reads; the rules look at the newest. */
const rowsRead = 50;
const dayMs = 86_400_000;

/** What is the same for everybody who is asked about: the job, the collection, and how far the log reaches. */
export interface SharedCase {
  common: Omit<CaseInput, 'person' | 'facts' | 'findings' | 'rows'>;
  /** The job that is watched; null: it is not known which. */
  jobId: string | null;
  /** How far back audit events count, ISO 8601. */
  auditFrom: string;
}

/**
 * From when on the log tells everything. What a service no longer keeps it leaves out without a word: where the first
 * rows come later than what was asked for, the log begins after the day of these.
 */
const logReach = async (store: HistoryReads, now: string): Promise<string | null> => {
  const { completeFrom } = await store.log.position();
  if (completeFrom === null) return null;
  const days = await store.log.outcomes(completeFrom, now);
  const first = days.find((day) => day.success + day.failure + day.skippedBenign + day.skippedOther + day.warning > 0);
  if (!first || first.day <= completeFrom.slice(0, 10)) return completeFrom;
  return new Date(Date.parse(`${first.day}T00:00:00Z`) + dayMs).toISOString();
};

const inScope = async (store: HistoryReads): Promise<number> =>
  (await store.people.page({ source: ['in-scope'] }, { limit: 1, withTotal: true })).total ?? 0;

const readDocument = async (store: HistoryReads, name: DocumentName): Promise<string | null> =>
  (await store.snapshots.document(name))?.json ?? null;

/**
 * Loads what every verdict of one moment rests on, once for any number of people.
 *
 * Throws `run-unknown` before the first cross-check, `response-unexpected` when the stored schema is unusable, and the
 * store's failures.
 */
export const loadSharedCase = async (options: {
  store: HistoryReads;
  clock: Clock;
  jobId: string | null;
}): Promise<SharedCase> => {
  const { store } = options;
  const now = options.clock.now();
  const latest = await store.runs.latest();
  if (!latest || !(await store.findings.evaluation())) {
    throw new AppError({
      code: 'run-unknown',
      message: 'Nothing was checked yet, so there is nothing to investigate.',
      advice: 'Run "check" first.',
    });
  }
  const sources = await store.runs.freshness();
  const jobs = JSON.parse((await readDocument(store, 'jobs')) ?? '[]') as SynchronizationJob[];
  const job = jobs.find(({ id }) => id === options.jobId) ?? (options.jobId === null ? (jobs[0] ?? null) : null);
  const jobId = options.jobId ?? job?.id ?? null;
  const application = await readDocument(store, 'application');
  const settings = await readDocument(store, 'job-settings');
  const schema = await readDocument(store, 'schema');
  const observedAt = latest.run.endedAt ?? latest.run.startedAt;
  const auditFrom = new Date(Date.parse(observedAt) - auditMs).toISOString();
  const { applicationAudit } = await store.people.facts({
    entraId: null,
    scimId: null,
    applicationId: application ? (JSON.parse(application) as ApplicationInfo).servicePrincipalId : null,
    auditFrom,
  });
  return {
    jobId,
    auditFrom,
    common: {
      now: now.toISOString(),
      observedAt,
      job,
      jobStatus: assessJobHealth({ job, jobId, sources, now, logNewestAt: await store.log.newestAt() }),
      schema: schema ? parseSyncSchema(schema) : null,
      settings: settings ? (JSON.parse(settings) as JobSettings) : null,
      scopeHints: await store.log.scopeHints(),
      logFrom: await logReach(store, now.toISOString()),
      sources,
      runs: (await store.runs.list({ limit: 20 })).rows,
      gaps: await store.runs.gaps(),
      // Only an initial cycle is as long as there are people to read.
      scopeSize: job && timeOf(job.status.steadyStateFirstAchievedAt) === null ? await inScope(store) : null,
      applicationAudit,
    },
  };
};

/** The ids by which the store knows what belongs to a person. */
export const factsAsked = (shared: SharedCase, person: Person): FactsAsked => ({
  entraId: person.entra?.id ?? null,
  scimId: person.scim?.id ?? null,
  applicationId: null,
  auditFrom: shared.auditFrom,
});

/**
 * Everything that is stored about one person, beside what is shared.
 *
 * @param facts as the store gave them for `factsAsked`; read here when left out
 * Throws the store's failures.
 */
export const loadCase = async (
  store: HistoryReads,
  shared: SharedCase,
  person: Person,
  facts?: PersonFacts,
): Promise<CaseInput> => {
  const { jobId } = shared;
  const entraId = person.entra?.id ?? null;
  const rows = entraId === null ? [] : await store.log.rowsOf(entraId, rowsRead);
  const findings = await Promise.all(person.findings.map(({ id }) => store.findings.get(id)));
  return {
    ...shared.common,
    person,
    facts: facts ?? (await store.people.facts(factsAsked(shared, person))),
    findings: findings.filter((finding): finding is Finding => finding !== null),
    rows: rows
      .map(({ row, raw }) => describeLogRow(row, raw))
      .filter((row) => row.jobId === null || jobId === null || row.jobId === jobId),
  };
};
