import type { Capability, ConnectTest } from '../contract/models/connection.ts';
import { capabilityRights } from '../core/connect/capability-rights.ts';
import { failureOf, type BugLog } from './failure-of.ts';
import type { Graph, ReadMeter, ReadOptions, ScimDirectory } from './ports.ts';

/** Counts for nobody: a test reads next to nothing. */
export const quietMeter = (): ReadMeter => ({
  requests: 0,
  pages: 0,
  items: 0,
  malformed: 0,
  withheld: 0,
  throttledMs: 0,
  total: null,
  changed: () => undefined,
  keepAside: () => undefined,
});

/** Runs tests one after another and remembers how each ended. */
export interface Tester {
  readonly tests: ConnectTest[];
  /** The value of the call, or undefined when it failed. Throws only when it was cancelled. */
  attempt<T>(
    id: ConnectTest['id'],
    words: { works: string; fails: string },
    call: () => Promise<T>,
  ): Promise<T | undefined>;
  untested(id: ConnectTest['id'], sentence: string): void;
}

/** A tester without tests yet. `progress` hears of each as it begins. */
export const createTester = (options: { bugs: BugLog; signal: AbortSignal; progress(note: string): void }): Tester => {
  const tests: ConnectTest[] = [];
  return {
    tests,
    async attempt(id, words, call) {
      options.progress(words.works);
      const rights = capabilityRights[id as Capability];
      try {
        const value = await call();
        tests.push({ id, state: 'works', sentence: words.works, failure: null });
        return value;
      } catch (error) {
        if (options.signal.aborted) throw error;
        const failure = failureOf(error, options.bugs, `testing ${id}`);
        const missing = failure.code === 'graph-forbidden' && rights;
        tests.push({
          id,
          state: 'fails',
          sentence: missing
            ? `${words.fails} It needs the permission ${rights.permission} and ${rights.role}.`
            : `${words.fails} ${failure.message}`,
          ...(missing ? { permission: rights.permission, role: rights.role } : {}),
          failure,
        });
        return undefined;
      }
    },
    untested(id, sentence) {
      tests.push({ id, state: 'not-tested', sentence, failure: null });
    },
  };
};

const first = async <T>(pages: AsyncIterable<T>): Promise<void> => {
  for await (const page of pages) {
    void page;
    return;
  }
};

/**
 * Tries everything that can be read from Graph for one application, each by a real call. `listJobs` lists its jobs, or
 * throws why that failed before.
 */
export const testCapabilities = async (
  { attempt, untested }: Tester,
  graph: Graph,
  read: ReadOptions,
  about: {
    servicePrincipalId: string | null;
    jobId: string | null;
    listJobs(servicePrincipalId: string): Promise<unknown>;
  },
): Promise<void> => {
  const { servicePrincipalId, jobId } = about;
  await attempt(
    'log',
    { works: 'The provisioning log can be read.', fails: 'The provisioning log cannot be read.' },
    () => graph.probe.log({ ...read, servicePrincipalId }),
  );
  if (servicePrincipalId === null) untested('job', 'The provisioning job was not read: no application is chosen.');
  else {
    await attempt(
      'job',
      { works: 'The provisioning job can be read.', fails: 'The provisioning job cannot be read.' },
      () => about.listJobs(servicePrincipalId),
    );
  }
  if (servicePrincipalId !== null && jobId !== null) {
    const job = { servicePrincipalId, jobId };
    await attempt(
      'schema',
      { works: 'Mappings and scoping filters can be read.', fails: 'Mappings and scoping filters cannot be read.' },
      () => graph.synchronization.readSchema({ ...read, ...job }),
    );
    await attempt(
      'job-settings',
      {
        works: 'The scope setting of the job can be read.',
        fails: 'The scope setting of the job cannot be read.',
      },
      () => graph.synchronization.readSettings({ ...read, ...job }),
    );
  } else {
    untested('schema', 'Mappings were not read: no job is chosen.');
    untested('job-settings', 'The scope setting was not read: no job is chosen.');
  }
  if (servicePrincipalId === null) untested('assignments', 'Assignments were not read: no application is chosen.');
  else {
    await attempt('assignments', { works: 'Assignments can be read.', fails: 'Assignments cannot be read.' }, () =>
      first(graph.applications.readAssignments({ ...read, servicePrincipalId })),
    );
  }
  await attempt(
    'directory',
    { works: 'Users and groups can be read.', fails: 'Users and groups cannot be read.' },
    () => graph.probe.directory(read),
  );
  await attempt('deleted-users', { works: 'Deleted users can be read.', fails: 'Deleted users cannot be read.' }, () =>
    graph.probe.deletedUsers(read),
  );
  await attempt('audit', { works: 'The audit log can be read.', fails: 'The audit log cannot be read.' }, () =>
    graph.probe.audit(read),
  );
};

/** Entra's own test requests, from this computer and with the token stored here. scim-entra.md 1, "Test Connection". */
export const testScim = async ({ attempt }: Tester, scim: ScimDirectory, read: ReadOptions): Promise<void> => {
  await attempt(
    'scim-users',
    { works: "UNIFI answers Entra's own test request for users.", fails: 'UNIFI could not be asked for users.' },
    () => scim.probe({ ...read, resource: 'Users' }),
  );
  await attempt(
    'scim-groups',
    { works: "UNIFI answers Entra's own test request for groups.", fails: 'UNIFI could not be asked for groups.' },
    () => scim.probe({ ...read, resource: 'Groups' }),
  );
};
