import type { ImportReport } from '../models/import.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Downloads of the portal, taken over into a history. */
export interface ImportMethods {
  /** All files or nothing: each is checked to its end before the first row is stored. */
  importLog(input: OnConnection & Cancellable & { files: string[] }): ImportReport;
}
