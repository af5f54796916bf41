import type { Evidence } from '../../contract/models/finding.ts';
import type { JobStatus } from '../../contract/models/job-status.ts';
import type { LogRowDetail } from '../../contract/models/provisioning-event.ts';
import type { LogGap, Run, SourceFreshness, SourceName, SourceReport } from '../../contract/models/run.ts';
import type { Timing } from '../cross-check/changes.ts';
import type { ScopeMode } from '../cross-check/entitlement.ts';
import { timeOf } from '../health/describe-time.ts';
import type { AuditEvent } from '../model/directory.ts';
import type { FindingPast } from '../model/finding-past.ts';
import type { DocumentVersion, JobReading } from '../model/job-history.ts';
import type { JobSettings, SynchronizationJob, SyncSchema } from '../model/synchronization.ts';
import type { StepWords } from './causes.ts';
import type { Missing } from './why-unread.ts';

/** What is stored about the job and the collection, the same for everybody who is investigated. */
export interface JobContext {
  /** ISO 8601. */
  now: string;
  /** The moment that the collected state stands for. */
  observedAt: string;
  /** Null: Graph lists no such job, or it was never read. */
  job: SynchronizationJob | null;
  /** Id of the job that is meant, also of one that is gone; null: it is not known which is. */
  jobId: string | null;
  /** What has to be said about how the job was chosen (`describeJobChoice`); null: nothing. */
  jobNote: string | null;
  /** The job's health, from the same facts as `status` and `health` tell it. */
  jobStatus: JobStatus | null;
  schema: SyncSchema | null;
  settings: JobSettings | null;
  scopeHints: { assignedOnly: number; syncAll: number };
  /** From when on the stored log tells everything, ISO 8601; null before the first whole pull. */
  logFrom: string | null;
  sources: readonly SourceFreshness[];
  /** Newest first. */
  runs: readonly (Run & { sources?: readonly SourceReport[] })[];
  gaps: readonly LogGap[];
  /** The listed jobs that are not meant; without a chosen job all of them. */
  otherJobs: readonly SynchronizationJob[];
  /** Versions of the mappings and scoping filters that collections of the last weeks saw, oldest first. */
  schemaVersions: readonly DocumentVersion[];
  /** The job as collections saw it, oldest first; of one that is gone, as they did before. */
  readings: readonly JobReading[];
  /** Events that name the enterprise application, oldest first. */
  applicationAudit: readonly AuditEvent[];
}

/** A job that sends nothing to UNIFI: then nothing is on its way, and nothing is too early to tell. findings.md 5. */
export interface Standstill {
  /** The newest moment at which the job is known to have worked, epoch milliseconds; null: none is known. */
  workedMs: number | null;
}

/** What rules about a person, a group and a membership share. */
export interface CaseBase extends JobContext {
  nowMs: number;
  /** As sentences name the subject. */
  name: string;
  /** Until when to wait, for people. */
  due: string;
  /** A sentence part for what is wrong, such as "Ada Brandt is missing in UNIFI". */
  complaint: string;
  /** What the steps of the catalogue call the subject. */
  words: StepWords;
  mode: ScopeMode;
  /** Null for a job that works, and for one that nobody could read. */
  standstill: Standstill | null;
  /** When the newest change behind the state happened, and until when it may take; nothing is due while the job stands still. */
  timing: Timing;
  /** Everything that was ever found about the subject. */
  past: readonly FindingPast[];
  /** Rows of the subject by another job, newest first. */
  otherRows: readonly LogRowDetail[];
  /** Rows of the subject and this job, newest first. */
  rows: readonly LogRowDetail[];
  /** Rows since the newest change; all rows when it is not known. */
  rowsSince: readonly LogRowDetail[];
  /** The change lies before what the stored log covers: no row about it proves nothing. */
  isBeforeLog: boolean;
  /** The scope mode had to be assumed, or UNIFI's side is the last known one. */
  isShaky: boolean;
  /** What was read and cannot be evaluated here, such as an unknown operator of a filter. */
  doubt: Missing | null;
  isComplete(source: SourceName): boolean;
}

/** Which sources the newest collection read whole. */
export const completeSources = (sources: readonly SourceFreshness[]): Set<SourceName> =>
  new Set(sources.filter(({ status }) => status === 'complete').map(({ source }) => source));

/** Rows since a change, and whether the log reaches back to it. A change without a date is older than the audit log. */
export const rowsSinceChange = (
  timing: Timing,
  rows: readonly LogRowDetail[],
  logFrom: string | null,
): Pick<CaseBase, 'rowsSince' | 'isBeforeLog'> => {
  const sinceMs = timeOf(timing.changedAt);
  const fromMs = timeOf(logFrom);
  return {
    rowsSince: sinceMs === null ? rows : rows.filter((row) => (timeOf(row.at) ?? 0) >= sinceMs),
    isBeforeLog: fromMs === null || sinceMs === null || sinceMs < fromMs,
  };
};

/** One piece of evidence; `ref` is the id of what shows it. */
export const evidence = (
  source: SourceName,
  ref: string | null | undefined,
  text: string,
  at: string | null = null,
): Evidence => ({ source, ref: ref ?? '', at, text });
