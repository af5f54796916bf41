import type { FindingKind, Severity } from './finding.ts';
import type { JobState } from './job-status.ts';
import type { LogStatus } from './provisioning-event.ts';
import type { Run } from './run.ts';

/** A state of the past: the run whose lists are shown, and what has to be known about it. */
export interface PastState {
  run: Run;
  /** The moment that the state stands for, ISO 8601. */
  at: string;
  /** Whole sentences: a gap that the wanted date lies in, sources that this run could not read. */
  notes: string[];
}

export const diffSections = [
  'people',
  'accounts',
  'groups',
  'group-members',
  'target-groups',
  'target-group-members',
  'assignments',
  'findings',
] as const;
/** What is compared: users, groups and members of Entra, accounts and groups of UNIFI, assignments, findings. */
export type DiffSection = (typeof diffSections)[number];

export const diffKinds = [
  'added',
  'removed',
  'enabled',
  'disabled',
  'renamed',
  'changed',
  'opened',
  'resolved',
  'still-open',
] as const;
/**
 * How an object differs between two states. `renamed`: another display name, UPN or user name; `changed`: any other
 * attribute. The last three are about findings; `resolved` also holds those that were dropped without being resolved.
 */
export type DiffKind = (typeof diffKinds)[number];

export interface AttributeChange {
  /** Graph's name, or the SCIM path. */
  attribute: string;
  /** Null: no value. */
  before: string | null;
  after: string | null;
}

/** One object that differs, the same through all renames: it is known by its id. */
export interface Difference {
  section: DiffSection;
  /** One of `added`, `removed`, the finding kinds, or any of the others together. */
  kinds: DiffKind[];
  /** Entra object id, SCIM id, assignment id or finding id; of a member, the member's. */
  id: string;
  name: string;
  /** UPN, user name, or the group of a member; null where there is nothing more to say. */
  detail: string | null;
  changes: AttributeChange[];
  /** Of a finding. */
  finding?: { kind: FindingKind; severity: Severity };
  /** When the run was that first saw the last of it, ISO 8601. */
  seenAt: string;
}

export interface DiffCount {
  section: DiffSection;
  kinds: Partial<Record<DiffKind, number>>;
  /** How many objects differ in each attribute, most first. */
  attributes: { attribute: string; count: number }[];
}

export const setupAreas = ['mappings', 'scoping-filter', 'schedule', 'settings', 'application', 'unifi'] as const;
export type SetupArea = (typeof setupAreas)[number];

/** A difference in the set-up, in words. */
export interface SetupChange {
  area: SetupArea;
  sentence: string;
  before: string | null;
  after: string | null;
}

export interface JobStateChange {
  run: Run;
  state: JobState;
  sentence: string;
}

export interface LogOutcomeCount {
  status: LogStatus;
  /** Skips that need nobody apart from the others; false for every other status. */
  benign: boolean;
  count: number;
}

/** What happened between two states, without the objects themselves: these come in pages. */
export interface DiffSummary {
  from: PastState;
  to: PastState;
  counts: DiffCount[];
  setup: SetupChange[];
  /** The job's state at the beginning, then every run with another one. */
  job: JobStateChange[];
  /** Rows of the provisioning log after the first moment, until the second. */
  log: {
    outcomes: LogOutcomeCount[];
    /** Error codes, most first. */
    errors: { code: string; count: number }[];
  };
}

export interface DifferenceFilter {
  section?: DiffSection[];
  kind?: DiffKind[];
  attribute?: string;
  /** Part of a name, UPN, user name or id. */
  text?: string;
}

/** The set-up of two connections, newest state of each. */
export interface SetupDiff {
  left: { connection: string; at: string };
  right: { connection: string; at: string };
  /** `before` is the left one's, `after` the right one's. */
  changes: SetupChange[];
  /** What could not be compared, and why. */
  notCompared: string[];
}
