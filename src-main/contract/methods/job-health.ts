import type { BlameResult } from '../models/blame.ts';
import type { JobHealth } from '../models/job-health.ts';
import type { AsOf, OnConnection } from './call.ts';

/** How the job is, how it usually runs, and what was changed before it went wrong; from what is stored. */
export interface JobHealthMethods {
  getJobHealth(input: OnConnection & AsOf): JobHealth;
  /** Jumps in failures, skips and findings, each with the changes just before it. */
  blameChanges(input: OnConnection & AsOf): BlameResult;
}
