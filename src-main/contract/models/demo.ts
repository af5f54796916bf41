import type { CheckResult, FindingKind } from './finding.ts';
import type { StatusResult } from './job-status.ts';

/** How large and how faulty the embedded demo tenant is. All have defaults. */
export interface DemoOptions {
  people?: number;
  days?: number;
  seed?: number;
  /** The fixed present moment of the simulation, ISO 8601 UTC. */
  now?: string;
  /** Share of people (0 to 1) that get an injected fault. */
  faultRate?: number;
  /** A world in which the whole job has one trouble, such as `quarantine-credentials`. */
  scenario?: string;
}

export interface DemoResult {
  status: StatusResult;
  check: CheckResult;
  files: string[];
}

/** One line of the truth file: what was injected, and what a perfect diagnosis says. */
export interface TruthEntry {
  subject: {
    type: 'user' | 'group';
    entraId: string | null;
    scimId: string | null;
    name: string;
  };
  /** The member, for membership faults. */
  member?: { entraId: string | null; scimId: string | null; name: string };
  attribute?: string;
  kind: FindingKind | null;
  cause: string | null;
  since: string;
  question: 'missing' | 'inactive' | 'still-active' | 'as-it-should-be' | 'never-in-scope';
  /** True when the finding is expected in state `pending`. */
  pending?: boolean;
}
