import type { VerdictActor } from './investigation.ts';
import type { SkipCount } from './issue.ts';
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

/** One step of how Entra deals with a quarantine, from its beginning to the disabled job. */
export interface QuarantineStep {
  /** ISO 8601; null where nobody says when. */
  at: string | null;
  title: string;
  text: string;
  state: 'past' | 'next' | 'coming';
}

export interface QuarantineInfo {
  reason: string;
  /** Short name of the reason family: "Credentials refused". */
  title: string;
  /** Sentence part for the reason family: "the credentials or the connection were refused". */
  meaning: string;
  message: string | null;
  errorCode: string | null;
  /** What the error code means, in a sentence; null for a code that nobody documented, or none. */
  errorMeaning: string | null;
  since: string | null;
  /** When Entra last tried and left the quarantine in force. */
  lastAttempt: string | null;
  /** How often it did so. */
  attempts: number | null;
  nextAttempt: string | null;
  /** About 28 days after `since` Entra disables the job. */
  disabledAfter: string | null;
  /** Whole days until then, 0 on the last one; null when it is not known, or has passed. */
  daysLeft: number | null;
  ladder: QuarantineStep[];
}

/** How long the initial cycle should take by Microsoft's rates; times are null where they cannot be told. */
export interface InitialEstimate {
  startedAt: string | null;
  /** Assigned people and groups, and members of these groups; null when everyone is in scope, or it was not read. */
  entries: number | null;
  shortestMs: number | null;
  longestMs: number | null;
  earliestEnd: string | null;
  latestEnd: string | null;
  /** Pages of the directory read so far, as the job says; it can stand still and jump. */
  progress: { completed: number; total: number } | null;
  sentence: string;
}

/** How far failing entries are from the numbers at which Entra puts a job into quarantine. */
export interface QuarantineForecast {
  /** `far`: nothing to do; `near`: reached within two weeks, or more than half way; `reached`: quarantine is due. */
  level: 'far' | 'near' | 'reached';
  /** Entries that failed and wait for another attempt. */
  failed: number;
  /** Of what the cycles of the last day had to write, 0 to 1; null when they had nothing to write. */
  share: number | null;
  /** The number that applies: 5,000 while more than 40 % fail, else 40,000. */
  threshold: number;
  /** Growth a day over the readings of the last week; null with fewer than four of them, or less than a day. */
  perDay: number | null;
  /** When the threshold is reached at this pace; null when it is not, or not within a year. */
  reachedAt: string | null;
  sentence: string;
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
  /** The state's name for people. */
  title: string;
  sentence: string;
  /** Who has to act, and what they do, in order; nothing where nobody has to. */
  actor: VerdictActor;
  steps: string[];
  since?: string;
  quarantine?: QuarantineInfo;
  initial?: InitialEstimate;
  forecast?: QuarantineForecast;
  lastExecution?: ExecutionInfo;
  /**
   * The first cycle due at or after `now` of the status; of a late or silent job the one that did not come. Left out
   * where no cycle is due.
   */
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
  /** People who were purged, and are left out of everything; see `listPurges`. */
  withheld: number;
}

export interface StatusResult {
  /** The moment that ages count from, ISO 8601: of the demo tenant the simulation's, which stands still. */
  now: string;
  job: JobStatus | null;
  sources: SourceFreshness[];
  counts: StatusCounts;
  /** Skipped rows of the last 30 days, and how many of them need somebody. */
  skips: SkipCount;
}
