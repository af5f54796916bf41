import type { ReportFormat } from '../../contract/models/report.ts';
import { openReport, type OpenReport, type ReportPassage } from '../../core/report/open-report.ts';
import { redactClient, type Pseudonym } from '../../core/redaction/redact-text.ts';
import { createVocabulary } from '../../core/redaction/vocabulary.ts';
import { createRedactor } from '../../core/report/redact.ts';
import type { Report, ReportLook } from '../../core/report/report.ts';
import { rowLimitOf } from '../../core/report/row-limits.ts';
import { buildReport, type BuildReportOptions } from './build-report.ts';

export interface OpenBuiltReportOptions extends Omit<BuildReportOptions, 'rowLimit' | 'redactionKeyId'> {
  format: ReportFormat;
  look: ReportLook;
  passage: ReportPassage;
  /** Null: nothing is redacted. */
  redaction: { pseudonym: Pseudonym; keyId: string } | null;
}

const redact = async (
  report: Report,
  { store, redaction }: Pick<OpenBuiltReportOptions, 'store' | 'redaction'>,
): Promise<Report> => {
  if (redaction === null) return report;
  const { meta } = report;
  const { name, tenantId, application } = meta.connection;
  const client = { connection: name, tenantId };
  const vocabulary = createVocabulary(await store.people.vocabulary(), client);
  const { section, text } = createRedactor(redaction.pseudonym, vocabulary);
  const prose = (given: string): string => text(given, 'prose');
  const hidden = redactClient(client, redaction.pseudonym);
  return {
    ...report,
    sections: report.sections.map(section),
    meta: {
      ...meta,
      title: prose(meta.title),
      connection: {
        name: hidden.connection,
        tenantId: hidden.tenantId,
        application: application === null ? null : prose(application),
      },
      client: meta.client === null ? null : prose(meta.client),
      selection: meta.selection.map(prose),
      sources: meta.sources.map((source) =>
        source.failure === null
          ? source
          : { ...source, failure: { ...source.failure, message: prose(source.failure.message) } },
      ),
    },
  };
};

/**
 * Builds a report and opens it for a writer, with the row limit of its format and redacted where that was asked for.
 * Throws what `buildReport` throws.
 */
export const openBuiltReport = async (input: OpenBuiltReportOptions): Promise<OpenReport> => {
  const { report, words, format } = await buildReport({
    ...input,
    rowLimit: rowLimitOf(input.format, input.options.rowLimit),
    redactionKeyId: input.redaction?.keyId ?? null,
  });
  return openReport(await redact(report, input), { look: input.look, words, format, passage: input.passage });
};
