import type { ConfigurationChange } from './configuration-change.ts';

/** What is counted: rows per hour, or findings per evaluation. */
export const jumpMeasures = ['failures', 'skips', 'findings'] as const;
export type JumpMeasure = (typeof jumpMeasures)[number];

/** A change set beside a jump, with why it is likely to be behind it. */
export interface Suspect {
  change: ConfigurationChange;
  /** `likely`: it fits in kind, and came just before; `possible`: it came before. */
  likelihood: 'likely' | 'possible';
  /** Whole sentences, the strongest first. */
  reasons: string[];
}

/** The rows or findings that make up a jump, the most first. */
export interface JumpPart {
  /** Issue key of the log, or finding kind. */
  id: string;
  title: string;
  /** The service's own text; null for findings. */
  reason: string | null;
  count: number;
  before: number;
}

/** Far more failures, skips or findings than usual. */
export interface Jump {
  measure: JumpMeasure;
  /** Start of the first hour, or the first evaluation, that had more; of findings they may have begun since `after`. */
  startedAt: string;
  after: string | null;
  /** End of the last; null while it goes on. */
  endedAt: string | null;
  /** In the day in which it was highest. */
  highest: number;
  /** Median of the days, or evaluations, before. */
  usual: number;
  /** From how many on it counted as a jump, and why that many: one sentence. */
  limit: number;
  sentence: string;
  parts: JumpPart[];
  /** Most likely first; empty when nothing that is known changed before it. */
  suspects: Suspect[];
}

export interface BlameResult {
  now: string;
  /** Newest first. */
  jumps: Jump[];
  /** What was looked through: ISO 8601. */
  from: string;
  to: string;
  /** Whole sentences about what could not be judged, and why. */
  notJudged: string[];
}
