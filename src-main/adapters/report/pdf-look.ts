import type { Content } from 'pdfmake';
import type { OpenReport } from '../../core/report/open-report.ts';
import type { Tone } from '../../core/report/report.ts';

/** Text as the fonts of the document can show it. */
export type PdfText = (text: string) => string;

/** One of the columns that stand side by side, and a stretch of text; the package names neither. */
export type PdfColumn = Extract<Content, { columns: unknown }>['columns'][number];
export type PdfRun = Extract<Content, { text: unknown }>;

/** What every part of a document is made with. */
export interface PdfContext {
  report: OpenReport;
  shown: PdfText;
  /** Everything has to fit on one page. */
  isDense: boolean;
  /** Points that a chart is wide at most. */
  chartWidth: number;
}

/** Colours of texts; each has a contrast of at least 4.5 on paper. */
export const inks: Record<Tone, string> = {
  bad: '#b3261e',
  warning: '#8a5a00',
  good: '#1a6b34',
  neutral: '#1b1f24',
  faint: '#57606a',
};
/** Colours of bars, as in the page of HTML on paper. */
export const bars: Record<Tone, string> = {
  bad: '#a3211b',
  warning: '#b8770a',
  neutral: '#5b6672',
  good: '#7f9fc0',
  faint: '#e3e7eb',
};
export const barEdge = '#8b95a0';
export const faint = '#57606a';
export const line = '#d8dee4';
export const firm = '#afb8c1';

/** Texts at the foot of every page are no content of it. */
export const footStyle = 'foot';

/**
 * A title with what belongs to it. The level is the number of its nodes: when no more follow on the page, it would
 * stand there alone.
 */
export const heading = (text: string, { shown, isDense }: PdfContext, under: readonly Content[] = []): Content => ({
  stack: [
    {
      text: shown(text),
      fontSize: isDense ? 9.5 : 11,
      bold: true,
      margin: isDense ? [0, 6, 0, 2] : [0, 12, 0, 4],
    },
    ...under,
  ],
  headlineLevel: 1 + under.length,
});
