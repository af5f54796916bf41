import { cellsOf, columnsOf, type ColumnRule } from './column-rules.ts';
import type { Cell, Column, TableSection, TextSection } from './report.ts';
import type { ReportWords } from './words/report-words.ts';

async function* rowsOf<T>(rules: readonly ColumnRule<T>[], lots: AsyncIterable<T[]>): AsyncGenerator<Cell[][]> {
  for await (const lot of lots) yield cellsOf(rules, lot);
}

/** A table whose rows are made of items as they come. */
export const tableOf = <T>(
  table: Omit<TableSection, 'type' | 'columns' | 'rows'> & {
    rules: readonly ColumnRule<T>[];
    lots: AsyncIterable<T[]>;
  },
  words: ReportWords,
): TableSection => {
  const { rules, lots, ...rest } = table;
  return { type: 'table', ...rest, columns: columnsOf(rules, words), rows: rowsOf(rules, lots) };
};

async function* oneLot(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  if (rows.length > 0) yield rows;
}

/** A small table whose rows are known; it is not cut, unless the kind itself shows only the first ones. */
export const smallTable = (
  table: Pick<TableSection, 'id' | 'title' | 'empty' | 'note'> & { columns: Column[]; rows: Cell[][]; limit?: number },
): TableSection => ({
  type: 'table',
  limit: Infinity,
  ...table,
  rows: oneLot(table.rows),
  total: table.rows.length,
});

/** A section of sentences that tell nothing about anybody. */
export const plainText = (
  id: string,
  title: string,
  sentences: readonly string[],
  emphasis?: TextSection['emphasis'],
): TextSection => ({
  type: 'text',
  id,
  title,
  paragraphs: sentences.map((text) => ({ text, sensitivity: 'open' })),
  ...(emphasis === undefined ? {} : { emphasis }),
});
