import type { SourceFreshness } from './run.ts';

/** Worst first; the order in which the states are tried. provisioning-semantics.md 11. */
export const jobStates = [
  'quarantined',
  'disabled',
  'paused',
  'failing',
  'never-run',
  'initial',
  'silent',
  'late',
  'escrows',
  'healthy-quiet',
  'healthy',
  'unknown',
] as const;
export type JobState = (typeof jobStates)[number];

export interface QuarantineInfo {
  reason: string;
  /** Sentence part for the reason family: "the credentials or the connection were refused". */
  meaning: string;
  message: string | null;
  errorCode: string | null;
  since: string | null;
  nextAttempt: string | null;
  /** About 28 days after `since` Entra disables the job. */
  disabledAfter: string | null;
}

export interface ExecutionInfo {
  state: string;
  startedAt: string;
  endedAt: string | null;
  imported: number;
  entitled: number;
  exported: number;
  escrowed: number;
  errorCode: string | null;
  errorMessage: string | null;
}

/** The job's health in one state and one sentence with the reason. */
export interface JobStatus {
  id: string;
  state: JobState;
  sentence: string;
  since?: string;
  quarantine?: QuarantineInfo;
  lastExecution?: ExecutionInfo;
  nextExpectedAt?: string;
  /** Start to start of two cycles, in milliseconds, as the schedule says; null when it says nothing usable. */
  intervalMs: number | null;
}

export interface StatusCounts {
  users: number;
  groups: number;
  assignments: number;
  accounts: number;
  targetGroups: number;
  logRows: number;
  findingsOpen: number;
  findingsPending: number;
}

export interface StatusResult {
  /** The moment that ages count from, ISO 8601: of the demo tenant the simulation's, which stands still. */
  now: string;
  job: JobStatus | null;
  sources: SourceFreshness[];
  counts: StatusCounts;
}
