import type { ReportTableSize } from '../../contract/models/report.ts';
import type { Cell, Report, ReportLook, ReportMeta, Section, TableSection } from './report.ts';
import type { ReportWords } from './words/report-words.ts';
import type { ValueFormat } from './format-values.ts';

/** What is done with the data on their way to a writer; given from outside, since core knows no crypto and no threads. */
export interface ReportPassage {
  /** Takes the canonical lines (docs/report.md) in their order. */
  hash: { update(lines: string): void; digest(): string };
  /** Lets other work in between; throws `cancelled`. */
  breathe(): Promise<void>;
  /** Rows that were handed to the writer so far, of how many. */
  progress(rows: number, total: number | null): void;
}

/** What a report turned out to be, once its last row was written. */
export interface ReportEnd {
  dataSha256: string;
  tables: ReportTableSize[];
}

/**
 * A report as a writer gets it. Sections are read in their order, each table's rows once and to the end; then `end`
 * says what was written and the sum over it.
 */
export interface OpenReport {
  meta: ReportMeta;
  look: ReportLook;
  words: ReportWords;
  format: ValueFormat;
  sections: Section[];
  mainTable: string | null;
  /** Sizes of the tables read so far: of each table when its rows have ended. */
  sizeOf(table: string): ReportTableSize;
  end(): ReportEnd;
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** What of a section is data, as one line; rows of tables follow theirs. */
const headLine = (section: Section): string => {
  switch (section.type) {
    case 'text':
      return line([
        'text',
        section.id,
        section.paragraphs.map(({ text }) => text),
        (section.steps ?? []).map(({ text }) => text),
      ]);
    case 'figures':
      return line(['figures', section.id, section.figures.map(({ id, value }) => [id, value])]);
    case 'chart':
      return line([
        'chart',
        section.id,
        section.categories,
        section.covered,
        section.series.map(({ id, values }) => [id, values]),
      ]);
    case 'table':
      return line(['table', section.id, section.columns.map(({ id }) => id)]);
  }
};

async function* tapRows(
  table: TableSection,
  passage: ReportPassage,
  done: (size: ReportTableSize) => void,
): AsyncGenerator<Cell[][]> {
  passage.hash.update(headLine(table));
  let rows = 0;
  let cut = false;
  for await (const lot of table.rows) {
    await passage.breathe();
    const room = table.limit - rows;
    const shown = lot.length > room ? lot.slice(0, room) : lot;
    cut = lot.length > room;
    rows += shown.length;
    if (shown.length > 0) {
      // Row by row: the text of a whole lot would outlive the collection of short-lived memory.
      for (const row of shown) passage.hash.update(line(row));
      yield shown;
    }
    passage.progress(rows, table.total === null ? null : Math.min(table.total, table.limit));
    if (cut) break;
  }
  await passage.breathe();
  const total = cut ? table.total : rows;
  passage.hash.update(line(['end', table.id, rows, total, cut]));
  done({ table: table.id, rows, total, cut });
}

/** Opens a report for a writer: limits its tables, and takes the sum over everything that is handed out. */
export const openReport = (
  report: Report,
  options: { look: ReportLook; words: ReportWords; format: ValueFormat; passage: ReportPassage },
): OpenReport => {
  const sizes = new Map<string, ReportTableSize>();
  const { passage, look, words, format } = options;
  // Sections that hold no rows are data as well: hashed before the rows, in their order.
  for (const section of report.sections) if (section.type !== 'table') passage.hash.update(headLine(section));
  const sections = report.sections.map((section): Section =>
    section.type === 'table'
      ? { ...section, rows: tapRows(section, passage, (size) => sizes.set(section.id, size)) }
      : section,
  );
  const sizeOf = (table: string): ReportTableSize => {
    const size = sizes.get(table);
    if (!size) throw new Error(`The rows of "${table}" were not read to their end.`);
    return size;
  };
  return {
    meta: report.meta,
    look,
    words,
    format,
    sections,
    mainTable: report.mainTable,
    sizeOf,
    end: () => ({
      tables: report.sections.flatMap((section) => (section.type === 'table' ? [sizeOf(section.id)] : [])),
      dataSha256: passage.hash.digest(),
    }),
  };
};
