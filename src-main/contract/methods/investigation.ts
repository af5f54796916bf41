import type { Investigation } from '../models/investigation.ts';
import type { BatchPeople, InvestigationBatch } from '../models/investigation-batch.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Verdicts about people and groups. */
export interface InvestigationMethods {
  /** Why somebody is in UNIFI as they are, from what is stored. `who`: any name, address or id. */
  investigate(input: OnConnection & { who: string }): Investigation;
  /** One row for everybody of a list, from what is stored. `csv`: the rows as CSV as well. */
  investigateBatch(input: OnConnection & Cancellable & { people: BatchPeople; csv?: boolean }): InvestigationBatch;
}
