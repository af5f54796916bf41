import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create as createFont } from 'fontkit';
import pdfmake from 'pdfmake';
import type { OpenReport } from '../../core/report/open-report.ts';
import { namedCharacter, visibleText } from '../../core/report/visible-text.ts';
import type { WrittenReport } from '../../services/ports.ts';
import { pdfContent, type Orientation, type PdfText } from './pdf-content.ts';

const require = createRequire(import.meta.url);
const family = 'Roboto';
const margins: [number, number, number, number] = [36, 28, 36, 34];

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
const orientationOf = (report: OpenReport): Orientation => (report.meta.kind === 'health' ? 'portrait' : 'landscape');

async function* pages(report: OpenReport): AsyncGenerator<Uint8Array> {
  const fonts = fontFiles();
  const files = new Set<string>(Object.values(fonts));
  // The library is one for the whole process; it may read its fonts and nothing else.
  pdfmake.setFonts({ [family]: fonts });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => files.has(path));
  const orientation = orientationOf(report);
  const { meta, words } = report;
  const shown = createPdfText(fonts.normal);
  const content = await pdfContent(report, { shown, orientation });
  const title = shown(`${meta.title}: ${meta.connection.name}`);
  const document = pdfmake.createPdf({
    pageSize: 'A4',
    pageOrientation: orientation,
    pageMargins: margins,
    defaultStyle: {
      font: family,
      fontSize: meta.kind === 'health' ? 7.5 : 8.5,
      color: '#1b1f24',
      lineHeight: meta.kind === 'health' ? 1.08 : 1.15,
    },
    info: { title, creator: meta.application.name, creationDate: new Date(meta.createdAt) },
    content,
    footer: (page, count) => ({
      columns: [
        { text: title, width: '*' },
        { text: `${shown(words.labels.page)} ${page} / ${count}`, width: 'auto', alignment: 'right' },
      ],
      color: '#57606a',
      fontSize: 7.5,
      margin: [margins[0], 14, margins[2], 0],
    }),
    // A heading must not stand alone at the foot of a page.
    pageBreakBefore: (node, container) => node.headlineLevel === 1 && container.getFollowingNodesOnPage().length === 0,
  });
  yield new Uint8Array(await document.getBuffer());
}

/** A PDF of pages A4. It is laid out as a whole before it is written, so that its tables are limited further. */
export const writePdf = (report: OpenReport): WrittenReport => ({ chunks: pages(report), companion: null });
