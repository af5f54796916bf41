import { describeSections } from './json-parts.ts';
import { csvField } from '../../core/report/csv-field.ts';
import type { OpenReport } from '../../core/report/open-report.ts';
import type { Cell, Column, Section, TableSection } from '../../core/report/report.ts';
import type { WrittenReport } from '../../services/ports.ts';
import { createTextBlocks } from './text-blocks.ts';

type FieldOf = (cell: Cell) => string;

const fieldsOf = (columns: readonly Column[], { words, format }: OpenReport): FieldOf[] =>
  columns.map(({ type }): FieldOf => {
    const isTime = type === 'time';
    return (cell) => {
      if (cell === null) return '';
      if (typeof cell === 'string') return csvField(isTime ? format.zoned(cell) : cell);
      if (typeof cell === 'number') return String(cell);
      return cell ? words.yes : words.no;
    };
  });

/** A row as a line: the writer's innermost loop. */
const lineOf = (row: readonly Cell[], fields: readonly FieldOf[]): string => {
  let line = '';
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index];
    if (index > 0) line += ',';
    if (field) line += field(row[index] ?? null);
  }
  return `${line}\r\n`;
};

const headLine = (titles: readonly string[]): string => `\ufeff${titles.map(csvField).join(',')}\r\n`;

async function* rowLines(table: TableSection, report: OpenReport): AsyncGenerator<Uint8Array> {
  const fields = fieldsOf(table.columns, report);
  const blocks = createTextBlocks();
  yield* blocks.add(headLine(table.columns.map(({ title }) => title)));
  for await (const lot of table.rows) {
    for (const row of lot) {
      const full = blocks.add(lineOf(row, fields));
      if (full.length > 0) yield* full;
    }
  }
  yield* blocks.end();
}

/** Section, entry, field, value: every section of a report that is no single table. */
async function* longLines(section: Section, report: OpenReport): AsyncGenerator<string> {
  const { words } = report;
  const line = (entry: string, field: string, value: string): string =>
    `${csvField(section.title)},${csvField(entry)},${csvField(field)},${value}\r\n`;
  switch (section.type) {
    case 'text':
      for (const { text } of section.paragraphs) yield line('', words.labels.value, csvField(text));
      for (const [index, { text }] of (section.steps ?? []).entries()) {
        yield line(String(index + 1), words.columns.step, csvField(text));
      }
      break;
    case 'figures':
      for (const { label, value, type } of section.figures) {
        const [field] = fieldsOf([{ id: '', title: label, type, sensitivity: 'open' }], report);
        yield line('', label, field?.(value) ?? '');
      }
      break;
    case 'chart':
      for (const [index, category] of section.categories.entries()) {
        for (const { title, values } of section.series) yield line(category, title, String(values[index] ?? 0));
      }
      break;
    case 'table': {
      const fields = fieldsOf(section.columns, report);
      let number = 0;
      for await (const lot of section.rows) {
        let lines = '';
        for (const row of lot) {
          number += 1;
          for (const [index, field] of fields.entries()) {
            const value = field(row[index] ?? null);
            if (value !== '') lines += line(String(number), section.columns[index]?.title ?? '', value);
          }
        }
        yield lines;
      }
    }
  }
}

/**
 * CSV after RFC 4180 in UTF-8 with a byte order mark: the main table, or every section in long form where a report has
 * none. What has no place in it (the report's head, the other sections, the sums) goes into a companion beside it.
 */
export const writeCsv = (report: OpenReport): WrittenReport => {
  const others: Section[] = [];
  async function* chunks(): AsyncGenerator<string | Uint8Array> {
    const { labels } = report.words;
    if (report.mainTable === null) {
      yield headLine([labels.section, labels.entry, labels.field, labels.value]);
      for (const section of report.sections) yield* longLines(section, report);
      return;
    }
    for (const section of report.sections) {
      if (section.type === 'table' && section.id === report.mainTable) yield* rowLines(section, report);
      else others.push(section.type === 'table' ? await keepRows(section) : section);
    }
  }
  return { chunks: chunks(), companion: () => describeSections(report, others) };
};

/** Tables beside the main one are small: their rows are kept for the companion. */
const keepRows = async (table: TableSection): Promise<TableSection> => {
  const lots: Cell[][][] = [];
  for await (const lot of table.rows) lots.push(lot);
  return { ...table, rows: again(lots) };
};

async function* again(lots: Cell[][][]): AsyncGenerator<Cell[][]> {
  yield* lots;
}
