import type { CaseFile, CaseManifest, CaseScope } from '../models/case-file.ts';
import type { ConnectionSummary } from '../models/connection.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Parts of a history as one file, for somebody who has no access to the tenant. */
export interface CaseFileMethods {
  /** A new file in the reports folder. */
  writeCaseFile(input: OnConnection & Cancellable & { scope: CaseScope; redact?: boolean }): CaseFile;
  /** Checks the file and takes it over as a connection that only shows; a file that is open already is given again. */
  openCaseFile(input: Cancellable & { file: string }): { connection: ConnectionSummary; manifest: CaseManifest };
}
