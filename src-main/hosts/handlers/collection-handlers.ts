import type { CheckResult } from '../../contract/models/finding.ts';
import { AppError } from '../../core/app-error.ts';
import { readCheck } from '../../services/read-check.ts';
import type { Handlers } from '../api-router.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import type { HostContext } from '../host-context.ts';
import type { Session } from '../sessions.ts';
import type { JobResults, JobTask } from '../worker/job-protocol.ts';
import { asOnlyWriter } from '../only-writer.ts';
import { startJob } from '../worker/start-job.ts';
import { readAt } from './read-at.ts';

type CollectionHandlers = Pick<Handlers, 'openDemo' | 'collect' | 'check' | 'cancel'>;

/** Long work: the demo tenant's start, collections and cross-checks. */
export const createCollectionHandlers = (
  context: HostContext,
  listConnections: Handlers['listConnections'],
): CollectionHandlers => {
  const { calls, demo, events, sessions } = context;

  const run = async <T extends JobTask>(
    task: T,
    session: Session,
    callId: string,
    signal: AbortSignal,
  ): Promise<JobResults[T]> => {
    const { connection } = session;
    refuseCaseFile(connection);
    return asOnlyWriter(context, connection, async () => {
      try {
        return await startJob(context, session, { task, callId, signal });
      } finally {
        events.emit('dataChanged', { connectionId: connection.id, what: task === 'collect' ? 'run' : 'findings' });
      }
    });
  };

  return {
    openDemo: (input) =>
      calls.run(input.callId, async (signal) => {
        const connection = await demo.open(input.options, signal, (session) =>
          run('collect', session, input.callId, signal),
        );
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
        if (input.asOf !== undefined) {
          if (!input.offline) throw asOfNeedsOffline();
          return readCheck((await readAt(context, input)).store);
        }
        const session = await sessions.of(input.connection);
        return run(input.offline ? 'cross-check' : 'check', session, input.callId, signal);
      }),

    cancel: (input) => Promise.resolve({ cancelled: calls.cancel(input.callId) }),
  };
};

const asOfNeedsOffline = (): AppError =>
  new AppError({
    code: 'input-invalid',
    message: 'What is collected now cannot be checked as of an earlier run.',
    advice: 'Check offline to see what the check of an earlier run came to.',
    fields: [{ field: 'asOf', reason: 'goes with offline only' }],
  });
