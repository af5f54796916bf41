import type { Connection } from '../../contract/models/connection.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';
import type { ReportOptions } from '../../contract/models/report.ts';
import type { StatusResult } from '../../contract/models/job-status.ts';
import type { ValueFormat } from '../../core/report/format-values.ts';
import type { ReportWords } from '../../core/report/words/report-words.ts';
import type { Clock, HistoryStore } from '../ports.ts';
import type { Subjects } from './select-subjects.ts';

/** What every kind of report is built from. */
export interface ReportContext {
  store: HistoryStore;
  clock: Clock;
  connection: { name: string; tenantId: string; jobId: string | null };
  /** All of the connection, for what compares it with the set-up. */
  fullConnection: Connection;
  /** What a set-up is compared with. */
  profile: TargetProfile;
  options: ReportOptions;
  words: ReportWords;
  format: ValueFormat;
  /** Most rows of a table. */
  rowLimit: number;
  status: StatusResult;
  signal: AbortSignal;
  /** Whom it is about; null: everybody. */
  subjects: Subjects | null;
}
