import type { Connection, ConnectReport, ConnectTest, JobCandidate } from '../contract/models/connection.ts';
import type { TargetProfile } from '../contract/models/target-profile.ts';
import { isAppError } from '../core/app-error.ts';
import { findCandidates } from '../core/connect/find-candidates.ts';
import type { ApplicationInfo } from '../core/model/directory.ts';
import type { JobSettings, SynchronizationJob } from '../core/model/synchronization.ts';
import { createTester, quietMeter, testCapabilities, testScim } from './connection-tests.ts';
import type { BugLog } from './failure-of.ts';
import type { Graph, ReadOptions, ScimDirectory, TokenProvider } from './ports.ts';
import { refusedSignIn } from './refused-sign-in.ts';

export interface ConnectDependencies {
  graph: Graph;
  scim: ScimDirectory;
  tokens: TokenProvider;
  bugs: BugLog;
}

export interface Chosen {
  servicePrincipalId: string;
  jobId: string | null;
}

/** What the tests of a connection found; the caller decides whether to save. */
export interface ConnectOutcome {
  tests: ConnectTest[];
  /** The chosen application and job, when exactly one fits or the connection names it; `jobId` null: unreadable. */
  chosen: Chosen | null;
  candidates: JobCandidate[];
}

/**
 * Tests everything that a connection needs, each by a real call: the token, every permission, and UNIFI by Entra's own
 * probe. Finds the application of the profile and its job when the connection does not name them.
 *
 * Throws the sign-in's Failure (`auth-required`, `auth-failed`, `consent-missing`, `network-unreachable`,
 * `timed-out`, `cancelled`), and `auth-failed` when Graph takes the token for nothing; everything else becomes a test
 * that fails.
 */
export const testConnection = async (
  dependencies: ConnectDependencies,
  about: { connection: Connection; profile: TargetProfile },
  options: { signal: AbortSignal; progress(note: string): void },
): Promise<ConnectOutcome> => {
  const { connection, profile } = about;
  const { graph, scim } = dependencies;
  const read: ReadOptions = { signal: options.signal, meter: quietMeter() };
  const tester = createTester({ bugs: dependencies.bugs, ...options });
  const { tests, attempt } = tester;

  await dependencies.tokens.getToken({ signal: options.signal });
  tests.push({ id: 'token', state: 'works', sentence: 'Signed in to Microsoft Entra.', failure: null });

  const found = await attempt(
    'application',
    {
      works: 'Enterprise applications can be read.',
      fails: `The ${profile.name} enterprise application could not be looked up.`,
    },
    () => findJobs(dependencies, { connection, profile }, read),
  );
  const { candidates, listed } = found ?? { candidates: [], listed: null };
  const chosen = choose(connection, candidates, found !== undefined);
  const servicePrincipalId = chosen?.servicePrincipalId ?? connection.servicePrincipalId ?? null;

  await testCapabilities(tester, graph, read, {
    servicePrincipalId,
    jobId: chosen?.jobId ?? null,
    async listJobs(ofApplication) {
      if (listed instanceof Error) throw listed;
      await graph.synchronization.listJobs({ ...read, servicePrincipalId: ofApplication });
    },
  });
  const askedOfGraph = tests.filter((test) => test.id !== 'token' && test.state !== 'not-tested');
  const refused = refusedSignIn(
    connection.name,
    askedOfGraph.map((test) => test.failure),
  );
  if (refused) throw refused;
  await testScim(tester, scim, read);
  return { tests, chosen, candidates };
};

/** Applications that fit, with their jobs. Jobs that cannot be listed leave the application as a candidate without a job. */
const findJobs = async (
  { graph }: ConnectDependencies,
  { connection, profile }: { connection: Connection; profile: TargetProfile },
  read: ReadOptions,
): Promise<{ candidates: JobCandidate[]; listed: Error | null }> => {
  const applications: ApplicationInfo[] = connection.servicePrincipalId
    ? [await graph.applications.readApplication({ ...read, servicePrincipalId: connection.servicePrincipalId })]
    : await findByName(graph, profile, read);
  let listed: Error | null = null;
  const found: { application: ApplicationInfo; jobs: { job: SynchronizationJob; settings: JobSettings | null }[] }[] =
    [];
  for (const application of applications) {
    const { servicePrincipalId } = application;
    const jobs: { job: SynchronizationJob; settings: JobSettings | null }[] = [];
    try {
      for (const job of await graph.synchronization.listJobs({ ...read, servicePrincipalId })) {
        jobs.push({ job, settings: await readSettings(graph, read, servicePrincipalId, job.id) });
      }
    } catch (error) {
      if (!isAppError(error) || error.code === 'cancelled') throw error;
      listed = error;
    }
    found.push({ application, jobs });
  }
  return { candidates: findCandidates(found, { profile, scimBaseUrl: connection.scim.baseUrl }), listed };
};

/** Applications of any of the profile's names, each once. */
export const findByName = async (
  graph: Graph,
  profile: TargetProfile,
  read: ReadOptions,
): Promise<ApplicationInfo[]> => {
  const found = new Map<string, ApplicationInfo>();
  for (const name of profile.application.names) {
    for (const one of await graph.applications.findApplications({ ...read, name }))
      found.set(one.servicePrincipalId, one);
  }
  return [...found.values()];
};

/** The base address is a hint only: where the settings cannot be read, name and template decide. */
export const readSettings = async (
  graph: Graph,
  read: ReadOptions,
  servicePrincipalId: string,
  jobId: string,
): Promise<JobSettings | null> => {
  try {
    return await graph.synchronization.readSettings({ ...read, servicePrincipalId, jobId });
  } catch (error) {
    if (!isAppError(error) || error.code === 'cancelled') throw error;
    return null;
  }
};

const choose = (connection: Connection, candidates: JobCandidate[], looked: boolean): Chosen | null => {
  const named = connection.servicePrincipalId ?? null;
  if (named && connection.jobId) return { servicePrincipalId: named, jobId: connection.jobId };
  if (!looked) return named ? { servicePrincipalId: named, jobId: null } : null;
  const fitting = connection.jobId
    ? candidates.filter((candidate) => candidate.jobId === connection.jobId)
    : candidates;
  const only = fitting[0];
  if (fitting.length === 1 && only) return { servicePrincipalId: only.servicePrincipalId, jobId: only.jobId || null };
  return fitting.length === 0 && named ? { servicePrincipalId: named, jobId: null } : null;
};

/** The report of a finished test. */
export const connectReport = (connection: Connection, outcome: ConnectOutcome, saved: boolean): ConnectReport => ({
  connection,
  saved,
  tests: outcome.tests,
  ...(outcome.chosen === null && outcome.candidates.length > 0 ? { candidates: outcome.candidates } : {}),
});
