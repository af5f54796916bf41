import type { FindingKind } from './finding.ts';

export const reportKinds = [
  'health',
  'reconciliation',
  'people',
  'log',
  'evidence',
  'leavers',
  'difference',
  'setup',
] as const;
/** What a report is about. README, "Reports". */
export type ReportKind = (typeof reportKinds)[number];

export const reportFormats = ['html', 'pdf', 'xlsx', 'csv', 'json', 'ndjson'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const reportLanguages = ['en', 'de'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

/** What a report shall hold and how it shall look; absent means the kind's own choice. */
export interface ReportOptions {
  kind: ReportKind;
  /** Inclusive and exclusive bounds of the period, ISO 8601 UTC; findings and log rows outside it are left out. */
  from?: string;
  to?: string;
  /** `difference`: between which states: `first`, `previous`, `last`, a run's id, a date. Default the last two. */
  fromState?: string;
  toState?: string;
  /** Findings of these kinds only. */
  findingKinds?: FindingKind[];
  /** Only people (ids, addresses or names) and groups (ids or names) of these lists. */
  people?: string[];
  groups?: string[];
  /** `evidence`: a person (any name, address or id) or the id of a finding. */
  subject?: string;
  /** Ids of the columns of the main table, in their order. */
  columns?: string[];
  /** Default `en`. */
  language?: ReportLanguage;
  /** IANA name; default UTC. */
  timeZone?: string;
  title?: string;
  /** For whom the report is made. */
  client?: string;
  /** PNG or JPEG, base64. */
  logo?: string;
  /** `#rrggbb` */
  accent?: string;
  /** Pseudonyms in place of names, addresses, ids and values of people. */
  redact?: boolean;
  /** Most rows of a table; what is left out is said in the report. */
  rowLimit?: number;
}

/** An option, or a group of options, that means something for some kinds only. */
export type ReportTake = 'period' | 'states' | 'finding-kinds' | 'people' | 'groups' | 'subject' | 'columns';

/** A kind as somebody chooses it. */
export interface ReportKindInfo {
  kind: ReportKind;
  title: string;
  description: string;
  /** Columns of its main table; empty where columns cannot be chosen. */
  columns: { id: string; title: string; chosen: boolean }[];
  /** Which of the options mean something for it. */
  takes: ReportTake[];
}

/** What was written, of each table with more or fewer rows than there were. */
export interface ReportTableSize {
  table: string;
  rows: number;
  /** Null when nobody counted more than was written. */
  total: number | null;
  cut: boolean;
}

/** A finished report. */
export interface ReportFile {
  kind: ReportKind;
  format: ReportFormat;
  title: string;
  /** Where it lies; null for one that waits to be downloaded. */
  file: string | null;
  /** What stands beside a CSV file: the report's head, its other sections and the sums. Null for other formats. */
  companion: string | null;
  /** Name for a download. */
  fileName: string;
  bytes: number;
  tables: ReportTableSize[];
  /** SHA-256 over the report's data, the same in every format. docs/report.md says how it is made. */
  dataSha256: string;
  redacted: boolean;
  /** Where the key of its pseudonyms lies, as in "The key lies ..."; null when not redacted. */
  keyPlace: string | null;
}

/** A report that waits in the program to be read in parts. */
export interface ReportDownload extends ReportFile {
  id: string;
}

/** A page to be shown in a frame without scripts; the style comes apart, since the window's policy allows none inline. */
export interface ReportPreview {
  html: string;
  style: string;
  tables: ReportTableSize[];
}

/** A report definition under a name, to be run again. */
export interface ReportDefinition {
  name: string;
  format: ReportFormat;
  /** Where `report run` writes; `{date}` and `{time}` are replaced. Null: the run must say. */
  file: string | null;
  options: ReportOptions;
  savedAt: string;
}

/** What `report verify` found. */
export interface ReportCheck {
  file: string;
  format: ReportFormat;
  /** `intact`: not a byte differs; `changed`: some do; `unsealed`: nothing in it says what it should be. */
  state: 'intact' | 'changed' | 'unsealed';
  sentence: string;
  /** What the check cannot prove. */
  limits: string;
  dataSha256: string | null;
}
