import { randomUUID } from 'node:crypto';
import type { Handlers } from '../api-router.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import type { HostContext } from '../host-context.ts';
import { startJob } from '../worker/start-job.ts';
import { readAt } from './read-at.ts';

/**
 * Verdicts about people and groups: from the stored history alone, or after a look at one person. The rules are loaded
 * at the first verdict: they are a fourth of the program.
 */
export const createInvestigationHandlers = (context: HostContext): Pick<Handlers, 'investigate'> => ({
  async investigate(input) {
    const { who, member } = input;
    if (input.live !== true) {
      const { investigate } = await import('../../services/investigate.ts');
      return investigate({ ...(await readAt(context, input)), who, ...(member === undefined ? {} : { member }) });
    }
    const callId = input.callId ?? randomUUID();
    return context.calls.run(callId, async (signal) => {
      const session = await context.sessions.of(input.connection);
      refuseCaseFile(session.connection);
      return startJob(context, session, { task: 'investigate-live', look: { who }, callId, signal });
    });
  },
});
