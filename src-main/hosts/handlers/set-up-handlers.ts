import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import { unifiProfile } from '../target-profile.ts';
import { startJob } from '../worker/start-job.ts';

/** The set-up check: it only reads, so it may run beside a collection. */
export const createSetUpHandlers = (context: HostContext): Pick<Handlers, 'runSetUpCheck'> => ({
  runSetUpCheck: (input) =>
    context.calls.run(input.callId, async (signal) =>
      startJob(context, await context.sessions.of(input.connection), {
        task: 'set-up-check',
        setUp: { profile: input.profile ?? unifiProfile, offline: input.offline === true },
        callId: input.callId,
        signal,
      }),
    ),
});
