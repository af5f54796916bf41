import type { ProgressEvent } from '../../contract/events.ts';
import type { HostContext } from '../host-context.ts';
import type { Session } from '../sessions.ts';
import type { JobOrder, JobResults, JobTask } from './job-protocol.ts';
import { runJob } from './run-job.ts';

/** All that a job thread needs of the environment; tokens it asks for. */
const passedOn = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'UNIFI_MONITOR_REPORTS_PER_10S',
];

const withoutSecrets = (env: Record<string, string | undefined>): Record<string, string | undefined> =>
  Object.fromEntries(passedOn.flatMap((key) => (env[key] === undefined ? [] : [[key, env[key]]])));

/**
 * Runs one job on a connection in a thread of its own, reporting its progress under the call's id; the session answers
 * for tokens. Gives the job's result, or throws the Failure that it ended with.
 */
export const startJob = async <T extends JobTask>(
  context: HostContext,
  session: Session,
  job: Pick<JobOrder, 'setUp' | 'report' | 'look'> & { task: T; callId: string; signal: AbortSignal },
): Promise<JobResults[T]> => {
  const { connection } = session;
  const progress = (state: Omit<ProgressEvent, 'callId'>): void =>
    context.events.emit('progress', { callId: job.callId, ...state });
  try {
    // Opened first, so that a damaged or newer file is named before anything is asked of the network.
    await session.history();
    return await runJob({
      workerUrl: context.jobWorkerUrl,
      order: {
        task: job.task,
        connection,
        databaseFile: context.connections.databaseFile(connection.id),
        dataDirectory: context.dataDirectory,
        env: withoutSecrets(session.env),
        hasSystemProxy: context.systemProxy !== null,
        fixedNow: session.fixedNow,
        ...(job.setUp ? { setUp: job.setUp } : {}),
        ...(job.report ? { report: job.report } : {}),
        ...(job.look ? { look: job.look } : {}),
      },
      signal: job.signal,
      bugs: context.bugs,
      progress,
      async answer(question, until) {
        switch (question.what) {
          case 'scim-token':
            return session.scimToken();
          case 'system-proxy':
            return (await context.systemProxy?.(question.url)) ?? null;
          case 'graph-token':
            return session.signIn.getToken({
              signal: until,
              ...(question.claims === null ? {} : { claims: question.claims }),
            });
        }
      },
    });
  } finally {
    progress({ phase: 'finished', source: null, items: 0, total: null, rate: null, remainingMs: null, note: null });
  }
};
