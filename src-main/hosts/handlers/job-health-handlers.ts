import type { JobHealthMethods } from '../../contract/methods/job-health.ts';
import { blameChanges } from '../../services/job-health/blame-changes.ts';
import { readJobHealth } from '../../services/job-health/read-job-health.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';

/** The job's health and what was changed before it went wrong, from the stored history alone. */
export const createJobHealthHandlers = ({ sessions }: HostContext): Pick<Handlers, keyof JobHealthMethods> => ({
  async getJobHealth(input) {
    const session = await sessions.of(input.connection);
    return readJobHealth(await session.history(), session.clock, session.connection.jobId ?? null);
  },
  async blameChanges(input) {
    const session = await sessions.of(input.connection);
    return blameChanges(await session.history(), session.clock, session.connection.jobId ?? null);
  },
});
