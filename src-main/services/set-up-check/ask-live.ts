import type { Connection } from '../../contract/models/connection.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';
import { isAppError } from '../../core/app-error.ts';
import { chooseJob } from '../../core/model/choose-job.ts';
import type { LiveAnswers, OtherJob } from '../../core/set-up-check/facts.ts';
import { findByName, readSettings, type ConnectDependencies } from '../connect.ts';
import { createTester, quietMeter, testCapabilities, testScim } from '../connection-tests.ts';
import { failureOf } from '../failure-of.ts';
import type { Clock, Graph, ReadOptions } from '../ports.ts';

export interface AskLiveOptions {
  connection: Connection;
  profile: TargetProfile;
  clock: Clock;
  signal: AbortSignal;
  progress(note: string): void;
}

/** A connection made without the right to read jobs names none: `chooseJob` says which is meant. */
const unnamedJob = async (graph: Graph, read: ReadOptions, servicePrincipalId: string): Promise<string | null> => {
  try {
    const jobs = await graph.synchronization.listJobs({ ...read, servicePrincipalId });
    return chooseJob(jobs, null).jobId;
  } catch (error) {
    // The test of the job says why it cannot be read.
    if (!isAppError(error) || error.code === 'cancelled') throw error;
    return null;
  }
};

const askGraph = async (
  dependencies: ConnectDependencies,
  { connection, signal, progress }: AskLiveOptions,
  read: ReadOptions,
): Promise<LiveAnswers['graph']> => {
  const { graph } = dependencies;
  try {
    await dependencies.tokens.getToken({ signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return { failure: failureOf(error, dependencies.bugs, 'signing in') };
  }
  const tester = createTester({ bugs: dependencies.bugs, signal, progress });
  const servicePrincipalId = connection.servicePrincipalId ?? null;
  if (servicePrincipalId !== null) {
    await tester.attempt(
      'application',
      { works: 'The enterprise application can be read.', fails: 'The enterprise application cannot be read.' },
      () => graph.applications.readApplication({ ...read, servicePrincipalId }),
    );
  }
  await testCapabilities(tester, graph, read, {
    servicePrincipalId,
    jobId: connection.jobId ?? (servicePrincipalId === null ? null : await unnamedJob(graph, read, servicePrincipalId)),
    listJobs: (ofApplication) => graph.synchronization.listJobs({ ...read, servicePrincipalId: ofApplication }),
  });
  return { tests: tester.tests };
};

/** Applications of the profile's name beside this one, with their jobs and where these write to. */
const findOthers = async (
  graph: Graph,
  { connection, profile }: AskLiveOptions,
  read: ReadOptions,
): Promise<{ applications: LiveApplications; jobs: OtherJob[] }> => {
  const applications = (await findByName(graph, profile, read)).filter(
    ({ servicePrincipalId }) => servicePrincipalId !== connection.servicePrincipalId,
  );
  const jobs: OtherJob[] = [];
  for (const { servicePrincipalId, displayName } of applications) {
    for (const job of await graph.synchronization.listJobs({ ...read, servicePrincipalId })) {
      const settings = await readSettings(graph, read, servicePrincipalId, job.id);
      jobs.push({
        applicationId: servicePrincipalId,
        applicationName: displayName,
        job,
        baseAddress: settings?.BaseAddress?.trim() || null,
      });
    }
  }
  return { applications, jobs };
};
type LiveApplications = Extract<LiveAnswers['others'], { jobs: OtherJob[] }>['applications'];

/**
 * Asks Entra and the target what only they can tell: the rights of the signed-in account, whether another job writes
 * to the same target, and Entra's own test of the secret token, repeated from here. What fails becomes an answer.
 *
 * Throws `cancelled` alone.
 */
export const askLive = async (dependencies: ConnectDependencies, options: AskLiveOptions): Promise<LiveAnswers> => {
  const { signal, progress } = options;
  const read: ReadOptions = { signal, meter: quietMeter() };
  const graph = await askGraph(dependencies, options, read);
  let others: LiveAnswers['others'];
  if ('failure' in graph) others = graph;
  else {
    progress('Looking for other jobs that write to the same target.');
    try {
      others = await findOthers(dependencies.graph, options, read);
    } catch (error) {
      if (signal.aborted) throw error;
      others = { failure: failureOf(error, dependencies.bugs, 'looking for other jobs') };
    }
  }
  const scim = createTester({ bugs: dependencies.bugs, signal, progress });
  await testScim(scim, dependencies.scim, read);
  return { at: options.clock.now().toISOString(), graph, scim: scim.tests, others };
};
