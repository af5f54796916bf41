import type { ImportReport } from '../models/import.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Downloads of the portal, taken over into a history. */
export interface ImportMethods {
  /** Every file is checked whole before the first row is stored. */
  importLog(input: OnConnection & Cancellable & { files: string[] }): ImportReport;
}
