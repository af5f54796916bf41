import type { Page } from './page.ts';

export type LogStatus = 'success' | 'failure' | 'skipped' | 'warning' | 'unknown';

/** A row of the provisioning log as lists show it. `at` is `activityDateTime`. */
export interface LogRow {
  id: string;
  at: string;
  /** `create`, `update`, `delete`, `disable`, `stagedDelete`, `other`, or the service's own unknown word. */
  action: string;
  status: LogStatus;
  subject: {
    type: 'user' | 'group' | 'unknown';
    entraId: string | null;
    scimId: string | null;
    name: string;
    /** userPrincipalName where the row names one. */
    upn: string | null;
  };
  errorCode: string | null;
  /** `SkipReason` of a skip, else the service's reason text, shortened to 300 characters. */
  reason: string | null;
  cycleId: string | null;
  changeId: string | null;
  /** A skip that needs nobody's attention (provisioning-semantics.md 6): not entitled, already equal. */
  benign: boolean;
}

export interface LogStep {
  name: string;
  type: string;
  status: string;
  description: string | null;
  details: Record<string, string | null>;
}

export interface ModifiedProperty {
  name: string;
  oldValue: string | null;
  newValue: string | null;
}

/** What is known about an error code (provisioning-error-codes.json), matched exactly, else by suffix. */
export interface ErrorExplanation {
  code: string;
  /**
   * `exact`, `suffix` (the known code that ends the same), `answer` (an unknown code, explained by UNIFI's HTTP status or
   * SCIM error type inside the reason), or `unknown`: then the service's own text is all there is.
   */
  match: 'exact' | 'suffix' | 'answer' | 'unknown';
  knownAs: string | null;
  meaning: string;
  likelyCauses: string[];
  remedy: string;
  /** Who has to act, such as "the UNIFI administrator"; `nobody` when Entra repeats it by itself. */
  whoActs?: string;
  /** What the reason text holds of UNIFI's own answer, and when Entra tries again. */
  answer?: { httpStatus: number | null; scimType: string | null; detail: string | null; retryAt: string | null };
}

export interface LogRowDetail extends LogRow {
  durationMs: number | null;
  jobId: string | null;
  initiatedBy: string | null;
  sourceSystem: string | null;
  targetSystem: string | null;
  steps: LogStep[];
  /** Index of the first step that is not `success`, the cause by provisioning-semantics.md 6; null if all succeeded. */
  causeStep: number | null;
  modifiedProperties: ModifiedProperty[];
  /** Whole texts of the service. */
  errorReason: string | null;
  errorDetails: string | null;
  recommendedAction: string | null;
  explanation: ErrorExplanation | null;
  /** The row as received, pretty-printed JSON. */
  raw: string;
}

/** Every filter of the log; absent means any. docs/filters.md lists which combinations are fast. */
export interface LogFilter {
  /** Inclusive and exclusive bounds, ISO 8601 UTC. */
  from?: string;
  to?: string;
  status?: LogStatus[];
  action?: string[];
  /** Entra object id of the person or group. */
  entraId?: string;
  cycleId?: string;
  errorCode?: string[];
  /** Key of an issue: same code, same normalised reason. */
  issue?: string;
  benign?: boolean;
  /** Full text over names, UPN, mail, every id and the error text. */
  text?: string;
}

export const logFacetNames = ['status', 'action', 'errorCode', 'benign'] as const;
export type LogFacetName = (typeof logFacetNames)[number];

/** Log outcomes of one UTC day. */
export interface DayOutcome {
  day: string;
  success: number;
  failure: number;
  skippedBenign: number;
  skippedOther: number;
  warning: number;
  /** False when no collection covered the whole day: then a zero is no statement. */
  covered: boolean;
}

export type LogPage = Page<LogRow>;
