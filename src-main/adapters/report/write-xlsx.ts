import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { OpenReport } from '../../core/report/open-report.ts';
import type { WrittenReport } from '../../services/ports.ts';
import { aboutRows, summaryRows } from './xlsx-sheets.ts';
import { packageParts, sheetPath } from './xlsx-package.ts';
import { LongTexts, sheetXml, tableXml } from './xlsx-xml.ts';

/** What a sheet's name may not hold, and how long it may be. ECMA-376 part 1, 18.2.19. */
const forbidden = /[\\/?*[\]:']/g;
const longestName = 31;

/** Names of sheets from titles: allowed, and each one once. */
const sheetNames = (titles: readonly string[]): string[] => {
  const taken = new Set<string>();
  return titles.map((title) => {
    const plain = title.replaceAll(forbidden, ' ').trim().slice(0, longestName) || 'Sheet';
    let name = plain;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) {
      name = `${plain.slice(0, longestName - 4)} (${number})`;
    }
    taken.add(name.toLowerCase());
    return name;
  });
};

interface Sheet {
  name: string;
  xml: AsyncIterable<string>;
}

const stream = (xml: AsyncIterable<string>): Readable => Readable.from(xml, { objectMode: true, highWaterMark: 2 });

async function* bytesOf(zip: ZipFile): AsyncGenerator<Uint8Array> {
  // The stream is Node's own; the package's types name an older interface.
  for await (const chunk of zip.outputStream as unknown as AsyncIterable<Buffer>) yield chunk;
}

/** Entries are written one after the other as their rows come; an error in one has to reach the reader of the whole. */
async function* zipChunks(report: OpenReport): AsyncGenerator<Uint8Array> {
  const { words, sections } = report;
  const zip = new ZipFile();
  const long = new LongTexts(words.sections.about);
  const tables = sections.filter((section) => section.type === 'table');
  const others = sections.filter((section) => section.type !== 'table');
  const titles = sheetNames([
    words.sections.about,
    ...(others.length > 0 ? [words.sections.summary] : []),
    ...tables.map(({ title }) => title),
  ]);
  const nameAt = (index: number): string => titles[index] ?? '';
  const firstTable = others.length > 0 ? 2 : 1;
  const sheets: Sheet[] = [
    ...(others.length > 0 ? [{ name: nameAt(1), xml: sheetXml(summaryRows(others, report), report, long) }] : []),
    ...tables.map((table, index) => ({ name: nameAt(firstTable + index), xml: tableXml(table, report, long) })),
    // Last in the file and first in the book: it tells the sum over all the others.
    { name: nameAt(0), xml: sheetXml(aboutRows(report, long), report, null) },
  ];
  const inBook = [...sheets.slice(-1), ...sheets.slice(0, -1)].map(({ name }) => name);
  const mtime = new Date(report.meta.createdAt);
  for (const { path, xml } of packageParts(inBook, report)) zip.addBuffer(Buffer.from(xml), path, { mtime });
  const streams = sheets.map(({ name, xml }) => {
    const readable = stream(xml);
    readable.on('error', (error) => {
      (zip.outputStream as unknown as Readable).destroy(error);
    });
    zip.addReadStream(readable, sheetPath(inBook.indexOf(name)), { mtime, compressionLevel: 3 });
    return readable;
  });
  zip.end();
  try {
    yield* bytesOf(zip);
  } finally {
    for (const readable of streams) readable.destroy();
  }
}

/**
 * An Excel workbook, streamed: a sheet that tells what the report is, one for texts, figures and charts, and one for
 * each table, with typed columns, a fixed head and filters. Cells are texts, numbers, dates or truth values and never
 * formulas.
 */
export const writeXlsx = (report: OpenReport): WrittenReport => ({ chunks: zipChunks(report), companion: null });
