import type { ReportFormat, ReportKind } from '../../contract/models/report.ts';

/**
 * How many rows of a table a format can bear. A PDF is laid out as a whole; a page of HTML has to be shown by a browser;
 * a sheet of Excel ends at 1,048,576 rows, its head among them.
 */
const limits: Record<ReportFormat, { usual: number; most: number }> = {
  html: { usual: 10_000, most: 100_000 },
  pdf: { usual: 1_000, most: 5_000 },
  xlsx: { usual: 1_048_575, most: 1_048_575 },
  csv: { usual: Infinity, most: Infinity },
  json: { usual: Infinity, most: Infinity },
  ndjson: { usual: Infinity, most: Infinity },
};

/** The row limit of a report: what was asked for as far as the format can bear it. */
export const rowLimitOf = (format: ReportFormat, asked: number | undefined): number =>
  Math.min(asked ?? limits[format].usual, limits[format].most);

/**
 * Rows of a table of a page that go to paper, as many as a PDF usually has. A browser needs many seconds and a gigabyte
 * to print a thousand rows of the log with their details; the page says where paper ends.
 */
export const paperRows = limits.pdf.usual;

/** A page for managers is one sheet of paper; everything else goes on as long as it has rows. */
export const isOnePage = ({ kind }: { kind: ReportKind }): boolean => kind === 'health';
