import type { Failure } from '../failure.ts';

/** How many rows of one table of the history went, and how many only named the person and were changed. */
export interface PurgedTable {
  table: string;
  /** What the table holds, in words. */
  holds: string;
  deleted: number;
  changed: number;
}

/** The collections in whose state somebody was, by the ids of the runs. */
export interface PurgedCollections {
  first: string;
  last: string;
  runs: number;
}

/** What a purge would do to whom; nothing was changed. Only here the person is named. */
export interface PurgePreview {
  /** Entra object id, else `scim:` and the SCIM id: what `purgePerson` takes. */
  id: string;
  name: string;
  entraIds: string[];
  /** Ids of accounts in UNIFI, also further and former ones. */
  scimIds: string[];
  /** Addresses, user names and names by which mentions are found. */
  called: string[];
  /** Of these, what somebody else is called, too: it stays in what is theirs. */
  shared: string[];
  /** Too short to be told from other words: it stays in sentences. */
  short: string[];
  tables: PurgedTable[];
  collections: PurgedCollections | null;
  /** Saved queries and saved reports that name the person, and would be deleted. */
  queries: string[];
  reports: string[];
}

/** What was done, without whom it was done to. */
export interface PurgeReceipt {
  format: 1;
  id: string;
  /** Of the connection whose history it was. */
  connection: string;
  /** When the rows went, ISO 8601. */
  at: string;
  /** When indexes, free pages and the write-ahead log were clean, too; null: not yet. */
  finishedAt: string | null;
  /** When the purge was lifted; null: it is in force. */
  liftedAt: string | null;
  tables: PurgedTable[];
  collections: PurgedCollections | null;
  /** How many ids, and how many addresses and names, were looked for. */
  soughtIds: number;
  soughtTexts: number;
  /** How many texts stay where they stand, because somebody else is called so, or because they are too short. */
  keptShared: number;
  keptShort: number;
  /** Keyed hashes that stay, and by which key. */
  hashes: number;
  keyId: string;
  /** How many saved queries and saved reports were deleted. */
  queries: number;
  reports: number;
  /** When the same was done again, after a restore or because the person was seen under a new id. */
  repeatedAt: string[];
  /** What follows from it, and what lies outside, in sentences. */
  notes: string[];
}

/** A purge in a list: nothing that points to anybody. */
export interface PurgeEntry {
  id: string;
  at: string;
  state: 'in-force' | 'unfinished' | 'lifted';
  finishedAt: string | null;
  liftedAt: string | null;
}

/** `unfinished` says why the last part (indexes, free pages) is still to be done; null when all is done. */
export interface PurgeOutcome {
  receipt: PurgeReceipt;
  unfinished: Failure | null;
}
