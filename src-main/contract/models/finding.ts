import type { Run, SourceName, SourceReport } from './run.ts';

export const findingKinds = [
  'missing-in-target',
  'inactive-in-target',
  'active-not-entitled',
  'active-source-gone',
  'orphan-in-target',
  'attribute-drift',
  'duplicate-in-target',
  'duplicate-match-value',
  'missing-match-value',
  'stale-link',
  'group-missing-in-target',
  'group-orphan-in-target',
  'member-missing',
  'member-extra',
] as const;
/** A state visible on both sides. findings.md says exactly when each applies. */
export type FindingKind = (typeof findingKinds)[number];

export const findingStates = ['pending', 'open', 'resolved'] as const;
export type FindingState = (typeof findingStates)[number];

export const severities = ['high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** A person or group: at least one of the two ids is known. */
export interface SubjectRef {
  type: 'user' | 'group';
  entraId: string | null;
  scimId: string | null;
  /** Display name, else UPN or userName, else an id. */
  name: string;
}

export interface Evidence {
  source: SourceName;
  /** Id of the row, object or run that shows it. */
  ref: string;
  at: string | null;
  text: string;
}

export type FindingReason =
  'not-assigned' | 'filtered-out' | 'disabled' | 'soft-deleted' | 'deleted' | 'local' | 'not-entitled' | 'source-gone';

/** One disagreement between Entra and UNIFI. findings.md. */
export interface Finding {
  /** Stable: prefix of a SHA-256 over kind, subject, member and attribute (findings.md 4). */
  id: string;
  kind: FindingKind;
  state: FindingState;
  severity: Severity;
  /** Of a membership finding, the group. */
  subject: SubjectRef;
  member?: { entraId: string | null; scimId: string | null; name: string };
  /** Target attribute name of `attribute-drift`. */
  attribute?: string;
  difference?: 'case-only' | 'source-empty' | 'value';
  reason?: FindingReason;
  expected?: string | boolean | null;
  actual?: string | boolean | null;
  /** Further accounts of the same person, or the other people of a duplicate. */
  related: SubjectRef[];
  firstSeen: string;
  lastSeen: string;
  openedAt: string | null;
  resolvedAt?: string;
  /** When the change behind it happened in Entra, as far as known (findings.md 5). */
  changedAt?: string;
  /** Until when the service may still put it right by itself (provisioning-semantics.md 1). */
  expectedBy?: string;
  /** False when a needed source was not complete in the newest run, so that the state is the last known one. */
  verified: boolean;
  /** What had to be assumed: `scope-mode`, `mapping`. */
  assumed: string[];
  evidence: Evidence[];
  /** One sentence saying what to do. */
  advice: string;
}

/** Something that was left out of the evaluation, never silently. */
export interface NotEvaluated {
  kind?: FindingKind;
  attribute?: string;
  source?: SourceName;
  reason: string;
  count: number;
}

export interface CheckSummary {
  byKind: Partial<Record<FindingKind, number>>;
  byState: Record<FindingState, number>;
}

/** The state of the newest cross-check; lists findings pending, open, and resolved in this run. */
export interface CheckResult {
  run: Run;
  sources: SourceReport[];
  summary: CheckSummary;
  findings: Finding[];
  notEvaluated: NotEvaluated[];
}
