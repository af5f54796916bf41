import type { Failure } from '../failure.ts';

export const sourceNames = [
  'provisioning-log',
  'jobs',
  'schema',
  'job-settings',
  'application',
  'assignments',
  'users',
  'groups',
  'deleted-users',
  'audit',
  'scim-config',
  'scim-users',
  'scim-groups',
] as const;
/** Everything a collection reads. */
export type SourceName = (typeof sourceNames)[number];

export type SourceStatus = 'complete' | 'partial' | 'failed' | 'skipped';

/** One collection. `endedAt` is null while it runs, or for ever when the program was killed. */
export interface Run {
  id: string;
  startedAt: string;
  endedAt: string | null;
}

/** What one run got from one source. `from` and `to` bound the window covered (log, audit), else null. */
export interface SourceReport {
  source: SourceName;
  status: SourceStatus;
  items: number;
  pages: number;
  requests: number;
  /** Time spent waiting because of throttling or pacing, in milliseconds. */
  throttledMs: number;
  /** Rows inside good pages that could not be understood and were kept aside. */
  malformed: number;
  /** Entries that are about somebody who was purged, and so were not stored; left out: none. */
  withheld?: number;
  from: string | null;
  to: string | null;
  startedAt: string;
  endedAt: string;
  failure: Failure | null;
}

/** A stretch of the provisioning log that nobody collected before the service's retention dropped it. */
/** An entry of a source that was not understood, kept so that somebody can see why. */
export interface KeptAside {
  source: SourceName;
  /** A row of the provisioning log as received; of anything else its keys and kinds of values only. May be cut. */
  text: string;
  /** Starts of the first and the newest run that met it. */
  firstSeen: string;
  lastSeen: string;
}

export interface LogGap {
  from: string;
  to: string;
}

/** A source as the window and `status` show it: the newest report, and how old the newest complete one is. */
export interface SourceFreshness extends SourceReport {
  /** End of the newest run in which this source was complete, or null if never. */
  lastCompleteAt: string | null;
}

export interface CollectResult {
  run: Run;
  sources: SourceReport[];
}
