import type { Connection } from '../../contract/models/connection.ts';
import type { BugLog } from '../failure-of.ts';
import type { Clock, Graph, HistoryStore, ScimDirectory, TokenProvider } from '../ports.ts';
import type { AttributeNames } from './attribute-names.ts';
import type { SourceRunner } from './source-runner.ts';

export interface CollectDependencies {
  graph: Graph;
  scim: ScimDirectory;
  tokens: TokenProvider;
  store: HistoryStore;
  clock: Clock;
  bugs: BugLog;
  monotonicMs(): number;
}

/** A connection whose application was chosen; the job too, unless it is not readable. */
export type ChosenConnection = Connection & { servicePrincipalId: string };

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
