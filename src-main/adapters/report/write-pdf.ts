import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create as createFont } from 'fontkit';
import pdfmake from 'pdfmake';
import type { OpenReport } from '../../core/report/open-report.ts';
import type { Cell, Section } from '../../core/report/report.ts';
import { namedCharacter, visibleText } from '../../core/report/visible-text.ts';
import type { WrittenReport } from '../../services/ports.ts';
import { isOnePage } from '../../core/report/row-limits.ts';
import { pdfContent, type Orientation } from './pdf-content.ts';
import { footStyle, type PdfText } from './pdf-look.ts';

const require = createRequire(import.meta.url);
const family = 'Roboto';
const margins: [number, number, number, number] = [36, 28, 36, 34];
const closeMargins: typeof margins = [36, 22, 36, 30];

/** Longer titles would meet the number of the page. */
const longestFoot = 110;
/** Points; what a chart on the one page may be wide, the best first. */
const chartWidths = [400, 330, 250, 180];

/** The fonts lie in their package, also when the application was packed. */
const fontFiles = (): Record<'normal' | 'bold' | 'italics' | 'bolditalics', string> => {
  const folder = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', family);
  return {
    normal: join(folder, 'Roboto-Regular.ttf'),
    bold: join(folder, 'Roboto-Medium.ttf'),
    italics: join(folder, 'Roboto-Italic.ttf'),
    bolditalics: join(folder, 'Roboto-MediumItalic.ttf'),
  };
};

/** Characters that the font lacks are named by their code points: an empty box would tell nothing. */
const createPdfText = (fontFile: string): PdfText => {
  const font = createFont(readFileSync(fontFile));
  const known = new Map<string, boolean>();
  const has = (character: string): boolean => {
    let answer = known.get(character);
    if (answer === undefined) {
      answer = 'hasGlyphForCodePoint' in font && font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
      known.set(character, answer);
    }
    return answer;
  };
  const simple = /^[\n\r\t\u0020-\u007e\u00a0-\u017f]*$/;
  return (text) => {
    if (simple.test(text)) return text;
    let result = '';
    for (const character of visibleText(text)) {
      const isBlank = character === '\n' || character === '\r' || character === '\t';
      result += isBlank || has(character) ? character : namedCharacter(character);
    }
    return result;
  };
};

/** A page for managers stands upright; tables need the width. */
const orientationOf = (report: OpenReport): Orientation => (isOnePage(report.meta) ? 'portrait' : 'landscape');

/** A report whose tables can be read as often as needed: for one of so few rows that they may be held. */
const holdRows = async (report: OpenReport): Promise<OpenReport> => {
  const sections: Section[] = [];
  // One after the other: the sum is over the rows in the order of the tables.
  for (const section of report.sections) {
    if (section.type !== 'table') sections.push(section);
    else {
      const lots: Cell[][][] = [];
      for await (const lot of section.rows) lots.push(lot);
      const replay = async function* (): AsyncGenerator<Cell[][]> {
        yield* lots;
      };
      sections.push({ ...section, rows: { [Symbol.asyncIterator]: replay } });
    }
  }
  return { ...report, sections };
};

/** Lays out all pages. */
const layOut = async (
  report: OpenReport,
  options: { shown: PdfText; chartWidth: number },
): Promise<{ bytes: Uint8Array; pageCount: number }> => {
  const { shown } = options;
  const { meta, words } = report;
  const orientation = orientationOf(report);
  const content = await pdfContent(report, { ...options, orientation });
  const title = shown(`${meta.title}: ${meta.connection.name}`);
  let pageCount = 0;
  const document = pdfmake.createPdf({
    pageSize: 'A4',
    pageOrientation: orientation,
    pageMargins: isOnePage(meta) ? closeMargins : margins,
    defaultStyle: {
      font: family,
      fontSize: isOnePage(meta) ? 7.5 : 8.5,
      color: '#1b1f24',
      lineHeight: isOnePage(meta) ? 1.08 : 1.15,
    },
    info: { title, creator: meta.application.name, creationDate: new Date(meta.createdAt) },
    content,
    footer: (page, count) => {
      pageCount = count;
      return {
        columns: [
          {
            text: title.length > longestFoot ? `${title.slice(0, longestFoot)} ...` : title,
            width: '*',
            style: footStyle,
          },
          { text: `${shown(words.labels.page)} ${page} / ${count}`, width: 60, alignment: 'right', style: footStyle },
        ],
        style: footStyle,
        color: '#57606a',
        fontSize: 7.5,
        margin: [margins[0], 14, margins[2], 0],
      };
    },
    pageBreakBefore: (node, container) =>
      node.headlineLevel !== undefined &&
      container.getFollowingNodesOnPage().filter(({ style }) => style !== footStyle).length <= node.headlineLevel,
  });
  return { bytes: new Uint8Array(await document.getBuffer()), pageCount };
};

async function* pages(report: OpenReport): AsyncGenerator<Uint8Array> {
  const fonts = fontFiles();
  const files = new Set<string>(Object.values(fonts));
  // The library is one for the whole process; it may read its fonts and nothing else.
  pdfmake.setFonts({ [family]: fonts });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => files.has(path));
  const shown = createPdfText(fonts.normal);
  if (!isOnePage(report.meta)) {
    yield (await layOut(report, { shown, chartWidth: 620 })).bytes;
    return;
  }
  // One page is what was promised: what is long leaves less room for the picture.
  const held = await holdRows(report);
  let last: Uint8Array = new Uint8Array();
  for (const chartWidth of chartWidths) {
    const { bytes, pageCount } = await layOut(held, { shown, chartWidth });
    last = bytes;
    if (pageCount === 1) break;
  }
  yield last;
}

/** A PDF of pages A4. It is laid out as a whole before it is written, so that its tables are limited further. */
export const writePdf = (report: OpenReport): WrittenReport => ({ chunks: pages(report), companion: null });
