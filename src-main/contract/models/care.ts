import type { PurgeEntry } from './purge.ts';

/** One question that a history was asked about itself. */
export interface HistoryCheck {
  id:
    | 'integrity'
    | 'references'
    | 'log-words'
    | 'person-words'
    | 'log-bodies'
    | 'log-counts'
    | 'list-sizes'
    | 'runs'
    | 'documents'
    | 'purges';
  good: boolean;
  /** What was found, as a sentence. */
  sentence: string;
}

export interface HistoryVerification {
  file: string;
  good: boolean;
  checks: HistoryCheck[];
}

export type CareTaskName = 'verify' | 'backup' | 'vacuum';

/** What was last done for a history's file, and whether it came out well. */
export interface CareNote {
  task: CareTaskName;
  at: string;
  good: boolean;
}

/** Days that a connection keeps what; null: for ever. */
export interface Retention {
  logs: number | null;
  states: number | null;
  audit: number | null;
  runs: number | null;
}

/** A history's file, and how it is looked after. */
export interface HistoryCare {
  /** The file with its write-ahead log. */
  bytes: number;
  /** One for each task that was ever done. */
  notes: CareNote[];
  retention: Retention;
  /** The first state of the past that a retention has kept; null: all of them. */
  statesFrom: { run: string; at: string } | null;
  purges: PurgeEntry[];
  /** A case file is only read. */
  readOnly: boolean;
}

/** A copy of a history. `sha256` is over the file. */
export interface HistoryBackup {
  file: string;
  bytes: number;
  sha256: string;
}

/** `kept` is a copy of what was there before. */
export interface HistoryRestored {
  file: string;
  from: string;
  kept: string;
}

export interface HistoryVacuumed {
  file: string;
  bytesBefore: number;
  bytesAfter: number;
}
