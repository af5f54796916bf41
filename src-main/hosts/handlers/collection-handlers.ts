import type { CheckResult } from '../../contract/models/finding.ts';
import type { ProgressEvent } from '../../contract/events.ts';
import { AppError } from '../../core/app-error.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import type { Session } from '../sessions.ts';
import type { JobResults, JobTask } from '../worker/job-protocol.ts';
import { runJob } from '../worker/run-job.ts';

type CollectionHandlers = Pick<Handlers, 'openDemo' | 'collect' | 'check' | 'cancel'>;

/** Long work: the demo tenant's start, collections and cross-checks. */
export const createCollectionHandlers = (
  context: HostContext,
  listConnections: Handlers['listConnections'],
): CollectionHandlers => {
  const { bugs, calls, connections, demo, events, sessions } = context;
  const busy = new Set<string>();

  const run = async <T extends JobTask>(
    task: T,
    session: Session,
    callId: string,
    signal: AbortSignal,
  ): Promise<JobResults[T]> => {
    const { connection } = session;
    if (busy.has(connection.id)) {
      throw new AppError({
        code: 'store-locked',
        message: `Another collection or check of connection "${connection.name}" is running.`,
        advice: 'Wait until it ends, or cancel it.',
        file: connections.databaseFile(connection.id),
      });
    }
    busy.add(connection.id);
    const progress = (state: Omit<ProgressEvent, 'callId'>): void => events.emit('progress', { callId, ...state });
    try {
      // Opened first, so that a damaged or newer file is named before anything is asked of the network.
      await session.history();
      return await runJob({
        workerUrl: context.jobWorkerUrl,
        order: {
          task,
          connection,
          databaseFile: connections.databaseFile(connection.id),
          dataDirectory: context.dataDirectory,
          env: withoutSecrets(session.env),
          fixedNow: session.fixedNow,
        },
        signal,
        bugs,
        progress,
        answer: (question, until) =>
          question.what === 'scim-token'
            ? session.scimToken()
            : session.signIn.getToken({
                signal: until,
                ...(question.claims === null ? {} : { claims: question.claims }),
              }),
      });
    } finally {
      busy.delete(connection.id);
      progress({ phase: 'finished', source: null, items: 0, total: null, rate: null, remainingMs: null, note: null });
      events.emit('dataChanged', { connectionId: connection.id, what: task === 'collect' ? 'run' : 'findings' });
    }
  };

  return {
    openDemo: (input) =>
      calls.run(input.callId, async (signal) => {
        const connection = await demo.open(input.options, signal);
        const { connections: all } = await listConnections({});
        const summary = all.find((entry) => entry.id === connection.id);
        if (!summary) throw new Error('the demo connection was not saved');
        return { connection: summary };
      }),

    collect: (input) =>
      calls.run(input.callId, async (signal) =>
        run('collect', await sessions.of(input.connection), input.callId, signal),
      ),

    check: (input) =>
      calls.run(input.callId, async (signal): Promise<CheckResult> => {
        const session = await sessions.of(input.connection);
        return run(input.offline ? 'cross-check' : 'check', session, input.callId, signal);
      }),

    cancel: (input) => Promise.resolve({ cancelled: calls.cancel(input.callId) }),
  };
};

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
