import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePeopleList, readPeopleFile } from '../../../src-main/adapters/files/people-list.ts';
import { batchFileLimit, batchLimit } from '../../../src-main/contract/models/investigation-batch.ts';
import { failureOf } from '../../support/failure-of.ts';

const name = 'people.csv';
const read = (content: string | Uint8Array, column?: string) =>
  parsePeopleList(typeof content === 'string' ? Buffer.from(content) : content, { name, column });
/** Refusals are thrown at once, and looked at like those of calls that take their time. */
const refusal = (content: string | Uint8Array, column?: string) => failureOf((async () => read(content, column))());
const whos = (content: string | Uint8Array, column?: string) => read(content, column).map(({ who }) => who);

describe('a list of people', () => {
  test('is read from its first column when no heading says better', () => {
    expect(read('ada@demo.example\nBo Nord\r\n\n  zoë@demo.example  \n')).toEqual([
      { line: 1, who: 'ada@demo.example' },
      { line: 2, who: 'Bo Nord' },
      { line: 4, who: 'zoë@demo.example' },
    ]);
  });

  test.each([
    ['a heading that names people', 'Ticket,User Principal Name,Site\n17,ada@demo.example,Oslo\n'],
    ['the best of several headings', 'Name,E-Mail,UPN\nAda,a@mail.example,ada@demo.example\n'],
    ['semicolons, as spreadsheets write them', 'Ticket;upn\n"17; urgent";ada@demo.example\n'],
    ['tabs', 'upn\tSite\nada@demo.example\tOslo, north\n'],
    ['a byte order mark', '\ufeffupn\nada@demo.example\n'],
    ['old line ends', 'upn\rada@demo.example\r'],
  ])('is read with %s', (_case, text) => {
    expect(whos(text)).toEqual(['ada@demo.example']);
  });

  test('is read from the column that is asked for, in any case', () => {
    expect(whos('Ticket,Who asked,upn\n17,ada,bo@demo.example\n', 'who ASKED')).toEqual(['ada']);
  });

  test('is read in UTF-16, as Excel calls Unicode text', () => {
    const text = 'upn\r\nzoë@demo.example\r\n';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(whos(little)).toEqual(['zoë@demo.example']);
    expect(whos(Buffer.from(little).swap16())).toEqual(['zoë@demo.example']);
  });

  test('keeps the line of every name, also behind values of several lines', () => {
    expect(read('Note,upn\n"first\nsecond",ada\nx,bo\n')).toEqual([
      { line: 2, who: 'ada' },
      { line: 4, who: 'bo' },
    ]);
  });

  const many = Array.from({ length: batchLimit + 1 }, (_, index) => `p${index}`).join('\n');
  test.each<[string, string | Uint8Array, string | undefined, string]>([
    ['nothing', '', undefined, 'is empty'],
    ['only empty lines', '\ufeff\r\n \n', undefined, 'is empty'],
    ['a heading alone', 'upn\n', undefined, 'names nobody: the column holds no value below its heading'],
    [
      'another encoding',
      Buffer.from('upn\nzo\xeb@demo.example\n', 'latin1'),
      undefined,
      'is not text in UTF-8, so that names with accents would be misread',
    ],
    ['a workbook', Buffer.from('PK\x03\x04...'), undefined, 'is a workbook, not a CSV file'],
    ['no such column', 'Ticket,Site\n17,Oslo\n', 'upn', 'has no column "upn"'],
    ['too many lines', many, undefined, 'names 10,001 people, and 10,000 is the most'],
    ['too much', 'x'.repeat(batchFileLimit + 1), undefined, 'is too large: 701 kB, and 700 kB is the most'],
    ['an open quotation mark', 'upn\nada\n"bo\n', undefined, 'is not CSV'],
    [
      'a name longer than any',
      `ada\n${'x'.repeat(301)}\n`,
      undefined,
      'holds something in line 2 that is longer than any name',
    ],
  ])('is refused with %s, saying so', async (_case, content, column, reason) => {
    expect(await refusal(content, column)).toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(`The list ${name} `) as string,
      fields: [{ field: 'file', reason }],
    });
  });

  test('that lacks a column says which it has', async () => {
    const failure = await refusal('Ticket,Site\n17,Oslo\n', 'upn');
    expect(failure.advice).toBe('Its first line names: "Ticket", "Site".');
  });
});

describe('a file of people', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'people-list-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is read under its own name', async () => {
    const file = join(folder, 'helpdesk.csv');
    await writeFile(file, 'upn\nada\n');
    expect(await readPeopleFile(file)).toEqual({ name: 'helpdesk.csv', bytes: Buffer.from('upn\nada\n') });
  });

  test('that is not there, or a folder, cannot be read; a huge one is refused unread', async () => {
    await expect(readPeopleFile(join(folder, 'none.csv'))).rejects.toMatchObject({
      failure: { code: 'file-unreadable' },
    });
    await expect(readPeopleFile(folder)).rejects.toMatchObject({ failure: { code: 'file-unreadable', file: folder } });
    const huge = join(folder, 'huge.csv');
    await writeFile(huge, Buffer.alloc(batchFileLimit + 1));
    await expect(readPeopleFile(huge)).rejects.toMatchObject({ failure: { code: 'input-invalid' } });
  });
});
