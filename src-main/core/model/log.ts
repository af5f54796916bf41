import type { LogRow, LogStatus } from '../../contract/models/provisioning-event.ts';

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

/**
 * A row of the log as reports take it: bare values, since an object for each of a million rows costs more than all that
 * is done with it. `benign` is 1 or 0; `body` is the JSON as received, empty where nobody asked for it.
 */
export type LogLine = readonly [
  at: string,
  action: string,
  status: LogStatus,
  benign: number,
  type: LogRow['subject']['type'],
  name: string,
  upn: string | null,
  entraId: string | null,
  scimId: string | null,
  errorCode: string | null,
  reason: string | null,
  cycleId: string | null,
  changeId: string | null,
  logId: string,
  body: string,
];

/** Where each value stands in a `LogLine`. */
export const logPlace = {
  at: 0,
  action: 1,
  status: 2,
  benign: 3,
  type: 4,
  name: 5,
  upn: 6,
  entraId: 7,
  scimId: 8,
  errorCode: 9,
  reason: 10,
  cycleId: 11,
  changeId: 12,
  logId: 13,
  body: 14,
} as const;
