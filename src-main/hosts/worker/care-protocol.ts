import type { CaseManifest, CaseScope } from '../../contract/models/case-file.ts';
import type { HistoryVerification } from '../../contract/models/care.ts';
import type { PurgeReceipt } from '../../contract/models/purge.ts';
import type { PurgedIds } from '../../adapters/sqlite/purge/find-person.ts';
import type { DonePurge, RehearsedPurge } from '../../adapters/sqlite/purge/run-purge.ts';
import type { Failure } from '../../contract/failure.ts';
import type { ImportOrigin, ImportReport } from '../../contract/models/import.ts';

/** Long work on files of the history: what each needs, and what it gives. Plain data. */
export interface CareTasks {
  'write-case-file': {
    order: {
      source: string;
      target: string;
      /** What the target will be called when it is whole, for messages. */
      place: string;
      scope: CaseScope;
      /** The key of pseudonyms, hexadecimal; null: nothing is redacted. */
      redactionKey: string | null;
      about: Pick<CaseManifest, 'version' | 'connection' | 'tenantId' | 'jobId' | 'writtenAt'>;
    };
    result: CaseManifest;
  };
  /** `histories`: of this data directory, whose purges hold for what is opened, too. */
  'read-case-file': {
    order: { file: string; name: string; target: string; histories: string[] };
    result: CaseManifest;
  };
  verify: { order: { file: string }; result: HistoryVerification };
  backup: { order: { file: string; target: string; place: string }; result: null };
  restore: { order: { backup: string; file: string }; result: null };
  vacuum: { order: { file: string }; result: { bytesBefore: number; bytesAfter: number } };
  'rehearse-purge': {
    order: { file: string; ids: PurgedIds };
    result: RehearsedPurge;
  };
  purge: { order: { file: string; ids: PurgedIds; connection: string }; result: DonePurge };
  'finish-purges': { order: { file: string }; result: PurgeReceipt[] };
  import: { order: { database: string; files: string[]; origin: ImportOrigin }; result: ImportReport };
}
export type CareTask = keyof CareTasks;

/** What a care thread is started with. */
export interface CareOrder<T extends CareTask = CareTask> {
  task: T;
  order: CareTasks[T]['order'];
  /** Where the log of bugs lies. */
  dataDirectory: string;
}

export type FromCare =
  | { type: 'progress'; note: string; items: number }
  | { type: 'done'; result: CareTasks[CareTask]['result'] }
  | { type: 'failed'; failure: Failure };
