import type { SubjectRef } from './finding.ts';
import type { FacetValue, Page } from './page.ts';
import type { SourceName } from './run.ts';
import type { SourceState, TargetState } from './person.ts';

export const viewNames = ['stale-link', 'silent-success', 'phantom-updates', 'leaver-clock'] as const;
/** Four ways to look at the same facts; docs/json.md says which rows each of them lists. */
export type NamedView = (typeof viewNames)[number];

/** What every row of a view has. */
interface ViewRowBase {
  /** Stable while the trouble lasts. */
  id: string;
  subject: SubjectRef;
  /** One sentence for people. */
  sentence: string;
  /** The log row that shows it; null when no row does. */
  logId: string | null;
}

export const staleLinkKinds = ['gone', 'somebody-else', 'shared'] as const;

/**
 * The newest log row names a target id that UNIFI does not have any more (`gone`), that belongs to another person
 * (`somebody-else`), or that another person's newest row names too (`shared`).
 */
export interface StaleLinkRow extends ViewRowBase {
  view: 'stale-link';
  what: (typeof staleLinkKinds)[number];
  targetId: string;
  /** When the log last named it. */
  at: string;
  /** Whose account it is now. */
  owner: SubjectRef | null;
}

export const silentSuccessKinds = ['absent', 'unchanged', 'still-there'] as const;

/**
 * Entra wrote with success, and UNIFI has no account (`absent`), still has the value from before (`unchanged`), or
 * still has what was deleted (`still-there`).
 */
export interface SilentSuccessRow extends ViewRowBase {
  view: 'silent-success';
  what: (typeof silentSuccessKinds)[number];
  at: string;
  action: string;
  attribute: string | null;
  written: string | null;
  actual: string | null;
}

/** One attribute of one person written again and again with the same value. */
export interface PhantomUpdateRow extends ViewRowBase {
  view: 'phantom-updates';
  what: 'rewritten';
  attribute: string;
  value: string;
  /** What UNIFI held before each write, when it was always the same. */
  heldBefore: string | null;
  /** Cycles in a row, as far as they were looked at. */
  cycles: number;
  firstAt: string;
  at: string;
}

export const leaverKinds = ['past-due', 'due', 'unknown', 'never', 'done'] as const;

/**
 * Somebody who left, and has an account. `what` says how it stands: `past-due`, `due` (there is still time), `unknown`,
 * `never` (Entra will not do it: somebody has to), or `done`.
 */
export interface LeaverRow extends ViewRowBase {
  view: 'leaver-clock';
  what: (typeof leaverKinds)[number];
  left: SourceState;
  leftAt: string | null;
  /** False: the first collection already found it so; it may be longer ago. */
  leftAtKnown: boolean;
  /** Whole days since `leftAt`. */
  days: number | null;
  account: TargetState;
  owed: 'disable' | 'delete' | 'nothing';
  dueAt: string | null;
}

export type ViewRow = StaleLinkRow | SilentSuccessRow | PhantomUpdateRow | LeaverRow;

export interface ViewFilter {
  /** One row by its id. */
  id?: string;
  /** Values of `what`. */
  what?: string[];
  /** Substring of name, ids, attribute or sentence. */
  text?: string;
}

/** A source that was not complete, and what the view cannot tell without it. */
export interface ViewBlindness {
  source: SourceName;
  reason: string;
  hides: string;
}

export interface ViewPage extends Page<ViewRow> {
  /** Rows by `what`, without the filter on it. */
  counts: FacetValue[];
  blind: ViewBlindness[];
  /** What was left out on purpose, such as people beyond a bound; whole sentences. */
  notes: string[];
  /** The cross-check that it rests on; null before the first. */
  asOf: string | null;
}
