import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/*
 * Readers of reports that share nothing with the writers: csv-parse, hucre, pdf.js, JSON.
 */

export interface ReadTable {
  id: string;
  columns: { id: string; title: string; type: string }[];
  rows: Record<string, string | number | boolean | null>[];
  rowCount: number;
  total: number | null;
  cut: boolean;
}

export interface ReadReport {
  version: number;
  report: {
    connection: { name: string; tenantId: string; application: string | null };
    title: string;
    redaction: { on: boolean; keyId: string | null };
    selection: string[];
  };
  sections: (ReadTable & { type: string; title: string })[];
  seal: { data: string; file: string };
}

export const readJsonReport = async (file: string): Promise<ReadReport> =>
  JSON.parse(await readFile(file, 'utf8')) as ReadReport;

export const tableOf = (report: ReadReport, id: string): ReadTable => {
  const found = report.sections.find((section) => section.id === id);
  if (!found) throw new Error(`the report has no table ${id}`);
  return found;
};

export const readNdjson = async (file: string): Promise<Record<string, unknown>[]> =>
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Rows by the titles of the head. */
export const readCsvRows = async (file: string): Promise<Record<string, string>[]> =>
  parse(await readFile(file), { bom: true, columns: true, record_delimiter: '\r\n' });

/** Every sheet as rows of cells. */
export const readSheets = async (file: string): Promise<Map<string, unknown[][]>> => {
  const workbook = await readXlsx(new Uint8Array(await readFile(file)));
  return new Map(workbook.sheets.map(({ name, rows }) => [name, rows as unknown[][]]));
};

/** Each page's texts without white space, and how far right the rightmost of them reaches, in points of the page's width. */
export const readPdfPages = async (file: string): Promise<{ text: string; width: number; right: number }[]> => {
  const loading = getDocument({ data: new Uint8Array(await readFile(file)), verbosity: 0 });
  const document = await loading.promise;
  const pages: { text: string; width: number; right: number }[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    let text = '';
    let right = 0;
    for (const item of items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      text += item.str;
      right = Math.max(right, Number(item.transform[4]) + item.width);
    }
    pages.push({ text: text.replaceAll(/\s+/gu, ''), width: page.getViewport({ scale: 1 }).width, right });
  }
  await loading.destroy();
  return pages;
};

/** All texts of all pages without white space, since a page breaks lines where it likes. */
export const readPdfText = async (file: string): Promise<{ text: string; pages: number }> => {
  const loading = getDocument({ data: new Uint8Array(await readFile(file)), verbosity: 0 });
  const document = await loading.promise;
  let text = '';
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    for (const item of items) if ('str' in item) text += item.str;
  }
  const pages = document.numPages;
  await loading.destroy();
  return { text: text.replaceAll(/\s+/gu, ''), pages };
};
