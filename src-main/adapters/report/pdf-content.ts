import type { Content, TableCell } from 'pdfmake';
import { chartKey, chartSvg, type ChartPaint } from '../../core/report/chart-svg.ts';
import { metaLines } from '../../core/report/meta-lines.ts';
import type { OpenReport } from '../../core/report/open-report.ts';
import { isOnePage } from '../../core/report/row-limits.ts';
import type { FiguresSection, Section, TextSection } from '../../core/report/report.ts';
import {
  bars,
  barEdge,
  faint,
  heading,
  inks,
  line,
  type PdfColumn,
  type PdfContext,
  type PdfText,
} from './pdf-look.ts';
import { pdfTable } from './pdf-table.ts';

const paintOf = (isDense: boolean): ChartPaint => ({
  bar: (tone) => `fill="${bars[tone]}"${tone === 'faint' ? ` stroke="${barEdge}" stroke-width="0.6"` : ''}`,
  line: `stroke="${line}"`,
  text: `fill="${faint}" font-family="Roboto"`,
  unknown: 'fill="#f4f6f8"',
  mark: 'stroke="#ffffff"',
  // Drawn smaller where the page is close, and still read.
  fontSize: isDense ? 13 : 10,
});

/** Points of a page's width between its margins. */
const contentWidth = { portrait: 523, landscape: 770 } as const;
export type Orientation = keyof typeof contentWidth;

/** More figures than a glance takes in are a list. */
const manyFigures = 8;

const textContent = ({ paragraphs, steps, emphasis }: TextSection, { shown, isDense }: PdfContext): Content[] => [
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

const figuresContent = ({ figures }: FiguresSection, { report, shown, isDense }: PdfContext): Content => {
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
    table: {
      widths: Array.from({ length: figuresInRow }, () => `${(100 / figuresInRow).toFixed(2)}%`),
      body: rows,
      dontBreakRows: true,
    },
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0, hLineColor: () => line, paddingLeft: () => 0 },
  };
};

const sectionContent = async (section: Section, context: PdfContext, width: number): Promise<Content[]> => {
  const { report, shown } = context;
  const title = heading(section.title, context);
  const { isDense } = context;
  switch (section.type) {
    case 'text':
      return [title, ...textContent(section, context)];
    case 'figures':
      return [title, figuresContent(section, context)];
    case 'chart': {
      const paint = paintOf(isDense);
      const legend = section.series.flatMap(({ title: name, tone, values }): PdfColumn[] => [
        { svg: chartKey(section.id, tone, paint), width: 7 },
        {
          text: `${shown(name)} ${report.format.number(values.reduce((all, value) => all + value, 0))}`,
          color: faint,
          width: 'auto',
          margin: [0, 0, 10, 0],
        },
      ]);
      return [
        {
          stack: [
            title,
            { svg: chartSvg(section, paint, report.format), width: Math.min(width, context.chartWidth) },
            { columns: legend, columnGap: 4, fontSize: 7.5, margin: [0, 4, 0, 2] },
            { text: shown(section.summary), fontSize: 7.5, color: faint },
          ],
          unbreakable: true,
        },
      ];
    }
    case 'table':
      return pdfTable(section, context, width);
  }
};

const metaContent = ({ report, shown, isDense }: PdfContext): Content => {
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
    table: { widths: ['13%', '37%', '13%', '37%'], body },
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
  { report: { words, format }, shown }: PdfContext,
): Record<'name' | 'state' | 'items' | 'last' | 'trouble', TableCell> => ({
  name: shown(words.sources[source]),
  state: { text: shown(words.sourceStatuses[status]), ...(status === 'complete' ? {} : { color: inks.warning }) },
  items: shown(format.number(items)),
  last: shown(lastCompleteAt === null ? words.never : format.moment(lastCompleteAt)),
  trouble: shown(failure?.message ?? ''),
});

/** Two sources a line for a report of one page, whose troubles are told above; else a table with everything. */
const sourcesContent = (context: PdfContext): Content[] => {
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
        widths: isCompact ? ['24%', '11%', '15%', '24%', '11%', '15%'] : ['22%', '12%', '12%', '18%', '36%'],
        body: [head, ...rows],
      },
      layout: {
        hLineWidth: (index: number) => (index === 0 ? 0 : 0.5),
        vLineWidth: () => 0,
        hLineColor: () => line,
        paddingLeft: () => 0,
        paddingRight: () => (isCompact ? 6 : 14),
        paddingTop: () => (isCompact ? 0.5 : 1.5),
        paddingBottom: () => (isCompact ? 0.5 : 1.5),
      },
      fontSize: isCompact ? 7 : 7.5,
    },
  ];
};

/** The logo has its place beside the title, whatever both are like. */
const titleContent = ({ report, shown }: PdfContext, width: number): Content => {
  const { meta, look, words } = report;
  const kind = words.kinds[meta.kind];
  const stack: Content[] = [
    { text: shown(meta.title), fontSize: 18, bold: true },
    { text: shown(meta.title === kind.title ? kind.description : `${kind.title}. ${kind.description}`), color: faint },
  ];
  if (look.logo === null) return { stack };
  const image = `data:${look.logo.mime};base64,${Buffer.from(look.logo.bytes).toString('base64')}`;
  return {
    table: { widths: [width - 180, 164], body: [[{ stack }, { image, fit: [160, 44], alignment: 'right' }]] },
    layout: 'noBorders',
  };
};

/** Everything that stands on the pages. Reads every table. */
export const pdfContent = async (
  report: OpenReport,
  options: { shown: PdfText; orientation: Orientation; chartWidth: number },
): Promise<Content[]> => {
  const context: PdfContext = {
    report,
    shown: options.shown,
    isDense: isOnePage(report.meta),
    chartWidth: options.chartWidth,
  };
  const { shown } = context;
  const { words, meta } = report;
  const width = contentWidth[options.orientation];
  const content: Content[] = [
    {
      canvas: [
        { type: 'rect', x: 0, y: 0, w: width, h: 3, color: report.look.accent, lineColor: line, lineWidth: 0.5 },
      ],
      margin: [0, 0, 0, 10],
    },
    titleContent(context, width),
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
