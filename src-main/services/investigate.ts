import type { Finding } from '../contract/models/finding.ts';
import type { Investigation } from '../contract/models/investigation.ts';
import type { Person } from '../contract/models/person.ts';
import type { LogRow } from '../contract/models/provisioning-event.ts';
import { AppError } from '../core/app-error.ts';
import { assessJobHealth } from '../core/health/assess-job-health.ts';
import { investigateNobody, investigatePerson } from '../core/investigation/investigate-person.ts';
import { describeLogRow } from '../core/log/describe-log-row.ts';
import type { ApplicationInfo } from '../core/model/directory.ts';
import type { JobSettings, SynchronizationJob } from '../core/model/synchronization.ts';
import { parseSyncSchema } from '../core/schema/parse-sync-schema.ts';
import type { Clock, DocumentName, HistoryStore } from './ports.ts';

/** Somebody of whom only the log knows. */
const personOfRow = ({ subject }: LogRow, entraId: string): Person => ({
  id: entraId,
  name: subject.name,
  entra: {
    id: entraId,
    userPrincipalName: subject.upn,
    mail: null,
    displayName: subject.name,
    accountEnabled: null,
    createdAt: null,
    deletedAt: null,
  },
  scim: null,
  joinedBy: null,
  state: { source: 'deleted', target: 'absent' },
  findings: [],
});

/** Enough to find a whole name among all that begin like it; so many candidates nobody reads. */
const namesRead = 200;
/** As far as the audit log itself reaches back. */
const auditMs = 30 * 24 * 3_600_000;
/** More rows of one person than anybody reads; the rules look at the newest. */
const rowsRead = 50;

/** People of whom the log tells, by any name that they ever had. */
const findInLog = async (store: HistoryStore, who: string): Promise<Person[]> => {
  const byId = await store.log.page({ entraId: who.toLowerCase() }, { limit: 1 });
  const rows = byId.rows.length > 0 ? byId.rows : (await store.log.page({ text: who }, { limit: 100 })).rows;
  const found = new Map<string, Person>();
  for (const row of rows) {
    const { entraId, type } = row.subject;
    if (entraId === null || type !== 'user' || found.has(entraId)) continue;
    found.set(entraId, (await store.people.get(entraId)) ?? personOfRow(row, entraId));
  }
  return [...found.values()];
};

/** Everybody whom `who` can mean: an id, a whole address or name before a part of one, then what the log remembers. */
const findPeople = async (store: HistoryStore, who: string): Promise<Person[]> => {
  const byId =
    (await store.people.get(who)) ??
    (await store.people.get(who.toLowerCase())) ??
    (await store.people.get(`scim:${who}`));
  if (byId) return [byId];
  const { rows } = await store.people.page({ text: who }, { limit: namesRead });
  const wanted = who.trim().toLowerCase();
  const exact = rows.filter(({ entra, scim }) =>
    [
      entra?.userPrincipalName,
      entra?.mail,
      entra?.displayName,
      scim?.id,
      scim?.userName,
      scim?.externalId,
      scim?.displayName,
    ].some((value) => value?.toLowerCase() === wanted),
  );
  if (exact.length > 0) return exact;
  return rows.length > 0 ? rows : findInLog(store, who);
};

const dayMs = 86_400_000;

/**
 * From when on the log tells everything. What a service no longer keeps it leaves out without a word: where the first
 * rows come later than what was asked for, the log begins after the day of these.
 */
const logReach = async (store: HistoryStore, now: string): Promise<string | null> => {
  const { completeFrom } = await store.log.position();
  if (completeFrom === null) return null;
  const days = await store.log.outcomes(completeFrom, now);
  const first = days.find((day) => day.success + day.failure + day.skippedBenign + day.skippedOther + day.warning > 0);
  if (!first || first.day <= completeFrom.slice(0, 10)) return completeFrom;
  return new Date(Date.parse(`${first.day}T00:00:00Z`) + dayMs).toISOString();
};

const readDocument = async (store: HistoryStore, name: DocumentName): Promise<string | null> =>
  (await store.snapshots.document(name))?.json ?? null;

/**
 * Why one person is in UNIFI as they are, from what is stored: finds the person, loads only their facts, and thinks.
 * Several people who fit are listed as candidates; nobody is an answer too.
 *
 * Throws `run-unknown` before the first cross-check, and the store's failures.
 */
export const investigate = async (options: {
  store: HistoryStore;
  clock: Clock;
  jobId: string | null;
  who: string;
}): Promise<Investigation> => {
  const { store, who } = options;
  const now = options.clock.now().toISOString();
  const latest = await store.runs.latest();
  if (!latest || !(await store.findings.evaluation())) {
    throw new AppError({
      code: 'run-unknown',
      message: 'Nothing was checked yet, so there is nothing to investigate.',
      advice: 'Run "check" first.',
    });
  }
  const [found, sources] = await Promise.all([findPeople(store, who), store.runs.freshness()]);
  const [person] = found;
  if (!person || found.length > 1)
    return investigateNobody({ who, candidates: found, isCut: found.length >= namesRead, sources, now });

  const jobs = JSON.parse((await readDocument(store, 'jobs')) ?? '[]') as SynchronizationJob[];
  const job = jobs.find(({ id }) => id === options.jobId) ?? (options.jobId === null ? (jobs[0] ?? null) : null);
  const jobId = options.jobId ?? job?.id ?? null;
  const application = await readDocument(store, 'application');
  const settings = await readDocument(store, 'job-settings');
  const schema = await readDocument(store, 'schema');
  const entraId = person.entra?.id ?? null;
  const observedAt = latest.run.endedAt ?? latest.run.startedAt;

  const page = entraId === null ? { rows: [] } : await store.log.page({ entraId }, { limit: rowsRead });
  const rows = await Promise.all(
    page.rows.map(async ({ id }) => {
      const stored = await store.log.row(id);
      return stored ? [describeLogRow(stored.row, stored.raw)] : [];
    }),
  );
  const findings = await Promise.all(person.findings.map(({ id }) => store.findings.get(id)));
  return investigatePerson({
    now,
    observedAt,
    person,
    facts: await store.people.facts({
      entraId,
      scimId: person.scim?.id ?? null,
      applicationId: application ? (JSON.parse(application) as ApplicationInfo).servicePrincipalId : null,
      auditFrom: new Date(Date.parse(observedAt) - auditMs).toISOString(),
    }),
    findings: findings.filter((finding): finding is Finding => finding !== null),
    job,
    jobStatus: assessJobHealth({
      job,
      jobId,
      sources,
      now: options.clock.now(),
      logNewestAt: await store.log.newestAt(),
    }),
    schema: schema ? parseSyncSchema(schema) : null,
    settings: settings ? (JSON.parse(settings) as JobSettings) : null,
    scopeHints: await store.log.scopeHints(),
    rows: rows.flat().filter((row) => row.jobId === null || jobId === null || row.jobId === jobId),
    logFrom: await logReach(store, now),
    sources,
    runs: (await store.runs.list({ limit: 20 })).rows,
    gaps: await store.runs.gaps(),
  });
};
