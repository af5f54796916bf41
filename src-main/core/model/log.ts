import type { LogStatus } from '../../contract/models/provisioning-event.ts';

/**
 * One row of the provisioning log, checked and reduced to what is filtered, joined and searched, beside the row as
 * received. Made from Graph's JSON by `core/log/read-log-record.ts`; the detail view is made from `raw` again.
 */
export interface LogRecord {
  id: string;
  /** `activityDateTime`, ISO 8601 UTC, whole seconds or finer as received. */
  at: string;
  action: string;
  status: LogStatus;
  subjectType: 'user' | 'group' | 'unknown';
  sourceId: string | null;
  sourceName: string | null;
  sourceUpn: string | null;
  targetId: string | null;
  targetName: string | null;
  errorCode: string | null;
  /** Reason text of the service, whole. */
  reason: string | null;
  skipReason: string | null;
  cycleId: string | null;
  changeId: string | null;
  jobId: string | null;
  servicePrincipalId: string | null;
  durationMs: number | null;
  benign: boolean;
  /** Same code and same normalised reason: one issue. Null for rows that neither failed nor warned. */
  issueKey: string | null;
  /** Whether the scope mode shows: assignment false yet in scope means sync-all. Null when the row says nothing. */
  scopeHint: 'assigned-only' | 'sync-all' | null;
  /** JSON as received. */
  raw: string;
}
