import type { OpenReport } from '../../core/report/open-report.ts';
import type { Cell, Column, ReportMeta, Section, TableSection } from '../../core/report/report.ts';

/** Version of the documents of docs/report.schema.json. */
export const documentVersion = 1;

/** The head of a report in JSON. */
export const describeMeta = (meta: ReportMeta): Record<string, unknown> => ({
  ...meta,
  sources: meta.sources.map(({ source, status, items, endedAt, lastCompleteAt, failure }) => ({
    source,
    status,
    items,
    endedAt,
    lastCompleteAt,
    trouble: failure?.message ?? null,
  })),
});

/** A row as an object, a field for each column. */
export const describeRow = (columns: readonly Column[], row: readonly Cell[]): Record<string, Cell> => {
  const object: Record<string, Cell> = {};
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    if (column) object[column.id] = row[index] ?? null;
  }
  return object;
};

/** Everything of a section but the rows of a table. */
export const describeSection = (section: Section): Record<string, unknown> => {
  switch (section.type) {
    case 'text':
      return {
        type: 'text',
        id: section.id,
        title: section.title,
        paragraphs: section.paragraphs.map(({ text }) => text),
        steps: (section.steps ?? []).map(({ text }) => text),
      };
    case 'figures':
      return {
        type: 'figures',
        id: section.id,
        title: section.title,
        figures: section.figures.map(({ id, label, value, type }) => ({ id, label, type, value })),
      };
    case 'chart':
      return {
        type: 'chart',
        id: section.id,
        title: section.title,
        summary: section.summary,
        categories: section.categories,
        covered: section.covered,
        series: section.series.map(({ id, title, values }) => ({ id, title, values })),
      };
    case 'table':
      return {
        type: 'table',
        id: section.id,
        title: section.title,
        columns: section.columns.map(({ id, title, type }) => ({ id, title, type })),
      };
  }
};

/** A table with its rows, for those that are small enough to be held. */
const describeTable = async (table: TableSection, report: OpenReport): Promise<Record<string, unknown>> => {
  const rows: Record<string, Cell>[] = [];
  for await (const lot of table.rows) for (const row of lot) rows.push(describeRow(table.columns, row));
  const { rows: count, total, cut } = report.sizeOf(table.id);
  return { ...describeSection(table), rows, rowCount: count, total, cut };
};

/** The head and these sections as one document, for what stands beside a file. */
export const describeSections = async (
  report: OpenReport,
  sections: readonly Section[],
): Promise<Record<string, unknown>> => {
  const described: Record<string, unknown>[] = [];
  for (const section of sections) {
    described.push(section.type === 'table' ? await describeTable(section, report) : describeSection(section));
  }
  return {
    version: documentVersion,
    report: describeMeta(report.meta),
    tables: report.end().tables,
    sections: described,
  };
};
