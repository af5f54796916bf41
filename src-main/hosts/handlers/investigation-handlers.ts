import { randomUUID } from 'node:crypto';
import { investigate } from '../../services/investigate.ts';
import type { Handlers } from '../api-router.ts';
import { refuseCaseFile } from '../case-file-connection.ts';
import type { HostContext } from '../host-context.ts';
import { startJob } from '../worker/start-job.ts';
import { readAt } from './read-at.ts';

/** Verdicts about people and groups: from the stored history alone, or after a look at one person. */
export const createInvestigationHandlers = (context: HostContext): Pick<Handlers, 'investigate'> => ({
  async investigate(input) {
    const { who, member } = input;
    if (input.live !== true)
      return investigate({ ...(await readAt(context, input)), who, ...(member === undefined ? {} : { member }) });
    const callId = input.callId ?? randomUUID();
    return context.calls.run(callId, async (signal) => {
      const session = await context.sessions.of(input.connection);
      refuseCaseFile(session.connection);
      return startJob(context, session, { task: 'investigate-live', look: { who }, callId, signal });
    });
  },
});
