import type { JobHealthMethods } from '../../contract/methods/job-health.ts';
import { readJobHealth } from '../../services/job-health/read-job-health.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import { readAt } from './read-at.ts';

/** The job's health and what was changed before it went wrong, from the stored history alone. */
export const createJobHealthHandlers = (context: HostContext): Pick<Handlers, keyof JobHealthMethods> => ({
  async getJobHealth(input) {
    const { store, clock, jobId } = await readAt(context, input);
    return readJobHealth(store, clock, jobId);
  },
  async blameChanges(input) {
    const { blameChanges } = await import('../../services/job-health/blame-changes.ts');
    const { store, clock, jobId } = await readAt(context, input);
    return blameChanges(store, clock, jobId);
  },
});
