import type {
  Capability,
  Connection,
  ConnectReport,
  ConnectTest,
  JobCandidate,
} from '../contract/models/connection.ts';
import { isAppError } from '../core/app-error.ts';
import { capabilityRights } from '../core/connect/capability-rights.ts';
import { findCandidates } from '../core/connect/find-candidates.ts';
import type { ApplicationInfo } from '../core/model/directory.ts';
import type { JobSettings, SynchronizationJob } from '../core/model/synchronization.ts';
import { failureOf, type BugLog } from './failure-of.ts';
import type { Graph, ReadMeter, ReadOptions, ScimDirectory, TokenProvider } from './ports.ts';
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

const quietMeter = (): ReadMeter => ({
  requests: 0,
  pages: 0,
  items: 0,
  malformed: 0,
  throttledMs: 0,
  total: null,
  changed: () => undefined,
});

const first = async <T>(pages: AsyncIterable<T>): Promise<void> => {
  for await (const page of pages) {
    void page;
    return;
  }
};

/**
 * Tests everything that a connection needs, each by a real call: the token, every permission, and UNIFI by Entra's own
 * probe. Finds the UNIFI application and its job when the connection does not name them.
 *
 * Throws the sign-in's Failure (`auth-required`, `auth-failed`, `consent-missing`, `network-unreachable`,
 * `timed-out`, `cancelled`), and `auth-failed` when Graph takes the token for nothing; everything else becomes a test
 * that fails.
 */
export const testConnection = async (
  dependencies: ConnectDependencies,
  connection: Connection,
  options: { signal: AbortSignal; progress(note: string): void },
): Promise<ConnectOutcome> => {
  const { graph, scim } = dependencies;
  const read: ReadOptions = { signal: options.signal, meter: quietMeter() };
  const tests: ConnectTest[] = [];

  const attempt = async <T>(
    id: ConnectTest['id'],
    works: string,
    fails: string,
    call: () => Promise<T>,
  ): Promise<T | undefined> => {
    options.progress(works);
    const rights = capabilityRights[id as Capability];
    try {
      const value = await call();
      tests.push({ id, state: 'works', sentence: works, failure: null });
      return value;
    } catch (error) {
      if (options.signal.aborted) throw error;
      const failure = failureOf(error, dependencies.bugs, `testing ${id}`);
      const missing = failure.code === 'graph-forbidden' && rights;
      tests.push({
        id,
        state: 'fails',
        sentence: missing
          ? `${fails} It needs the permission ${rights.permission} and ${rights.role}.`
          : `${fails} ${failure.message}`,
        ...(missing ? { permission: rights.permission, role: rights.role } : {}),
        failure,
      });
      return undefined;
    }
  };
  const untested = (id: ConnectTest['id'], sentence: string): void => {
    tests.push({ id, state: 'not-tested', sentence, failure: null });
  };

  await dependencies.tokens.getToken({ signal: options.signal });
  tests.push({ id: 'token', state: 'works', sentence: 'Signed in to Microsoft Entra.', failure: null });

  const found = await attempt(
    'application',
    'Enterprise applications can be read.',
    'The UNIFI enterprise application could not be looked up.',
    () => findJobs(dependencies, connection, read),
  );
  const { candidates, listed } = found ?? { candidates: [], listed: null };
  const chosen = choose(connection, candidates, found !== undefined);
  const servicePrincipalId = chosen?.servicePrincipalId ?? connection.servicePrincipalId ?? null;

  await attempt('log', 'The provisioning log can be read.', 'The provisioning log cannot be read.', () =>
    graph.probe.log({ ...read, servicePrincipalId }),
  );
  if (servicePrincipalId === null) {
    untested('job', 'The provisioning job was not read: no application is chosen.');
  } else {
    await attempt('job', 'The provisioning job can be read.', 'The provisioning job cannot be read.', async () => {
      if (listed instanceof Error) throw listed;
      await graph.synchronization.listJobs({ ...read, servicePrincipalId });
    });
  }
  const job = chosen?.jobId ? { servicePrincipalId: chosen.servicePrincipalId, jobId: chosen.jobId } : null;
  if (job) {
    await attempt(
      'schema',
      'Mappings and scoping filters can be read.',
      'Mappings and scoping filters cannot be read.',
      () => graph.synchronization.readSchema({ ...read, ...job }),
    );
    await attempt(
      'job-settings',
      'The scope setting of the job can be read.',
      'The scope setting of the job cannot be read.',
      () => graph.synchronization.readSettings({ ...read, ...job }),
    );
  } else {
    untested('schema', 'Mappings were not read: no job is chosen.');
    untested('job-settings', 'The scope setting was not read: no job is chosen.');
  }
  if (servicePrincipalId === null) {
    untested('assignments', 'Assignments were not read: no application is chosen.');
  } else {
    await attempt('assignments', 'Assignments can be read.', 'Assignments cannot be read.', () =>
      first(graph.applications.readAssignments({ ...read, servicePrincipalId })),
    );
  }
  await attempt('directory', 'Users and groups can be read.', 'Users and groups cannot be read.', () =>
    graph.probe.directory(read),
  );
  await attempt('deleted-users', 'Deleted users can be read.', 'Deleted users cannot be read.', () =>
    graph.probe.deletedUsers(read),
  );
  await attempt('audit', 'The audit log can be read.', 'The audit log cannot be read.', () => graph.probe.audit(read));
  const askedOfGraph = tests.filter((test) => test.id !== 'token' && test.state !== 'not-tested');
  const refused = refusedSignIn(
    connection.name,
    askedOfGraph.map((test) => test.failure),
  );
  if (refused) throw refused;
  await attempt(
    'scim-users',
    "UNIFI answers Entra's own test request for users.",
    'UNIFI could not be asked for users.',
    () => scim.probe({ ...read, resource: 'Users' }),
  );
  await attempt(
    'scim-groups',
    "UNIFI answers Entra's own test request for groups.",
    'UNIFI could not be asked for groups.',
    () => scim.probe({ ...read, resource: 'Groups' }),
  );
  return { tests, chosen, candidates };
};

/** Applications that fit, with their jobs. Jobs that cannot be listed leave the application as a candidate without a job. */
const findJobs = async (
  { graph }: ConnectDependencies,
  connection: Connection,
  read: ReadOptions,
): Promise<{ candidates: JobCandidate[]; listed: Error | null }> => {
  const applications: ApplicationInfo[] = connection.servicePrincipalId
    ? [await graph.applications.readApplication({ ...read, servicePrincipalId: connection.servicePrincipalId })]
    : await graph.applications.findApplications({ ...read, name: 'UNIFI' });
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
  return { candidates: findCandidates(found, connection.scim.baseUrl), listed };
};

/** The base address is a hint only: where the settings cannot be read, name and template decide. */
const readSettings = async (
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
