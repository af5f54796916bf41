import type { QueryCell, QueryResult } from '../../contract/models/query.ts';

/** A result as it comes: its columns first, then rows, last whether a limit ended it. */
export type QueryPiece = { columns: string[] } | { rows: QueryCell[][] } | { cut: QueryResult['cut'] };
