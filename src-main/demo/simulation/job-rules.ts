import type { NameOrder, ScopeMode } from './rules.ts';

/** How the job is set up. A scenario changes it for the whole world. */
export interface JobRules {
  mode: ScopeMode;
  createFlow: boolean;
  updateFlow: boolean;
  deleteFlow: boolean;
  groupMapping: boolean;
  /** False: `active` is not mapped, so that no disable is ever sent. */
  activeFromSoftDeleted: boolean;
  skipOutOfScopeDeletions: boolean;
  /** How the display name is written; UNIFI takes no comma in it. */
  nameOrder: NameOrder;
  /** The accidental-deletion guard. */
  deletionThreshold: number;
}
