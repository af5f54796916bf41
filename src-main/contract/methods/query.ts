import type {
  QueryConsole,
  QueryExport,
  QueryExportFormat,
  QueryFacets,
  QueryNarrowing,
  QueryResult,
  SavedQuery,
} from '../models/query.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** The query console: read-only SQL over documented views. */
export interface QueryMethods {
  getConsole(input: OnConnection): QueryConsole;
  /** One statement, stopped at its limits of time and memory. `rows`: fewer than the limit. */
  runQuery(
    input: OnConnection & Cancellable & { sql: string; narrowing?: QueryNarrowing[]; rows?: number },
  ): QueryResult;
  /** How often the values of these columns (from 0) occur in the whole result. */
  countQuery(
    input: OnConnection & Cancellable & { sql: string; narrowing?: QueryNarrowing[]; columns: number[] },
  ): QueryFacets;
  /** Writes the whole result into a new file of the reports folder. */
  exportQuery(
    input: OnConnection & Cancellable & { sql: string; narrowing?: QueryNarrowing[]; format: QueryExportFormat },
  ): QueryExport;
  /** Keeps a query beside the connection; `replace` overwrites one of that name. */
  saveQuery(input: OnConnection & { name: string; sql: string; replace?: boolean }): SavedQuery;
  deleteQuery(input: OnConnection & { name: string }): { deleted: string };
}
