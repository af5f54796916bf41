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
    | 'documents';
  good: boolean;
  /** What was found, as a sentence. */
  sentence: string;
}

export interface HistoryVerification {
  file: string;
  good: boolean;
  checks: HistoryCheck[];
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
