import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { Finding } from '../../../src-main/contract/models/finding.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { findBrowser } from '../../support/browser.ts';
import { readCsvRows, readJsonReport, readPdfText, readSheets, tableOf } from '../../support/read-report.ts';
import { openReportMaker, type ReportMaker } from '../../support/report-maker.ts';
import { temporaryDirectory } from '../../support/cli.ts';

const now = '2026-11-20T12:00:00.000Z';
const long = `begin ${'x'.repeat(99_990)} end`;
/** Each is the name of somebody. */
const hostile = [
  '=HYPERLINK("http://evil.example","click")',
  '  +1+1',
  '\uff1dSUM(A1)',
  "@cmd|' /C calc'!A0",
  '<script>document.title="run"</script>',
  '"><img src=x onerror=document.title="run">',
  '</style></title><h1>free',
  'abc\u202ecba\u202c',
  '\u05d0\u05d1\u05d2 right to left\u200f',
  'nul\u0000inside',
  'bell\u0007 and\u001b[31m',
  'line\r\nbreak, "quoted"',
  '_x0041_ literal',
  'lone \ud800 surrogate',
  '\u4e2d\u6587 \ud83d\ude00 Ngô Đạt',
  "'; DROP TABLE findings; --",
  '-->{"data":"0"}<!--',
  long,
];

let store: HistoryStore;
let maker: ReportMaker;

const finding = (name: string, index: number): Finding => ({
  id: String(index).padStart(20, '0'),
  kind: 'orphan-in-target',
  state: 'open',
  severity: 'low',
  subject: { type: 'user', entraId: null, scimId: `u-${index}`, name },
  related: [],
  expected: null,
  actual: name,
  firstSeen: now,
  lastSeen: now,
  openedAt: now,
  verified: true,
  assumed: [],
  evidence: [],
  advice: 'Ask in UNIFI who uses it.',
});

beforeAll(async () => {
  store = openSqliteHistory({ file: join(await temporaryDirectory(), 'history.db') });
  const run = await store.runs.start(now);
  await store.findings.saveEvaluation({
    runId: run.id,
    at: now,
    findings: hostile.map(finding),
    people: [],
    notEvaluated: [],
  });
  await store.runs.finish(run.id, now);
  maker = await openReportMaker(store, { now });
  for (const format of ['json', 'csv', 'xlsx', 'html', 'pdf'] as const) {
    await maker.make({ kind: 'reconciliation', title: 'Report <script>', columns: ['name', 'actual'] }, format);
  }
}, 60_000);

afterAll(async () => {
  await maker.close();
  await store.close();
});

const file = (format: string): string => join(maker.folder, `reconciliation.${format}`);
/** The order of the report. */
const names = async (): Promise<string[]> => {
  const { rows } = tableOf(await readJsonReport(file('json')), 'findings');
  return rows.map((row) => String(row['name']));
};
/** What no text of a file can hold goes by its code point, and half a character is none. */
const visible = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e]/gu,
      (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );

test('JSON holds every value as it is', async () => {
  expect((await names()).toSorted()).toEqual(hostile.toSorted());
});

test('CSV holds every value, and no cell that a spreadsheet would run', async () => {
  const rows = await readCsvRows(file('csv'));
  const cells = rows.map((row) => row['Name'] ?? '');
  expect(cells.filter((cell) => /^[\s\u00a0]*[=+\-@\uff1d]/u.test(cell))).toEqual([]);
  expect(cells.map((cell) => cell.replace(/^'(?=\s*[=+\-@\uff1d])/u, ''))).toEqual(
    (await names()).map((name) => name.replaceAll('\u0000', '[U+0000]').toWellFormed()),
  );
});

test('the workbook holds every value as text, long ones in parts', async () => {
  const sheets = await readSheets(file('xlsx'));
  const cells = (sheets.get('Findings') ?? []).slice(1).map((row) => String(row[0]));
  const expected = await names();
  for (const [index, name] of expected.entries()) {
    if (name !== long) expect(cells[index]).toBe(name.toWellFormed());
  }
  const cut = cells[expected.indexOf(long)] ?? '';
  const id = /row (#\d+)\]$/u.exec(cut)?.[1];
  const rest = [...(sheets.values().next().value ?? [])].find((row) => row[0] === id) ?? [];
  expect(
    cut.slice(0, 32_000) +
      rest
        .slice(1)
        .map((part) => (typeof part === 'string' ? part : ''))
        .join(''),
  ).toBe(long);
  expect((await readFile(file('xlsx'))).includes('<f>')).toBe(false);
});

test('the PDF names what its font lacks, and loses nothing', async () => {
  const { text } = await readPdfText(file('pdf'));
  for (const name of hostile.filter((one) => one !== long)) {
    const shown = visible(name).replaceAll(/[\u4e00-\u9fff\u05d0-\u05ea\u200f\uff1d\ufffd\u{1f600}]/gu, (character) =>
      text.includes(character)
        ? character
        : `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
    expect(text).toContain(shown.replaceAll(/\s+/gu, ''));
  }
});

test('in a browser the page shows every value, runs nothing, and asks nobody', { timeout: 60_000 }, async () => {
  const { executable, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath: executable, args });
  try {
    const page = await browser.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('dialog', (dialog) => void dialog.dismiss());
    await page.goto(`file://${file('html')}`);
    expect(await page.title()).toBe('Report <script>: Contoso');
    expect(asked.filter((url) => !url.startsWith('file://'))).toEqual([]);
    expect(said).toEqual([]);
    const cells = await page.locator('#findings tbody tr td:first-child').allTextContents();
    expect(cells).toEqual((await names()).map((name) => visible(name).replaceAll('\r\n', '\n')));
    expect(await page.locator('script').count()).toBe(0);
    expect(await page.locator('#findings img').count()).toBe(0);
    // The newest state of nothing read is no statement that all is well.
    expect(await page.locator('body').innerText()).toContain('Nothing was collected yet');
  } finally {
    await browser.close();
  }
});
