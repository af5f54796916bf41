/** What of a history a case file holds. `from` and `to` as in the log's filter. */
export type CaseScope =
  | { what: 'all' }
  | { what: 'person'; id: string }
  | { what: 'finding'; id: string }
  | { what: 'period'; from: string; to: string };

/** A collection whose state a case file holds, and the moment that it stands for. */
export interface CaseState {
  run: string;
  at: string;
}

/** The states that a period begins and ends with; those of collections in between can be read as well. */
export interface CaseStates {
  first: CaseState;
  last: CaseState;
}

export interface CaseTable {
  name: string;
  rows: number;
  sha256: string;
}

/** What a case file says about itself. */
export interface CaseManifest {
  format: 1;
  /** Version of the program that wrote it. */
  version: string;
  /** Names of the connection and its tenant; pseudonyms when redacted. */
  connection: string;
  tenantId: string;
  jobId: string | null;
  writtenAt: string;
  /** End of the newest collection in it, null when there was none. */
  collectedAt: string | null;
  scope: CaseScope;
  /** Of a period: null when nothing was collected by its end. Left out for other scopes: all states are there. */
  states?: CaseStates | null;
  redacted: boolean;
  /** By which two redacted files tell that their pseudonyms can be compared; null when not redacted. */
  redactionKeyId: string | null;
  tables: CaseTable[];
  /** Over all of the above. It proves that nothing was changed by accident, not who wrote it. */
  sha256: string;
}

/** A case file that was written. */
export interface CaseFile {
  file: string;
  bytes: number;
  rows: number;
  /** Where the key of its pseudonyms lies, as in "The key lies ..."; null when not redacted. */
  keyPlace: string | null;
  manifest: CaseManifest;
}
