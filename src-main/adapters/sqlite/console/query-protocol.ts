import type { Failure } from '../../../contract/failure.ts';
import type { QueryCell, QueryFacet, QueryNarrowing } from '../../../contract/models/query.ts';

/** One statement and what to do with its result. */
export interface ConsoleQuery {
  sql: string;
  narrowing: readonly QueryNarrowing[];
  /** Columns to count instead of listing rows; null lists rows. */
  facets: readonly number[] | null;
  /** Rows to list at most. */
  rows: number;
  /** Characters to list at most. */
  characters: number;
}

/** What a query process is started for; one order for each process. `query` null: only say whether this host can. */
export interface QueryOrder {
  file: string;
  query: ConsoleQuery | null;
  timeMs: number;
  memoryBytes: number;
}

export type ToQuery = { type: 'order'; order: QueryOrder } | { type: 'next' };

export type FromQuery =
  /** Waits for its order. */
  | { type: 'started' }
  /** The Node of this host has no authorizer: there is no console here. */
  | { type: 'unavailable' }
  | { type: 'available' }
  | { type: 'columns'; columns: string[] }
  /** The next ones come when the parent says `next`: it may take its time with a million of them. */
  | { type: 'rows'; rows: QueryCell[][] }
  | { type: 'facet'; facet: QueryFacet; total: number }
  | { type: 'end'; cut: 'rows' | 'characters' | null }
  | { type: 'failed'; failure: Failure };

/** Written to stderr by the watching thread before it ends the process; the process itself may be busy for ever. */
export const outOfMemoryMark = 'query-out-of-memory';
