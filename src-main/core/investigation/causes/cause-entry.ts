import type { VerdictActor } from '../../../contract/models/investigation.ts';

/** What is known of a cause before it is found with anybody. */
export interface CauseEntry {
  /** A few words, as a heading. */
  title: string;
  /** What it means, in whole sentences. */
  meaning: string;
  /** Who usually has to act; what the log says may name somebody else. */
  actor: VerdictActor;
  /** What to do, in order. `{person}`, `{group}`, `{inner}` and `{due}` stand for what a case fills in. */
  steps: readonly string[];
  /** Document and section of the rule. */
  source: string;
}
