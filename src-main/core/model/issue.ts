import type { IssueMute } from '../../contract/models/issue.ts';

/** An issue as it was counted, before anybody judged it. Times are ISO 8601. */
export interface StoredIssue {
  id: string;
  errorCode: string | null;
  attribute: string | null;
  /** The service's own words in the newest row, shortened. */
  reason: string | null;
  newestRowId: string;
  rows: number;
  firstAt: string;
  lastAt: string;
  people: number;
  groups: number;
  recovered: number;
  /** Rows of the last 14 spans of 24 hours, oldest first. */
  perDay: number[];
  mute: IssueMute | null;
}
