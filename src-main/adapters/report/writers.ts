import type { ReportFormat } from '../../contract/models/report.ts';
import type { OpenReport } from '../../core/report/open-report.ts';
import type { WrittenReport } from '../../services/ports.ts';
import { writeCsv } from './write-csv.ts';
import { writeHtml } from './write-html.ts';
import { writeJson, writeNdjson } from './write-json.ts';

type Writer = (report: OpenReport) => WrittenReport;

/** The heavy ones are loaded when somebody wants them. */
const writers: Record<ReportFormat, () => Promise<Writer>> = {
  csv: async () => writeCsv,
  html: async () => writeHtml,
  json: async () => writeJson,
  ndjson: async () => writeNdjson,
  pdf: async () => (await import('./write-pdf.ts')).writePdf,
  xlsx: async () => (await import('./write-xlsx.ts')).writeXlsx,
};

/** The writer of a format. */
export const writerOf = (format: ReportFormat): Promise<Writer> => writers[format]();
