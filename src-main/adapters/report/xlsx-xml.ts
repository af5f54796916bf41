import type { OpenReport } from '../../core/report/open-report.ts';
import type { Cell, CellType, Column, TableSection } from '../../core/report/report.ts';
import { styles } from './xlsx-package.ts';

/** More a cell cannot hold; the rest goes on in another sheet. ECMA-376 and Excel's limits. */
const longestCell = 32_767;
const partLength = 32_000;
/** All long texts together: beyond, the program would hold more than it should. */
const keptLength = 40_000_000;
const dayMs = 86_400_000;
/** Excel counts days from here; the extra day is its leap year 1900. */
const epochMs = Date.UTC(1899, 11, 30);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Characters that XML does not have, and texts that look like our way of writing them. ECMA-376 part 1, 22.9.2.19. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;
const plain = /^[^&<>\u0000-\u0008\u000b-\u001f\ufffe\uffff_\ud800-\udfff]*$/;

/** Text for the content of an element of a sheet; nothing is lost, whatever it holds. */
export const xmlText = (text: string): string =>
  plain.test(text)
    ? text
    : text
        .toWellFormed()
        .replace(unwritable, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
        .replace(/[&<>]/g, (character) => entities[character] ?? '');

/** `A`, `Z`, `AA`: the name of a column, counted from 0. */
export const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

/** Texts that no cell can hold: the cell says where they go on, and they stand in the last rows of another sheet. */
export class LongTexts {
  readonly parts: { id: string; parts: string[] }[] = [];
  readonly #sheet: string;
  #kept = 0;

  /** @param sheet name of the sheet in which they go on */
  constructor(sheet: string) {
    this.#sheet = sheet;
  }

  /** The part that fits, and where the rest is. */
  shorten(text: string, report: OpenReport): string {
    const { sentences } = report.words;
    const id = `#${this.parts.length + 1}`;
    if (this.#kept + text.length > keptLength) return `${text.slice(0, partLength)} [...]`;
    this.#kept += text.length;
    const parts: string[] = [];
    for (let start = partLength; start < text.length; start += partLength) {
      parts.push(text.slice(start, start + partLength));
    }
    this.parts.push({ id, parts });
    return `${text.slice(0, partLength)} ${sentences.longText(this.#sheet, id)}`;
  }
}

/** A cell of any kind as XML; an empty text for nothing. */
const cellXml = (
  place: string,
  cell: Cell,
  type: CellType,
  context: { report: OpenReport; long: LongTexts | null; style?: number },
): string => {
  if (cell === null) return '';
  const style = context.style === undefined ? '' : ` s="${context.style}"`;
  if (typeof cell === 'number') return `<c r="${place}"${style}><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${place}"${style} t="b"><v>${cell ? 1 : 0}</v></c>`;
  const { report, long } = context;
  if (type === 'time') {
    const wallMs = report.format.wallClockMs(cell);
    const serial = wallMs === null ? -1 : (wallMs - epochMs) / dayMs;
    // Excel knows no day before 1900.
    if (serial >= 61) return `<c r="${place}" s="${styles.time}"><v>${serial.toFixed(8)}</v></c>`;
  }
  const text = cell.length > longestCell && long !== null ? long.shorten(cell, report) : cell;
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
};

const sheetHead = (frozen: boolean, widths: readonly number[]): string => {
  const pane = frozen
    ? '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    : '<sheetView workbookViewId="0" showGridLines="0"/>';
  const cols = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>${pane}</sheetViews><cols>${cols}</cols><sheetData>`;
};

/** What an id and an address need to be read without dragging the column. */
const widthBySensitivity: Partial<Record<Column['sensitivity'], number>> = { id: 38, address: 34, prose: 40 };

const widthOf = ({ type, weight, title, sensitivity }: Column): number => {
  const least = Math.min(40, title.length + 4);
  if (type === 'time') return Math.max(20, least);
  if (type === 'number' || type === 'flag') return Math.max(11, least);
  return Math.max(Math.min(60, Math.round(18 * (weight ?? 1))), widthBySensitivity[sensitivity] ?? 0, least);
};

/** A sheet with one table: head, filters, typed cells. */
export async function* tableXml(table: TableSection, report: OpenReport, long: LongTexts): AsyncGenerator<string> {
  const names = table.columns.map((_, index) => columnName(index));
  const types = table.columns.map(({ type }) => type);
  yield sheetHead(true, table.columns.map(widthOf));
  const head = table.columns.map(({ title }, index) =>
    cellXml(`${names[index] ?? ''}1`, title, 'text', { report, long: null, style: styles.head }),
  );
  yield `<row r="1">${head.join('')}</row>`;
  const context = { report, long };
  let number = 1;
  for await (const lot of table.rows) {
    let xml = '';
    for (const row of lot) {
      number += 1;
      xml += `<row r="${number}">`;
      for (let index = 0; index < names.length; index += 1) {
        xml += cellXml(`${names[index] ?? ''}${number}`, row[index] ?? null, types[index] ?? 'text', context);
      }
      xml += '</row>';
    }
    yield xml;
  }
  const last = names.at(-1) ?? 'A';
  yield `</sheetData><autoFilter ref="A1:${last}${number}"/></worksheet>`;
}

/** A row of a sheet that is no table: cells with their kinds and looks. */
export interface FreeRow {
  cells: { value: Cell; type?: CellType; look?: 'title' | 'heading' | 'label' }[];
}

/** A sheet of labelled values, one below the other. */
export async function* sheetXml(
  rows: Iterable<FreeRow>,
  report: OpenReport,
  long: LongTexts | null,
): AsyncGenerator<string> {
  yield sheetHead(false, [34, 60, 16, 24, 16, 16, 16]);
  let number = 0;
  for (const { cells } of rows) {
    number += 1;
    const xml = cells.map(({ value, type, look }, index) =>
      cellXml(`${columnName(index)}${number}`, value, type ?? 'text', {
        report,
        long,
        ...(look === undefined ? {} : { style: styles[look] }),
      }),
    );
    yield `<row r="${number}">${xml.join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}
