import { describeSize, metaLines } from '../../core/report/meta-lines.ts';
import type { OpenReport } from '../../core/report/open-report.ts';
import type { Section } from '../../core/report/report.ts';
import type { FreeRow, LongTexts } from './xlsx-xml.ts';

const heading = (text: string): FreeRow => ({ cells: [{ value: text, look: 'heading' }] });
const blank: FreeRow = { cells: [] };

/** Texts, figures and the numbers of charts, one below the other. */
export function* summaryRows(sections: readonly Section[], { words }: OpenReport): Generator<FreeRow> {
  for (const section of sections) {
    yield heading(section.title);
    switch (section.type) {
      case 'text':
        for (const { text } of section.paragraphs) yield { cells: [{ value: text }] };
        for (const [index, { text }] of (section.steps ?? []).entries()) {
          yield { cells: [{ value: `${index + 1}. ${text}` }] };
        }
        break;
      case 'figures':
        for (const { label, value, type } of section.figures) {
          yield {
            cells: [
              { value: label, look: 'label' },
              { value, type },
            ],
          };
        }
        break;
      case 'chart':
        yield { cells: [{ value: section.summary }] };
        yield {
          cells: [words.labels.day, ...section.series.map(({ title }) => title)].map((value) => ({
            value,
            look: 'label' as const,
          })),
        };
        for (const [index, category] of section.categories.entries()) {
          yield {
            cells: [
              { value: category },
              ...section.series.map(({ values }) => ({
                value: section.covered[index] === false && (values[index] ?? 0) === 0 ? null : (values[index] ?? 0),
              })),
            ],
          };
        }
        break;
      case 'table':
        break;
    }
    yield blank;
  }
}

/** What the report is, where it comes from, how many rows each table has, the sum, and what no cell could hold. */
export function* aboutRows(report: OpenReport, long: LongTexts): Generator<FreeRow> {
  const { meta, words, format } = report;
  const { labels, sections, columns, sentences } = words;
  const { tables, dataSha256 } = report.end();
  const tablesById = new Map(report.sections.map((section) => [section.id, section]));
  yield { cells: [{ value: meta.title, look: 'title' }] };
  yield { cells: [{ value: words.kinds[meta.kind].description }] };
  yield blank;
  for (const { label, text } of metaLines(meta, words, format)) {
    yield { cells: [{ value: label, look: 'label' }, { value: text }] };
  }
  for (const size of tables) {
    const table = tablesById.get(size.table);
    // A sheet of nothing but a head does not say why.
    const isEmpty = size.rows === 0 && table?.type === 'table';
    yield {
      cells: [
        { value: `${labels.rows}: ${table?.title ?? size.table}`, look: 'label' },
        { value: isEmpty ? table.empty : describeSize(size, words, format) },
      ],
    };
  }
  yield { cells: [{ value: labels.dataSha256, look: 'label' }, { value: dataSha256 }] };
  yield { cells: [{ value: meta.redaction.on ? sentences.redactedCare : sentences.care }] };
  yield { cells: [{ value: sentences.integrity }] };
  yield blank;
  yield heading(sections.sources);
  yield {
    cells: [columns.source, columns.trouble, columns.status, columns.lastCompleteAt, columns.items].map((value) => ({
      value,
      look: 'label' as const,
    })),
  };
  for (const { source, status, items, lastCompleteAt, failure } of meta.sources) {
    yield {
      cells: [
        { value: words.sources[source] },
        { value: failure?.message ?? null },
        { value: words.sourceStatuses[status] },
        { value: lastCompleteAt, type: 'time' },
        { value: items },
      ],
    };
  }
  if (long.parts.length === 0) return;
  yield blank;
  yield heading(sections.longTexts);
  for (const { id, parts } of long.parts) {
    yield { cells: [{ value: id }, ...parts.map((value) => ({ value }))] };
  }
}
