import type { Person } from '../../contract/models/person.ts';
import type { LogRow, LogRowDetail } from '../../contract/models/provisioning-event.ts';
import { AppError } from '../../core/app-error.ts';
import { assessJobHealth } from '../../core/health/assess-job-health.ts';
import type { JobContext } from '../../core/investigation/case-base.ts';
import type { CaseInput } from '../../core/investigation/person-case.ts';
import { describeLogRow } from '../../core/log/describe-log-row.ts';
import type { ApplicationInfo } from '../../core/model/directory.ts';
import type { PersonFacts } from '../../core/model/person-facts.ts';
import { runMoment } from '../../core/model/run-moment.ts';
import { parseSyncSchema } from '../../core/schema/parse-sync-schema.ts';
import { loadJob } from '../job-health/load-job.ts';
import type { Clock, FactsAsked, HistoryReads } from '../ports.ts';

/** As far as the audit log itself reaches back. */
const auditMs = 30 * 24 * 3_600_000;
/** Mappings change rarely; more versions in a month are a story of their own. */
const versionsRead = 10;
/** More rows of one person than anybody reads; the rules look at the newest. */
const rowsRead = 50;
const runsRead = 20;
const dayMs = 86_400_000;

/** What is the same for everybody who is asked about: the job, the collection, and how far the log reaches. */
export interface SharedCase {
  common: JobContext;
  /** The job that is meant; null: it is not known which. */
  jobId: string | null;
  /** How far back audit events count, ISO 8601. */
  auditFrom: string;
}

/**
 * From when on the log tells everything. What a service no longer keeps it leaves out without a word: where the first
 * rows come later than what was asked for, the log begins after the day of these.
 */
const logReach = async (store: HistoryReads): Promise<string | null> => {
  const { completeFrom } = await store.log.position();
  if (completeFrom === null) return null;
  const day = (await store.log.firstAt(completeFrom))?.slice(0, 10);
  if (day === undefined || day <= completeFrom.slice(0, 10)) return completeFrom;
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString();
};

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
  const observedAt = runMoment(latest.run, latest.sources);
  const auditFrom = new Date(Date.parse(observedAt) - auditMs).toISOString();
  const [loaded, application, schema, schemaVersions, runs, gaps, logFrom] = await Promise.all([
    loadJob(store, now, options.jobId),
    store.snapshots.document('application'),
    store.snapshots.document('schema'),
    store.jobHistory.versions({ name: 'schema', from: auditFrom, limit: versionsRead }),
    store.runs.list({ limit: runsRead }),
    store.runs.gaps(),
    logReach(store),
  ]);
  const { choice, input, settings, scopeHints, readings } = loaded;
  const { applicationAudit } = await store.people.facts({
    entraId: null,
    scimId: null,
    applicationId: application ? (JSON.parse(application.json) as ApplicationInfo).servicePrincipalId : null,
    auditFrom,
  });
  return {
    jobId: choice.jobId,
    auditFrom,
    common: {
      now: now.toISOString(),
      observedAt,
      job: choice.job,
      jobId: choice.jobId,
      jobNote: input.choiceNote ?? null,
      jobStatus: assessJobHealth(input),
      otherJobs: choice.others,
      schema: schema ? parseSyncSchema(schema.json) : null,
      schemaVersions,
      readings,
      settings,
      scopeHints,
      logFrom,
      sources: input.sources,
      runs: runs.rows,
      gaps,
      applicationAudit,
    },
  };
};

/** Rows by the watched job and by others, in the words of the log's detail. */
export const splitRows = (
  rows: readonly { row: LogRow; raw: string }[],
  jobId: string | null,
): Pick<CaseInput, 'rows' | 'otherRows'> => {
  const all = rows.map(({ row, raw }) => describeLogRow(row, raw));
  const isOwn = (row: LogRowDetail): boolean => row.jobId === null || jobId === null || row.jobId === jobId;
  return { rows: all.filter(isOwn), otherRows: all.filter((row) => !isOwn(row)) };
};

/** Rows about an account that name no user of Entra: all that the log can tell of somebody who is only in UNIFI. */
const rowsOfAccount = async (store: HistoryReads, scimId: string): Promise<{ row: LogRow; raw: string }[]> => {
  const { rows } = await store.log.page({ text: scimId }, { limit: rowsRead });
  const own = rows.filter(({ subject }) => subject.entraId === null && subject.scimId === scimId);
  const found = await Promise.all(own.map(({ id }) => store.log.row(id)));
  return found.filter((row) => row !== null);
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
  const { entra, scim } = person;
  const ids = [...(entra ? [entra.id] : []), ...(scim ? [`scim:${scim.id}`] : [])];
  const [rows, past, known] = await Promise.all([
    entra ? store.log.rowsOf(entra.id, rowsRead) : scim ? rowsOfAccount(store, scim.id) : [],
    store.findings.pastOf(ids),
    facts ?? store.people.facts(factsAsked(shared, person)),
  ]);
  return {
    ...shared.common,
    person,
    facts: known,
    past,
    findings: past.map(({ finding }) => finding).filter(({ state }) => state !== 'resolved'),
    ...splitRows(rows, shared.jobId),
  };
};
