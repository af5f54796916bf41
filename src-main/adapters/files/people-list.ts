import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { batchFileLimit, batchLimit } from '../../contract/models/investigation-batch.ts';
import { AppError } from '../../core/app-error.ts';

/** A line of a list and whom it names. */
export interface ListedPerson {
  /** In the file, from 1; the heading counts. */
  line: number;
  who: string;
}

/** Headings that say that a column names people, the best first. Compared without blanks, dashes and case. */
const knownHeadings = [
  'userprincipalname',
  'upn',
  'objectid',
  'entraid',
  'entraobjectid',
  'username',
  'email',
  'mail',
  'emailaddress',
  'externalid',
  'scimid',
  'displayname',
  // As the portal writes them in German.
  'benutzerprinzipalname',
  'benutzername',
  'anzeigename',
  'name',
  'person',
  'people',
  'employee',
  'user',
  'who',
];

const separators = [',', ';', '\t'] as const;
/** Longer names are nobody's. The contract bounds `who` likewise. */
const longestName = 300;

const plain = (heading: string): string => heading.toLowerCase().replace(/[\s_-]/gu, '');
const count = (value: number): string => value.toLocaleString('en-GB');

const unusable = (name: string, reason: string, advice: string): AppError =>
  new AppError({
    code: 'input-invalid',
    message: `The list ${name} ${reason}.`,
    advice,
    fields: [{ field: 'file', reason }],
  });

const tooLarge = (name: string, bytes: number): AppError =>
  unusable(
    name,
    `is too large: ${count(Math.ceil(bytes / 1000))} kB, and ${count(batchFileLimit / 1000)} kB is the most`,
    'Leave out columns that are not needed, or split the list into several.',
  );

/** Excel writes "Unicode text" as UTF-16; everything else has to be UTF-8. */
const decode = (name: string, bytes: Uint8Array): string => {
  const [first, second, third] = bytes;
  // Workbooks are ZIP archives; older ones begin like every OLE file.
  if ((first === 0x50 && second === 0x4b && third === 0x03) || (first === 0xd0 && second === 0xcf)) {
    throw unusable(name, 'is a workbook, not a CSV file', 'Save it from Excel as "CSV UTF-8", and give that file.');
  }
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    text = '\0';
  }
  if (text.includes('\0')) {
    throw unusable(
      name,
      'is not text in UTF-8, so that names with accents would be misread',
      'Save it as "CSV UTF-8" (in Excel: Save As, file type CSV UTF-8), and give that file.',
    );
  }
  // One kind of line end, so that lines can be counted in files of any origin.
  return text.replaceAll(/\r\n?/gu, '\n');
};

/** The separator that the first line holds most of, outside quotes; a comma when it holds none. */
const separatorOf = (text: string): string => {
  const [first = ''] = text.replaceAll(/"(?:[^"]|"")*"/gu, '').split('\n', 1);
  const uses = (separator: string): number => first.split(separator).length;
  return separators.reduce((best, next) => (uses(next) > uses(best) ? next : best));
};

interface Row {
  line: number;
  cells: string[];
}

const readRows = (name: string, text: string): Row[] => {
  try {
    const records = parse(text, {
      delimiter: separatorOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({
      // Lines are counted up to the end of a record.
      line: info.lines - record.join('').split('\n').length + 1,
      cells: record,
    }));
  } catch (cause) {
    const line = (cause as { lines?: number }).lines;
    const where = line === undefined ? '' : ` in line ${count(line)}`;
    throw new AppError(
      {
        code: 'input-invalid',
        message: `The list ${name} is not CSV: a quotation mark${where} is not closed or stands inside a value.`,
        advice: 'Put values with quotation marks in quotation marks and double those inside, or remove them.',
        fields: [{ field: 'file', reason: 'is not CSV' }],
      },
      { cause },
    );
  }
};

/** Which column names people, and in which row the names begin. */
const chooseColumn = (
  name: string,
  rows: readonly Row[],
  wanted: string | undefined,
): { column: number; from: number } => {
  const headings = (rows[0]?.cells ?? []).map(plain);
  if (wanted !== undefined) {
    const column = headings.indexOf(plain(wanted));
    if (column >= 0) return { column, from: 1 };
    const present = (rows[0]?.cells ?? []).filter((cell) => cell !== '').slice(0, 20);
    throw unusable(
      name,
      `has no column "${wanted}"`,
      `Its first line names: ${present.map((cell) => `"${cell.slice(0, 60)}"`).join(', ') || 'nothing'}.`,
    );
  }
  const known = knownHeadings.find((heading) => headings.includes(heading));
  return known === undefined ? { column: 0, from: 0 } : { column: headings.indexOf(known), from: 1 };
};

/**
 * Whom a CSV file names, line by line: from the column of the given heading, else of a heading that says that it names
 * people, else from the first column. Comma, semicolon or tab; UTF-8, or UTF-16 as Excel writes it.
 *
 * @param file `name` is for messages; `column` the heading to look for, in any case
 * Throws `input-invalid` with field `file`: empty, too large, not UTF-8, a workbook, not CSV, no such column, too many
 * lines, a name too long.
 */
export const parsePeopleList = (
  bytes: Uint8Array,
  file: { name: string; column?: string | undefined },
): ListedPerson[] => {
  const { name } = file;
  if (bytes.length > batchFileLimit) throw tooLarge(name, bytes.length);
  const rows = readRows(name, decode(name, bytes));
  const { column, from } = rows.length > 0 ? chooseColumn(name, rows, file.column) : { column: 0, from: 0 };
  const people = rows.slice(from).flatMap(({ line, cells }) => {
    const who = cells[column] ?? '';
    return who === '' ? [] : [{ line, who }];
  });
  if (people.length === 0) {
    throw unusable(
      name,
      rows.length === 0 ? 'is empty' : 'names nobody: the column holds no value below its heading',
      'Give a list with one person a line.',
    );
  }
  if (people.length > batchLimit) {
    throw unusable(
      name,
      `names ${count(people.length)} people, and ${count(batchLimit)} is the most`,
      'Split the list into several.',
    );
  }
  const long = people.find(({ who }) => who.length > longestName);
  if (long) {
    throw unusable(
      name,
      `holds something in line ${count(long.line)} that is longer than any name`,
      'Check that the column is the right one, and that quotation marks are closed.',
    );
  }
  return people;
};

/**
 * The content of a list on the disk, and its name without the folders. Throws `file-unreadable`, and `input-invalid`
 * when it is too large.
 */
export const readPeopleFile = async (file: string): Promise<{ name: string; bytes: Buffer }> => {
  const name = basename(file);
  try {
    const { size } = await stat(file);
    if (size > batchFileLimit) throw tooLarge(name, size);
    return { name, bytes: await readFile(file) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      {
        code: 'file-unreadable',
        message: `The list ${file} could not be read.`,
        advice: 'Check the path, and that you may read the file.',
        file,
      },
      { cause: error },
    );
  }
};
