import type { SubjectRef } from './finding.ts';
import type { Page } from './page.ts';
import type { ErrorExplanation } from './provisioning-event.ts';

/** `resolved`: over; `muted`: somebody said that it may wait until it grows; `open`: everything else. docs/json.md. */
export const issueStates = ['open', 'muted', 'resolved'] as const;
export type IssueState = (typeof issueStates)[number];

/** The last 7 days against the 7 before; `unknown` where the log does not reach over both. */
export const issueTrends = ['new', 'growing', 'steady', 'shrinking', 'quiet', 'unknown'] as const;
export type IssueTrend = (typeof issueTrends)[number];

/** 24 hours beginning at `from`, ISO 8601. `covered` is false where the log was not collected: then 0 says nothing. */
export interface IssueSpan {
  from: string;
  rows: number;
  covered: boolean;
}

/** Somebody's word that an issue may wait, with how large it was then. */
export interface IssueMute {
  at: string;
  /** Signed-in account, else user of the computer; null when neither is known. */
  by: string | null;
  note: string | null;
  /** People and groups affected at that time. */
  affected: number;
  /** Rows of the 7 days before. */
  rowsPerWeek: number;
}

/** Failing rows of the provisioning log with one cause: same code, same normalised reason, same attribute. */
export interface Issue {
  /** Value of the log's filter `issue`. */
  id: string;
  state: IssueState;
  /** One sentence: why it is in this state. */
  because: string;
  errorCode: string | null;
  /** What the code means, in one sentence; null for a code that nobody documented. */
  meaning: string | null;
  /** UNIFI's attribute that the reason names. */
  attribute: string | null;
  /** What the service says in the newest row, UNIFI's own words where they are there; shortened to 300 characters. */
  reason: string | null;
  /** Stored rows. */
  rows: number;
  /** Different people and groups. `recovered`: how many of both succeeded, or were rightly skipped, afterwards. */
  affected: { people: number; groups: number; recovered: number };
  firstSeen: string;
  lastSeen: string;
  trend: { direction: IssueTrend; last7Days: number; before7Days: number };
  /** The last 14 days, oldest first, ending where the collected log ends. */
  days: IssueSpan[];
  mute: IssueMute | null;
}

export interface IssueFilter {
  state?: IssueState[];
  /** Substring of code, reason or attribute. */
  text?: string;
}

/** Skipped rows of a period, and how many of them need somebody (provisioning-semantics.md 6). */
export interface SkipCount {
  from: string;
  to: string;
  total: number;
  matter: number;
}

export interface IssuePage extends Page<Issue> {
  /** All issues by state, whatever the filter. */
  states: Record<IssueState, number>;
  skips: SkipCount;
  /** Up to where the collected log reaches, which is what "now" means here; null before the first collection. */
  asOf: string | null;
}

/** Somebody whom an issue affects. */
export interface AffectedSubject {
  subject: SubjectRef;
  firstSeen: string;
  lastSeen: string;
  /** When a row succeeded, or skipped them rightly, after the last failure; null: not yet. */
  recoveredAt: string | null;
}

export interface IssueDetail extends Issue {
  explanation: ErrorExplanation;
  /** Whole text of the newest row. */
  fullReason: string | null;
  newestRowId: string;
  /** Those who still wait first, at most 100. */
  people: AffectedSubject[];
}
