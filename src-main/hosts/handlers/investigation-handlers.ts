import { investigate } from '../../services/investigate.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';

/** Verdicts about people, from the stored history alone. */
export const createInvestigationHandlers = ({ sessions }: HostContext): Pick<Handlers, 'investigate'> => ({
  async investigate(input) {
    const session = await sessions.of(input.connection);
    const { clock, connection } = session;
    return investigate({ store: await session.history(), clock, jobId: connection.jobId ?? null, who: input.who });
  },
});
