/** A value of a result. Truth values are 1 and 0; bytes are text such as `x'0102'`; whole numbers too large for JSON are text. */
export type QueryCell = string | number | null;

/** A column of a documented view. */
export interface QueryViewColumn {
  name: string;
  type: 'text' | 'integer' | 'json';
  about: string;
}

/** A view that queries of the console may read. docs/schema.md is generated from these. */
export interface QueryView {
  name: string;
  about: string;
  columns: QueryViewColumn[];
}

export interface QueryExample {
  title: string;
  sql: string;
}

/** A query kept beside its connection. */
export interface SavedQuery {
  name: string;
  sql: string;
  savedAt: string;
}

export interface QueryLimits {
  /** Rows of one result; an export has its own. */
  rows: number;
  exportRows: number;
  /** Characters of one result. */
  characters: number;
  timeMs: number;
  memoryBytes: number;
}

/** What the console offers on a connection; `unavailable` says in a sentence why there is none here, null when it works. */
export interface QueryConsole {
  unavailable: string | null;
  views: QueryView[];
  examples: QueryExample[];
  saved: SavedQuery[];
  limits: QueryLimits;
}

/** Keeps the rows whose column (numbered from 0) has exactly this value; null means "nothing". */
export interface QueryNarrowing {
  column: number;
  value: QueryCell;
}

/** What a query gave. `cut` says which limit ended the list although there was more; null: these are all rows. */
export interface QueryResult {
  columns: string[];
  rows: QueryCell[][];
  cut: 'rows' | 'characters' | null;
  durationMs: number;
}

/** How often the values of one column occur in the whole result, the commonest first. */
export interface QueryFacet {
  column: number;
  name: string;
  values: { value: QueryCell; count: number }[];
  /** How many different values there are, "nothing" included. */
  distinct: number;
}

export interface QueryFacets {
  /** Rows of the whole result. */
  total: number;
  facets: QueryFacet[];
}

export const queryExportFormats = ['csv', 'json'] as const;
export type QueryExportFormat = (typeof queryExportFormats)[number];

export interface QueryExport {
  file: string;
  rows: number;
  cut: QueryResult['cut'];
}
