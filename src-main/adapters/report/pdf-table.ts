import type { Content } from 'pdfmake';
import { cutAhead, describeSize, shortTable } from '../../core/report/meta-lines.ts';
import type { Cell, Column, TableSection } from '../../core/report/report.ts';
import { faint, firm, heading, inks, line, type PdfColumn, type PdfContext, type PdfRun } from './pdf-look.ts';

/** A cell of this many characters would fill pages; the rest is in the other formats. */
const longestCell = 5_000;
/** Below a row, texts above this stand on lines of their own. */
const longText = 90;
/** Points between columns. */
const gap = 7;
/** Points that an item may be high by our reckoning and is still kept in one piece: two thirds of a page across. */
const unbrokenHeight = 340;

interface PlacedColumn {
  column: Column;
  index: number;
  /** Share of the width. */
  share: number;
}

interface Item {
  content: Content;
  /** Taller than a page can be counted on to hold, so that it has to be broken. */
  isTall: boolean;
}

/** How high a text stands in a column, reckoned: of capitals alone it would be half as high again, and still fit. */
const heightOf = (text: string, width: number, fontSize: number): number => {
  const perLine = Math.max(1, Math.floor(width / (fontSize * 0.62)));
  let lines = 0;
  for (const part of text.split('\n')) lines += Math.max(1, Math.ceil(part.length / perLine));
  return lines * fontSize * 1.35;
};

const cellText = (row: readonly Cell[], { column, index }: PlacedColumn, { report, shown }: PdfContext): string => {
  const text = report.format.cell(row[index] ?? null, column.type);
  return shown(text.length > longestCell ? `${text.slice(0, longestCell)} [...]` : text);
};

/** What stands below a row: short values one after the other, long ones each on lines of their own. */
const detailsOf = (
  row: readonly Cell[],
  below: readonly PlacedColumn[],
  context: PdfContext,
  width: number,
): { stack: Content[]; height: number } => {
  const fontSize = 7;
  const short: PdfRun[] = [];
  const long: Content[] = [];
  let shortText = '';
  let height = 0;
  for (const placed of below) {
    const text = cellText(row, placed, context);
    if (text === '') continue;
    const label: PdfRun = { text: `${context.shown(placed.column.title)}: `, color: faint };
    if (text.length > longText || text.includes('\n')) {
      // Its lines stand below each other, and beside nothing.
      long.push({ text: [label, text.includes('\n') ? `\n${text}` : text], fontSize, margin: [8, 1, 0, 0] });
      height += heightOf(`${label.text as string}${text.includes('\n') ? '\n' : ''}${text}`, width - 8, fontSize);
    } else {
      short.push(label, { text: `${text}    ` });
      shortText += `${label.text as string}${text}    `;
    }
  }
  if (short.length > 0) height += heightOf(shortText, width, fontSize);
  return {
    stack: [...(short.length > 0 ? [{ text: short, fontSize, margin: [0, 1, 0, 0] } as Content] : []), ...long],
    height,
  };
};

const sideBySide = (
  columns: readonly PlacedColumn[],
  textOf: (placed: PlacedColumn) => string,
  look: { bold?: boolean; color?: string; fontSize?: number } = {},
): Content => ({
  columns: columns.map((placed): PdfColumn => ({
    text: textOf(placed),
    width: `${(100 * placed.share).toFixed(2)}%`,
    ...(placed.column.type === 'number' ? { alignment: 'right', margin: [0, 0, 8, 0] } : {}),
    ...look,
  })),
  columnGap: gap,
});

const readItems = async (
  table: TableSection,
  context: PdfContext,
  parts: { beside: readonly PlacedColumn[]; below: readonly PlacedColumn[]; width: number },
): Promise<Item[]> => {
  const { beside, below, width } = parts;
  const fontSize = context.isDense ? 7.5 : 8.5;
  const items: Item[] = [];
  for await (const lot of table.rows) {
    for (const row of lot) {
      const texts = new Map(beside.map((placed) => [placed, cellText(row, placed, context)]));
      const details = detailsOf(row, below, context, width);
      const highest = Math.max(
        ...beside.map((placed) => heightOf(texts.get(placed) ?? '', placed.share * width - gap, fontSize)),
      );
      const cells = sideBySide(beside, (placed) => texts.get(placed) ?? '');
      items.push({
        content: details.stack.length === 0 ? cells : { stack: [cells, ...details.stack] },
        isTall: highest + details.height > unbrokenHeight,
      });
    }
  }
  return items;
};

/** Stretches of items that are kept in one piece each, and of those that cannot be. */
const stretchesOf = (items: readonly Item[]): { isTall: boolean; contents: Content[] }[] => {
  const stretches: { isTall: boolean; contents: Content[] }[] = [];
  for (const { content, isTall } of items) {
    const last = stretches.at(-1);
    if (last?.isTall === isTall) last.contents.push(content);
    else stretches.push({ isTall, contents: [content] });
  }
  return stretches;
};

/**
 * A table with its title. A row and what stands below it are one cell of a table of one column, whose head is repeated
 * on every page: only so a page's end never parts them. Reads the table's rows.
 *
 * @param width points between the margins
 */
export const pdfTable = async (table: TableSection, context: PdfContext, width: number): Promise<Content[]> => {
  const { report, shown, isDense } = context;
  const { words, format } = report;
  const isBeside = ({ detail }: Column): boolean => detail !== true;
  const sum = table.columns.reduce((all, column) => all + (isBeside(column) ? (column.weight ?? 1) : 0), 0);
  const placed = table.columns.map((column, index) => ({ column, index, share: (column.weight ?? 1) / sum }));
  const beside = placed.filter(({ column }) => isBeside(column));
  const below = placed.filter(({ column }) => !isBeside(column));
  const items = await readItems(table, context, { beside, below, width });
  if (items.length === 0) return [heading(table.title, context), { text: shown(table.empty) }];
  const size = report.sizeOf(table.id);
  const ahead = cutAhead(table, words, format);
  const small = isDense ? 6.5 : 7.5;
  const under: Content[] = [
    ...(ahead === null ? [] : [{ text: shown(ahead), color: inks.warning, fontSize: 7.5 }]),
    ...(table.note === undefined ? [] : [{ text: shown(table.note), color: faint, fontSize: small }]),
  ];
  const padding = isDense ? 1 : 2.5;
  const tables = stretchesOf(items).map(({ isTall, contents }): Content => ({
    table: {
      headerRows: 1,
      keepWithHeaderRows: isTall ? 0 : 1,
      dontBreakRows: !isTall,
      widths: ['100%'],
      body: [
        [sideBySide(beside, ({ column }) => shown(column.title), { bold: true, color: faint, fontSize: 7.5 })],
        ...contents.map((content) => [content]),
      ],
    },
    layout: {
      hLineWidth: (index: number) => (index === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: (index: number) => (index === 1 ? firm : line),
      paddingLeft: () => 0,
      paddingRight: () => 0,
      paddingTop: () => padding,
      paddingBottom: () => padding,
    },
  }));
  const isEndTold = !isDense && (ahead === null || size.rows > shortTable);
  const end: Content = {
    text: shown(describeSize(size, words, format)),
    fontSize: 7.5,
    color: size.cut ? inks.warning : faint,
    margin: [0, 3, 0, 0],
  };
  return [heading(table.title, context, under), ...tables, ...(isEndTold ? [end] : [])];
};
