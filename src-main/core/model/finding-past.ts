import type { Finding, FindingState } from '../../contract/models/finding.ts';

/** A finding with what became of it. */
export interface FindingPast {
  finding: Finding;
  /** Oldest first; `at` is the start of the run, ISO 8601. State null: dropped, without having been resolved. */
  states: { at: string; state: FindingState | null }[];
}
