import type { StoredRedactionKey } from '../../adapters/files/redaction-key.ts';
import type { ProgressEvent } from '../../contract/events.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Connection } from '../../contract/models/connection.ts';
import type { CheckResult } from '../../contract/models/finding.ts';
import type { Investigation } from '../../contract/models/investigation.ts';
import type { ReportFile, ReportFormat, ReportOptions, ReportPreview } from '../../contract/models/report.ts';
import type { CollectResult } from '../../contract/models/run.ts';
import type { SetUpCheckResult } from '../../contract/models/set-up-check.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';

/** `check` collects and cross-checks; `cross-check` evaluates what is stored. */
export interface JobResults {
  collect: CollectResult;
  check: CheckResult;
  'cross-check': CheckResult;
  'set-up-check': SetUpCheckResult;
  'investigate-live': Investigation;
  report: ReportFile;
  'report-preview': ReportPreview;
}
export type JobTask = keyof JobResults;

/** What a report shall be, and where it goes; a preview goes nowhere. */
export interface ReportOrder {
  options: ReportOptions;
  format: ReportFormat;
  target: { file: string; force: boolean } | null;
  /** Name for a download. */
  fileName: string;
  /** The key of pseudonyms and where it lies; null: nothing is redacted. */
  redactionKey: StoredRedactionKey | null;
  application: { name: string; version: string };
}

/** Everything a job thread needs at its start; plain data, no secret of the connection. */
export interface JobOrder {
  task: JobTask;
  connection: Connection;
  databaseFile: string;
  dataDirectory: string;
  /** Without the secrets: those are asked for when they are needed. */
  env: Record<string, string | undefined>;
  /** Whether the host can be asked for the operating system's proxy. */
  hasSystemProxy: boolean;
  /** A clock that stands still (demo tenant), ISO 8601; null: the real one. */
  fixedNow: string | null;
  /** What a set-up check compares with, and whether it asks nobody. */
  setUp?: { profile: TargetProfile; offline: boolean };
  report?: ReportOrder;
  /** Whom to look at. */
  look?: { who: string };
}

export type JobQuestion =
  { what: 'graph-token'; claims: string | null } | { what: 'scim-token' } | { what: 'system-proxy'; url: string };

export type FromJob =
  | { type: 'ask'; id: number; question: JobQuestion }
  | { type: 'progress'; progress: Omit<ProgressEvent, 'callId'> }
  | { type: 'done'; result: JobResults[JobTask] }
  | { type: 'failed'; failure: Failure };

export type ToJob =
  | { type: 'answer'; id: number; value: string | null }
  | { type: 'refuse'; id: number; failure: Failure }
  | { type: 'cancel' };
