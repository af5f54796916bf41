import type { ReportKind, ReportLanguage } from '../../contract/models/report.ts';
import type { SourceFreshness } from '../../contract/models/run.ts';

/** A value of a table or a figure; times are ISO 8601 UTC, null is "nothing". */
export type Cell = string | number | boolean | null;

/**
 * `text` as it is; `number`; `time`; `flag` for yes and no; `json` for a text that is JSON.
 */
export type CellType = 'text' | 'number' | 'time' | 'flag' | 'json';

/**
 * What a value tells about a person, and so what redaction makes of it: `open` nothing; `name`, `address`, `id` and
 * `value` are replaced whole; in `prose` everything that could point to somebody is replaced.
 */
export type Sensitivity = 'open' | 'name' | 'address' | 'id' | 'value' | 'prose';

export interface Column {
  id: string;
  title: string;
  type: CellType;
  sensitivity: Sensitivity;
  /** Share of the width on paper and in a window; 1 when left out. */
  weight?: number;
  /** Stands below the row where there is no room for every column. */
  detail?: boolean;
}

export interface TextSection {
  type: 'text';
  id: string;
  title: string;
  paragraphs: { text: string; sensitivity: Sensitivity }[];
  /** Numbered steps below the paragraphs. */
  steps?: { text: string; sensitivity: Sensitivity }[];
  /** A sentence that everybody must see. */
  emphasis?: 'lead' | 'warning';
}

/** Colours by meaning, not by number: a writer chooses them for light, dark and paper. */
export type Tone = 'good' | 'bad' | 'warning' | 'neutral' | 'faint';

export interface Figure {
  id: string;
  label: string;
  value: Cell;
  type: CellType;
  sensitivity: Sensitivity;
  tone?: Tone;
  note?: string;
}

export interface FiguresSection {
  type: 'figures';
  id: string;
  title: string;
  figures: Figure[];
}

/** Bars one above the other, a column each category. */
export interface ChartSection {
  type: 'chart';
  id: string;
  title: string;
  /** What is counted, for the legend and for who cannot see the picture. */
  summary: string;
  /** Days, `2026-11-20`. */
  categories: string[];
  /** False where nothing is known, so that no bar is no statement. */
  covered: boolean[];
  series: { id: string; title: string; tone: Tone; values: number[] }[];
}

export interface TableSection {
  type: 'table';
  id: string;
  title: string;
  columns: Column[];
  /** In lots, so that a million rows cost no million awaits. */
  rows: AsyncIterable<Cell[][]>;
  /** How many rows there are; null when nobody counted. */
  total: number | null;
  /** Most rows that are written. */
  limit: number;
  /** What an empty table means. */
  empty: string;
  note?: string;
}

export type Section = TextSection | FiguresSection | ChartSection | TableSection;

/** What every report says about itself. */
export interface ReportMeta {
  kind: ReportKind;
  title: string;
  language: ReportLanguage;
  /** What of it is in English all the same, a sentence; null where nothing is. */
  languageNote: string | null;
  /** IANA name. */
  timeZone: string;
  client: string | null;
  connection: { name: string; tenantId: string; application: string | null };
  /** Null where the newest state is shown. */
  period: { from: string | null; to: string | null } | null;
  /** When it was made, ISO 8601 UTC. */
  createdAt: string;
  /** The newest collection, and the evaluation that findings and states come from. */
  collectedAt: string | null;
  evaluatedAt: string | null;
  application: { name: string; version: string };
  sources: SourceFreshness[];
  /** What was asked for, in words: filters and columns. */
  selection: string[];
  redaction: { on: boolean; keyId: string | null };
}

/** A logo as a writer needs it: re-encoded by us, so that it is what it says. */
export interface Logo {
  mime: 'image/png';
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** A report before it is written: sections in order, tables still unread. */
export interface Report {
  meta: ReportMeta;
  sections: Section[];
  /** Id of the table that CSV holds; null: every section in long form. */
  mainTable: string | null;
}

/** How a report looks; nothing of it is data. */
export interface ReportLook {
  logo: Logo | null;
  /** `#rrggbb` */
  accent: string;
}
