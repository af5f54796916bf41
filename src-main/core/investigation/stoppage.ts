import type { CauseId } from '../../contract/models/investigation.ts';
import { hasBegun, is } from '../health/job-facts.ts';
import type { SynchronizationJob } from '../model/synchronization.ts';

export type Stoppage = 'no-job' | 'disabled' | 'paused' | 'not-configured' | 'not-run';

/** In what way the job does not run; null: it does. provisioning-semantics.md 8, A3. */
export const stoppage = (job: SynchronizationJob | null): Stoppage | null => {
  if (!job) return 'no-job';
  const { schedule, status } = job;
  if (is(status.code, 'notconfigured')) return 'not-configured';
  if (!hasBegun(job) && !status.quarantine && (is(status.code, 'notrun') || is(schedule.state, 'active')))
    return 'not-run';
  if (is(schedule.state, 'disabled')) return 'disabled';
  return is(schedule.state, 'paused') || is(status.code, 'paused') ? 'paused' : null;
};

/** What each is called in a sentence, after "because". */
export const stoppedBecause: Readonly<Record<Stoppage, string>> = {
  'no-job': 'the provisioning job that did this does not exist any more',
  disabled: 'provisioning to UNIFI is switched off in Entra',
  paused: 'provisioning to UNIFI is paused in Entra',
  'not-configured': 'provisioning to UNIFI was never set up completely: the job has no credentials',
  'not-run': 'provisioning to UNIFI is set up but was never started',
};

/** The cause of somebody who is missing for it. */
export const stoppedCauses: Readonly<Record<Stoppage, CauseId>> = {
  'no-job': 'A3-no-job',
  disabled: 'A3-disabled',
  paused: 'A3-paused',
  'not-configured': 'A3-not-configured',
  'not-run': 'A3-not-run',
};
