import type { Content, TableCell } from 'pdfmake';
import { chartSvg, type ChartPaint } from '../../core/report/chart-svg.ts';
import { cutAhead, describeSize, metaLines } from '../../core/report/meta-lines.ts';
import type { OpenReport } from '../../core/report/open-report.ts';
import type { Column, FiguresSection, Section, TableSection, TextSection, Tone } from '../../core/report/report.ts';

/** Text as the fonts of the document can show it. */
export type PdfText = (text: string) => string;

interface Context {
  report: OpenReport;
  shown: PdfText;
  /** Everything has to fit on one page. */
  isDense: boolean;
}

const inks: Record<Tone, string> = {
  bad: '#b3261e',
  warning: '#8a5a00',
  good: '#1a6b34',
  neutral: '#1b1f24',
  faint: '#57606a',
};
const bars: Record<Tone, string> = {
  bad: '#c4322b',
  warning: '#c98a1b',
  neutral: '#6f7a86',
  good: '#8fa9c4',
  faint: '#d5dae0',
};
const faint = '#57606a';
const line = '#d8dee4';
const firm = '#afb8c1';

const paint: ChartPaint = {
  bar: (tone) => `fill="${bars[tone]}"`,
  line: `stroke="${line}"`,
  text: `fill="${faint}" font-family="Roboto"`,
  unknown: 'fill="#f2f4f6"',
};

/** Points of a page's width between its margins. */
const contentWidth = { portrait: 523, landscape: 770 } as const;
export type Orientation = keyof typeof contentWidth;

/** A cell of this many characters would fill pages; the rest is in the other formats. */
const longestCell = 5_000;
/** More figures than a glance takes in are a list. */
const manyFigures = 8;
/** A row with longer texts may be broken by a page's end: it could be taller than a page. */
const unbrokenRow = 1200;

const heading = (text: string, { shown, isDense }: Context): Content => ({
  text: shown(text),
  fontSize: isDense ? 9.5 : 11,
  bold: true,
  margin: isDense ? [0, 8, 0, 2] : [0, 12, 0, 4],
  headlineLevel: 1,
});

const textContent = ({ paragraphs, steps, emphasis }: TextSection, { shown, isDense }: Context): Content[] => [
  ...paragraphs.map(({ text }): Content => ({
    text: shown(text),
    margin: [0, 0, 0, 3],
    ...(emphasis === 'lead' ? { fontSize: isDense ? 9.5 : 11 } : {}),
    ...(emphasis === 'warning' ? { color: inks.warning } : {}),
  })),
  ...(steps?.length ? [{ ol: steps.map(({ text }) => shown(text)), margin: [0, 2, 0, 2] } as Content] : []),
];

const chunk = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

const figuresContent = ({ figures }: FiguresSection, { report, shown, isDense }: Context): Content => {
  const figuresInRow = isDense ? 8 : 4;
  const filled = figures.filter(({ value }) => value !== null);
  const isList = filled.length > manyFigures;
  const cells = filled.map(({ label, value, type, tone }): TableCell => ({
    stack: [
      { text: shown(label), color: faint, fontSize: isDense ? 6.5 : 7.5 },
      {
        text: shown(report.format.cell(value, type)),
        fontSize: isList ? 8.5 : type === 'number' ? 13 : isDense ? 9 : 10.5,
        bold: !isList,
        ...(tone === undefined ? {} : { color: inks[tone] }),
      },
    ],
    margin: [0, 2, 8, 4],
  }));
  const rows = chunk(cells, figuresInRow).map((row): TableCell[] => [
    ...row,
    ...Array.from({ length: figuresInRow - row.length }, (): TableCell => ''),
  ]);
  return {
    table: { widths: Array.from({ length: figuresInRow }, () => '*'), body: rows, dontBreakRows: true },
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0, hLineColor: () => line, paddingLeft: () => 0 },
  };
};

const cellText = (row: readonly unknown[], index: number, column: Column, { report, shown }: Context): string => {
  const text = report.format.cell((row[index] ?? null) as Parameters<typeof report.format.cell>[0], column.type);
  return shown(text.length > longestCell ? `${text.slice(0, longestCell)} [...]` : text);
};

/** A table's rows, two for each where details stand below. */
const tableContent = async (table: TableSection, context: Context): Promise<Content[]> => {
  const { report, shown, isDense } = context;
  const { words, format } = report;
  const indexed = table.columns.map((column, index) => ({ column, index }));
  const beside = indexed.filter(({ column }) => column.detail !== true);
  const below = indexed.filter(({ column }) => column.detail === true);
  const body: TableCell[][] = [];
  const firstOfRow: boolean[] = [true];
  let longest = 0;
  for await (const lot of table.rows) {
    for (const row of lot) {
      body.push(
        beside.map(({ column, index }): TableCell => ({
          text: cellText(row, index, column, context),
          ...(column.type === 'number' ? { alignment: 'right' } : {}),
        })),
      );
      firstOfRow.push(true);
      longest = row.reduce<number>((most, cell) => Math.max(most, typeof cell === 'string' ? cell.length : 0), longest);
      const more = below.flatMap(({ column, index }) => {
        const text = cellText(row, index, column, context);
        return text === '' ? [] : [{ text: `${shown(column.title)}: `, color: faint }, { text: `${text}   ` }];
      });
      if (more.length === 0) continue;
      body.push([{ text: more, colSpan: beside.length, fontSize: 6.5 }, ...beside.slice(1).map((): TableCell => '')]);
      firstOfRow.push(false);
    }
  }
  if (body.length === 0) return [{ text: shown(table.empty) }];
  const size = report.sizeOf(table.id);
  const ahead = cutAhead(table, words, format);
  const head = beside.map(({ column }): TableCell => ({
    text: shown(column.title),
    bold: true,
    color: faint,
    fontSize: 7.5,
    ...(column.type === 'number' ? { alignment: 'right' } : {}),
  }));
  const sum = beside.reduce((all, { column }) => all + (column.weight ?? 1), 0);
  return [
    ...(ahead === null ? [] : [{ text: shown(ahead), color: inks.warning, fontSize: 7.5 } as Content]),
    ...(table.note === undefined
      ? []
      : [{ text: shown(table.note), color: faint, fontSize: isDense ? 6.5 : 7.5 } as Content]),
    {
      table: {
        headerRows: 1,
        keepWithHeaderRows: 1,
        dontBreakRows: longest <= unbrokenRow,
        widths: beside.map(({ column }) => `${((100 * (column.weight ?? 1)) / sum).toFixed(2)}%`),
        body: [head, ...body],
      },
      layout: {
        hLineWidth: (index: number) => (index === 0 ? 0 : index === 1 || firstOfRow[index] === true ? 0.5 : 0),
        vLineWidth: () => 0,
        hLineColor: (index: number) => (index === 1 ? firm : line),
        paddingLeft: () => 0,
        paddingRight: () => 6,
        paddingTop: () => (isDense ? 1 : 2.5),
        paddingBottom: () => (isDense ? 1 : 2.5),
      },
    },
    ...(ahead === null && !isDense
      ? [
          {
            text: shown(describeSize(size, words, format)),
            fontSize: 7.5,
            color: size.cut ? inks.warning : faint,
            margin: [0, 3, 0, 0],
          } as Content,
        ]
      : []),
  ];
};

const sectionContent = async (section: Section, context: Context, width: number): Promise<Content[]> => {
  const { report, shown } = context;
  const title = heading(section.title, context);
  switch (section.type) {
    case 'text':
      return [title, ...textContent(section, context)];
    case 'figures':
      return [title, figuresContent(section, context)];
    case 'chart': {
      const legend = section.series.flatMap(({ title: name, tone, values }) => [
        { text: '\u25a0 ', color: bars[tone] },
        {
          text: `${shown(name)} ${report.format.number(values.reduce((all, value) => all + value, 0))}    `,
          color: faint,
        },
      ]);
      return [
        {
          stack: [
            title,
            { svg: chartSvg(section, paint, report.format), width: context.isDense ? 360 : Math.min(width, 620) },
            { text: legend, fontSize: 7.5, margin: [0, 3, 0, 0] },
            { text: shown(section.summary), fontSize: 7.5, color: faint },
          ],
          unbreakable: true,
        },
      ];
    }
    case 'table':
      return [title, ...(await tableContent(section, context))];
  }
};

const metaContent = ({ report, shown, isDense }: Context): Content => {
  const pairs = metaLines(report.meta, report.words, report.format).map(({ label, text }): TableCell[] => [
    { text: shown(label), color: faint },
    { text: shown(text) },
  ]);
  const half = Math.ceil(pairs.length / 2);
  const body = Array.from({ length: half }, (_, index): TableCell[] => [
    ...(pairs[index] ?? ['', '']),
    ...(pairs[half + index] ?? ['', '']),
  ]);
  return {
    table: { widths: ['auto', '*', 'auto', '*'], body },
    layout: {
      hLineWidth: (index: number) => (index === 0 || index === half ? 0.5 : 0),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: () => 0,
      paddingTop: () => (isDense ? 0.5 : 1.5),
      paddingBottom: () => (isDense ? 0.5 : 1.5),
    },
    fontSize: isDense ? 7 : 7.5,
    margin: [0, isDense ? 5 : 8, 0, 0],
  };
};

const sourceCells = (
  { source, status, items, lastCompleteAt, failure }: OpenReport['meta']['sources'][number],
  { report: { words, format }, shown }: Context,
): Record<'name' | 'state' | 'items' | 'last' | 'trouble', TableCell> => ({
  name: shown(words.sources[source]),
  state: { text: shown(words.sourceStatuses[status]), ...(status === 'complete' ? {} : { color: inks.warning }) },
  items: shown(format.number(items)),
  last: shown(lastCompleteAt === null ? words.never : format.moment(lastCompleteAt)),
  trouble: shown(failure?.message ?? ''),
});

/** Two sources a line for a report of one page, whose troubles are told above; else a table with everything. */
const sourcesContent = (context: Context): Content[] => {
  const { report, shown } = context;
  const { meta, words } = report;
  const { columns } = words;
  const title = heading(words.sections.sources, context);
  if (meta.sources.length === 0) return [title, { text: shown(words.sentences.neverCollected) }];
  const isCompact = context.isDense;
  const cells = meta.sources.map((source) => sourceCells(source, context));
  const titles = [columns.source, columns.status, columns.items, columns.lastCompleteAt, columns.trouble];
  const short = [columns.source, columns.status, columns.lastCompleteAt];
  const head = (isCompact ? [...short, ...short] : titles).map((text): TableCell => ({
    text: shown(text),
    bold: true,
    color: faint,
  }));
  const rows = isCompact
    ? chunk(cells, 2).map((pair) =>
        [0, 1].flatMap((index): TableCell[] => {
          const one = pair[index];
          return one ? [one.name, one.state, one.last] : ['', '', ''];
        }),
      )
    : cells.map(({ name, state, items, last, trouble }): TableCell[] => [name, state, items, last, trouble]);
  return [
    title,
    {
      table: {
        headerRows: 1,
        widths: isCompact ? ['*', 'auto', 'auto', '*', 'auto', 'auto'] : ['auto', 'auto', 'auto', 'auto', '*'],
        body: [head, ...rows],
      },
      layout: {
        hLineWidth: (index: number) => (index === 0 ? 0 : 0.5),
        vLineWidth: () => 0,
        hLineColor: () => line,
        paddingLeft: () => 0,
        paddingRight: () => 14,
        paddingTop: () => (isCompact ? 0.5 : 1.5),
        paddingBottom: () => (isCompact ? 0.5 : 1.5),
      },
      fontSize: isCompact ? 7 : 7.5,
    },
  ];
};

const titleContent = ({ report, shown }: Context): Content => {
  const { meta, look, words } = report;
  const kind = words.kinds[meta.kind];
  const stack: Content[] = [
    { text: shown(meta.title), fontSize: 18, bold: true },
    { text: shown(meta.title === kind.title ? kind.description : `${kind.title}. ${kind.description}`), color: faint },
  ];
  if (look.logo === null) return { stack };
  const image = `data:${look.logo.mime};base64,${Buffer.from(look.logo.bytes).toString('base64')}`;
  return {
    table: { widths: ['*', 'auto'], body: [[{ stack }, { image, fit: [160, 44], alignment: 'right' }]] },
    layout: 'noBorders',
  };
};

/** Everything that stands on the pages. Reads every table. */
export const pdfContent = async (
  report: OpenReport,
  options: { shown: PdfText; orientation: Orientation },
): Promise<Content[]> => {
  const context: Context = { report, shown: options.shown, isDense: report.meta.kind === 'health' };
  const { shown } = context;
  const { words, meta } = report;
  const width = contentWidth[options.orientation];
  const content: Content[] = [
    { canvas: [{ type: 'rect', x: 0, y: 0, w: width, h: 3, color: report.look.accent }], margin: [0, 0, 0, 10] },
    titleContent(context),
    metaContent(context),
  ];
  for (const section of report.sections) content.push(...(await sectionContent(section, context, width)));
  content.push(...sourcesContent(context), {
    stack: [
      { text: shown(meta.redaction.on ? words.sentences.redactedCare : words.sentences.care) },
      { text: shown(words.sentences.integrity) },
      { text: `${shown(words.labels.dataSha256)}: ${report.end().dataSha256}` },
    ],
    fontSize: context.isDense ? 6.5 : 7.5,
    color: faint,
    margin: [0, context.isDense ? 6 : 12, 0, 0],
    unbreakable: true,
  });
  return content;
};
