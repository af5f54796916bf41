import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveFindingsReport } from '../../../src-main/adapters/files/save-findings-report.ts';
import { check, finding, status } from '../../unit/core/report/report-data.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'report-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const options = (
  over: Partial<Parameters<typeof saveFindingsReport>[0]> = {},
): Parameters<typeof saveFindingsReport>[0] => ({
  directory: join(directory, 'reports'),
  name: 'findings',
  connectionName: 'Contoso',
  check: check([finding()]),
  status,
  force: false,
  ...over,
});

/** A reader of RFC 4180 that knows nothing of the writer. */
const parseCsv = (text: string): string[][] => {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ',' || text.startsWith('\r\n', at))) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (character !== ',') {
        rows.push([]);
        at += 1;
      }
    } else cell += character;
  }
  return rows.slice(0, -1);
};

test('is written as CSV and as one page, readable for its owner only', async () => {
  const files = await saveFindingsReport(options());
  expect(files.map((file) => file.split('/').at(-1))).toEqual(['findings.csv', 'findings.html']);
  const csv = await readFile(files[0] as string, 'utf8');
  expect(csv.startsWith('\ufeff')).toBe(true);
  const [head, row, ...rest] = parseCsv(csv.slice(1));
  expect(rest).toEqual([]);
  const cells = Object.fromEntries((head ?? []).map((title, index) => [title, row?.[index]]));
  expect(cells).toMatchObject({
    Kind: 'missing-in-target',
    Name: 'Ada Brandt',
    'Entra id': 'e-1',
    Expected: 'ada.brandt@contoso.example',
    Actual: '(nothing)',
    Verified: 'yes',
    'What to do': 'Look at the error of the last attempt.',
  });
  expect(await readFile(files[1] as string, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
  expect((await stat(files[0] as string)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(directory, 'reports'))).toHaveLength(2);
});

test('neutralises cells that a spreadsheet would run, and keeps quotes, commas and line breaks', async () => {
  const names = [
    '=1+1',
    ' =1+1',
    '＝1+1',
    '\u00a0@SUM(A1)',
    '+49',
    '-1',
    '\tx',
    '\r\n=x',
    '|cmd',
    'a "b", c\nd',
    'plain = x',
  ];
  const findings = names.map((name, index) =>
    finding({ id: `f-${index}`, subject: { type: 'user', entraId: null, scimId: 's', name } }),
  );
  const [file] = await saveFindingsReport(options({ check: check(findings) }));
  const rows = parseCsv((await readFile(file as string, 'utf8')).slice(1)).slice(1);
  expect(rows.map((row) => row[4])).toEqual(names.map((name, index) => (index < 9 ? `'${name}` : name)));
});

test('has a row for each of many findings', async () => {
  const findings = Array.from({ length: 2_500 }, (_, index) => finding({ id: `f-${index}` }));
  const [csv, html] = await saveFindingsReport(options({ check: check(findings) }));
  expect(parseCsv((await readFile(csv as string, 'utf8')).slice(1))).toHaveLength(2_501);
  expect((await readFile(html as string, 'utf8')).split('<bdi>Ada Brandt</bdi>')).toHaveLength(2_501);
});

test('replaces an earlier report only when told so, and says which file is there', async () => {
  await saveFindingsReport(options());
  const before = await readFile(join(directory, 'reports', 'findings.csv'), 'utf8');
  await expect(saveFindingsReport(options({ check: check([]) }))).rejects.toMatchObject({
    failure: { code: 'file-exists', file: join(directory, 'reports', 'findings.csv') },
  });
  expect(await readFile(join(directory, 'reports', 'findings.csv'), 'utf8')).toBe(before);
  await saveFindingsReport(options({ check: check([]), force: true }));
  expect(await readFile(join(directory, 'reports', 'findings.csv'), 'utf8')).not.toBe(before);
});

test('names the folder that cannot be made', async () => {
  await writeFile(join(directory, 'reports'), '');
  await expect(saveFindingsReport(options())).rejects.toMatchObject({
    failure: { code: 'file-unwritable', file: join(directory, 'reports') },
  });
});
