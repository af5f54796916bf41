import { timeOf } from '../health/describe-time.ts';
import type { SynchronizationJob } from '../model/synchronization.ts';

const minuteMs = 60_000;
/** The documented cadence, where the schedule says nothing usable. provisioning-semantics.md 1. */
const usualIntervalMs = 40 * minuteMs;
const replicationMs = 5 * minuteMs;
const logLagMs = 15 * minuteMs;

export interface JobTiming {
  /** From a change in Entra to the moment by which it should be visible. provisioning-semantics.md 1. */
  horizonMs: number;
  /** Nothing is sent while the job is stopped or quarantined: then nothing is too early to tell. findings.md 5. */
  isStopped: boolean;
}

const is = (word: string | undefined, ...expected: string[]): boolean => expected.includes(word?.toLowerCase() ?? '');

export const jobTiming = (job: SynchronizationJob | null): JobTiming => {
  const last = job?.status.lastExecution ?? null;
  const began = timeOf(last?.startedAt);
  const ended = timeOf(last?.endedAt);
  const durationMs = began !== null && ended !== null ? Math.max(0, ended - began) : 0;
  return {
    horizonMs: replicationMs + (job?.schedule.intervalMs ?? usualIntervalMs) + durationMs + logLagMs,
    isStopped:
      job !== null &&
      (is(job.schedule.state, 'disabled', 'paused') ||
        is(job.status.code, 'paused', 'quarantine', 'notconfigured') ||
        job.status.quarantine !== null),
  };
};
