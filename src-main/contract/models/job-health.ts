import type { ConfigurationChange } from './configuration-change.ts';
import type { JobStatus } from './job-status.ts';

/** How the job usually runs, learned from the stored log and the job's past. Spans are milliseconds. */
export interface JobCadence {
  /** Start to start of two cycles. */
  intervalMs: number;
  /** `executions`: measured between cycles that were seen; else what the schedule says, or the documented 40 minutes. */
  intervalFrom: 'executions' | 'schedule' | 'documented';
  /** Intervals measured. */
  measured: number;
  /** Days of log that this was learned from, the last 28 at most. */
  days: number;
  /** Median of the rows of a cycle that leaves rows; null without such a cycle. */
  rowsPerCycle: number | null;
  /** Monday (1) to Sunday (7), UTC: median rows of a whole day, and how many whole days there were. */
  weekdays: { weekday: number; rows: number | null; days: number }[];
  /** Only 2 % of the time was the log without a row for longer; null while too little was seen. */
  usualQuietMs: number | null;
  longestQuietMs: number | null;
  /** The newest row of the log. */
  quietSince: string | null;
  /** Longer than this without a row is quieter than usual. */
  quietLimitMs: number;
  sentence: string;
}

/** A cycle that the job named as its last one when it was read. */
export interface PastExecution {
  startedAt: string;
  endedAt: string | null;
  state: string;
  exports: number;
  exported: number;
  escrowed: number;
}

/** Log rows of an hour. `covered`: the whole hour was collected; else a missing row says nothing. */
export interface HourRows {
  at: string;
  rows: number;
  failures: number;
  covered: boolean;
}

/** A setting of the job that decides what provisioning does. */
export interface JobSettingFact {
  id: 'scope' | 'skip-removals' | 'deletion-guard' | 'notification' | 'interval' | 'address';
  title: string;
  /** As read; null when it could not be read or is not set. */
  value: string | null;
  /** What it means, in one sentence. */
  meaning: string;
  /** True where the setting is one that people should know of: it can hide or cause trouble. */
  notable: boolean;
}

/** Everything about the job's health. */
export interface JobHealth {
  now: string;
  /** When the job was last read whole; null when it never was. */
  readAt: string | null;
  /** As in `status`; null while nothing is known. */
  job: JobStatus | null;
  cadence: JobCadence | null;
  /** The last seven days, oldest first. */
  hours: HourRows[];
  /** Of the last 28 days, oldest first; collections see only the last one at their time. */
  executions: PastExecution[];
  settings: JobSettingFact[];
  /** What changed about the job in the last 90 days, newest first. */
  changes: ConfigurationChange[];
}
