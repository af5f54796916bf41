import type { PurgeEntry, PurgeOutcome, PurgePreview, PurgeReceipt } from '../models/purge.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Data-protection requests: one person out of one history. */
export interface PurgeMethods {
  /** Who is meant (as `investigate` takes it), and what would go; changes nothing. Several who fit are `selection-ambiguous`. */
  previewPurge(input: OnConnection & Cancellable & { who: string }): PurgePreview;
  /** Purges the person of this id (of a preview). What cannot be finished is in `unfinished`; `finishPurges` goes on. */
  purgePerson(input: OnConnection & Cancellable & { id: string }): PurgeOutcome;
  /** Clears what purges left in free parts of the file, where that was not possible at the time. */
  finishPurges(input: OnConnection & Cancellable): { finished: PurgeReceipt[] };
  /** Newest first; says nothing about whom. */
  listPurges(input: OnConnection): { purges: PurgeEntry[] };
  /** The receipt, and the same as text. */
  getPurgeReceipt(input: OnConnection & { id: string }): { receipt: PurgeReceipt; text: string };
  /** From the next collection on the person is collected like anybody else. */
  liftPurge(input: OnConnection & { id: string }): { receipt: PurgeReceipt; text: string };
}
