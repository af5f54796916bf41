import type { AttributeNames } from './attribute-names.ts';
import type { ChosenConnection, CollectDependencies } from './collect.ts';
import type { SourceRunner } from './source-runner.ts';

/** What every part of a collection works with. */
export interface CollectContext extends CollectDependencies {
  connection: ChosenConnection;
  runner: SourceRunner;
  runId: string;
}

/** What the configuration says about the rest of the collection. */
export interface CollectedConfiguration {
  names: AttributeNames;
  syncAll: boolean;
  /** Ids of assigned groups, from this run or, when unreadable, from the newest stored list. */
  assignedGroupIds: string[];
}
