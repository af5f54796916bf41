export const importFormats = ['portal-json', 'portal-csv', 'ndjson'] as const;
/** `ndjson`: rows as Graph gives them, a line each, or a report of the log with its column "body". */
export type ImportFormat = (typeof importFormats)[number];

/** Whose log is taken over: rows of another tenant are refused, those of another application left out. */
export interface ImportOrigin {
  tenantId: string;
  servicePrincipalId: string | null;
  /** ISO 8601. */
  importedAt: string;
  /** Rows before this moment (ISO 8601) are left out: the connection does not keep them; null or left out: none. */
  keptFrom?: string | null;
}

/** One download: a JSON file, an NDJSON file, or up to three CSV files that belong together. */
export interface ImportedFile {
  files: string[];
  format: ImportFormat;
  /** Rows of this application in it. */
  rows: number;
  /** Of these, rows that the history did not have. */
  inserted: number;
  /** Rows of other applications, which were left out. */
  otherApplications: number;
  /** Rows older than this connection keeps its log, which were left out; left out: none. */
  tooOld?: number;
  /** Rows about people who were purged, which were left out; left out: none. */
  withheld?: number;
  /** Oldest and newest row; null when there is none. */
  from: string | null;
  to: string | null;
}

/** What an import brought. Rows that were there already stay as they were collected. */
export interface ImportReport {
  imports: ImportedFile[];
  rows: number;
  inserted: number;
  known: number;
}
