import type { OpenReport } from '../../core/report/open-report.ts';
import type { WrittenReport } from '../../services/ports.ts';
import { describeMeta, describeRow, describeSection, documentVersion } from './json-parts.ts';

/** Two Unicode line separators are line ends for some readers of JSON; escaped, they are the same value. */
const safe = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

async function* jsonChunks(report: OpenReport): AsyncGenerator<string> {
  yield `{"version":${documentVersion},"report":${safe(describeMeta(report.meta))},\n"sections":[\n`;
  for (const [index, section] of report.sections.entries()) {
    if (index > 0) yield ',\n';
    const head = safe(describeSection(section));
    if (section.type !== 'table') {
      yield head;
      continue;
    }
    yield `${head.slice(0, -1)},"rows":[`;
    let first = true;
    for await (const lot of section.rows) {
      let text = '';
      for (const row of lot) {
        text += `${first ? '\n' : ',\n'}${safe(describeRow(section.columns, row))}`;
        first = false;
      }
      yield text;
    }
    const { rows, total, cut } = report.sizeOf(section.id);
    yield `],"rowCount":${rows},"total":${safe(total)},"cut":${safe(cut)}}`;
  }
  // The seal closes the document.
  yield '\n]';
}

/** One JSON document (docs/report.schema.json), left open for its seal. */
export const writeJson = (report: OpenReport): WrittenReport => ({ chunks: jsonChunks(report), companion: null });

async function* lines(report: OpenReport): AsyncGenerator<string> {
  yield `${safe({ type: 'report', version: documentVersion, report: describeMeta(report.meta) })}\n`;
  for (const section of report.sections) {
    yield `${safe({ type: 'section', section: describeSection(section) })}\n`;
    if (section.type !== 'table') continue;
    for await (const lot of section.rows) {
      let text = '';
      for (const row of lot) {
        text += `${safe({ type: 'row', table: section.id, values: describeRow(section.columns, row) })}\n`;
      }
      yield text;
    }
    const { rows, total, cut } = report.sizeOf(section.id);
    yield `${safe({ type: 'end', table: section.id, rowCount: rows, total, cut })}\n`;
  }
}

/** A line of JSON for the head, each section, each row, and the seal (docs/report.schema.json). */
export const writeNdjson = (report: OpenReport): WrittenReport => ({ chunks: lines(report), companion: null });
