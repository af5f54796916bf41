import type { Investigation } from '../models/investigation.ts';
import type { BatchPeople, InvestigationBatch } from '../models/investigation-batch.ts';
import type { AsOf, Cancellable, OnConnection } from './call.ts';

/** Verdicts about people and groups. */
export interface InvestigationMethods {
  /**
   * Why somebody or a group is in UNIFI as they are, from what is stored. `who`: any name, address or id. `member`: then
   * `who` is a group, and the question is about this member of it. `live`: Entra and UNIFI are asked for this one
   * person first, in at most 12 requests, under `callId`; not with `member` or `asOf`.
   */
  investigate(
    input: OnConnection & AsOf & Partial<Cancellable> & { who: string; member?: string; live?: boolean },
  ): Investigation;
  /** One row for everybody of a list, from what is stored. `csv`: the rows as CSV as well. */
  investigateBatch(
    input: OnConnection & AsOf & Cancellable & { people: BatchPeople; csv?: boolean },
  ): InvestigationBatch;
}
