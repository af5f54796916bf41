import type {
  ReportDefinition,
  ReportDownload,
  ReportFormat,
  ReportKindInfo,
  ReportLanguage,
  ReportOptions,
  ReportPreview,
} from '../models/report.ts';
import type { Cancellable, OnConnection } from './call.ts';

/** Reports, for a window: what a command line writes into a file comes here in parts. */
export interface ReportMethods {
  /** What can be reported, and what was saved to be run again. */
  listReports(input: OnConnection & { language?: ReportLanguage }): {
    kinds: ReportKindInfo[];
    definitions: ReportDefinition[];
  };
  /** The page of a report with few rows of each table. */
  previewReport(input: OnConnection & Cancellable & { options: ReportOptions }): ReportPreview;
  /** Writes a report that waits to be read with `readReport`, and goes with `discardReport` or the program's end. */
  createReport(input: OnConnection & Cancellable & { options: ReportOptions; format: ReportFormat }): ReportDownload;
  /** A part of a report, base64; `nextOffset` is null behind the last one. */
  readReport(input: { id: string; part: 'file' | 'companion'; offset: number }): {
    data: string;
    nextOffset: number | null;
  };
  discardReport(input: { id: string }): { discarded: boolean };
  /** Keeps a definition beside the connection; `replace` overwrites one of that name, whose file stays. */
  saveReportDefinition(
    input: OnConnection & { definition: Pick<ReportDefinition, 'name' | 'format' | 'options'>; replace?: boolean },
  ): ReportDefinition;
  deleteReportDefinition(input: OnConnection & { name: string }): { deleted: string };
}
