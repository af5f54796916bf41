/** What the stored history tells about the job's past: input of job health and of change blame. Times are ISO 8601. */

/** The job as a run saw it for the first time; the next reading ends it. */
export interface JobReading {
  /** Start of the first and of the newest run that saw exactly this. */
  since: string;
  seenAt: string;
  scheduleState: string;
  intervalMs: number | null;
  statusCode: string;
  successiveFailures: number;
  quarantineReason: string | null;
  /** Null for a job that never ran. */
  execution: {
    state: string;
    startedAt: string;
    endedAt: string | null;
    exports: number;
    exported: number;
    escrowed: number;
  } | null;
}

/** A version of a stored document. What it shows changed after the version before was last seen, and before `since`. */
export interface DocumentVersion {
  json: string;
  since: string;
  seenAt: string;
  /** No run had read this document before. */
  isFirst: boolean;
}

/** Rows of the provisioning log in the hour that begins at `at`. `covered`: the whole hour was collected. */
export interface LogHour {
  at: string;
  success: number;
  failure: number;
  warning: number;
  skippedOther: number;
  skippedBenign: number;
  covered: boolean;
}

/** A cycle as its log rows show it; hours, since rows are counted by the hour. Cycles without rows leave no trace. */
export interface LogCycle {
  firstHour: string;
  lastHour: string;
  rows: number;
}

/** How many findings of a kind one evaluation opened that the evaluation before had not. */
export interface OpenedFindings {
  kind: string;
  count: number;
}

export interface EvaluationChange {
  runId: string;
  at: string;
  opened: OpenedFindings[];
}

/** Assignments that one run found to have come or gone; at most five names each. */
export interface AssignmentChange {
  /** Start of the run, and of the run before it that read the assignments. */
  at: string;
  after: string;
  added: { count: number; names: string[] };
  removed: { count: number; names: string[] };
}

/** Rows with one issue in a period, and in the period of the same length before. */
export interface IssueGrowth {
  issueKey: string;
  errorCode: string | null;
  /** Newest row of the period: the service's own text in full. */
  reason: string | null;
  rows: number;
  rowsBefore: number;
}

/** What an initial cycle has to read when only assigned people are in scope. */
export interface AssignedEntries {
  users: number;
  groups: number;
  /** Different direct members of the assigned groups. */
  members: number;
}
