import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { LogRowDetail } from '../../../src-main/contract/models/provisioning-event.ts';
import { describeLogRow } from '../../../src-main/core/log/describe-log-row.ts';
import { readLogRecord } from '../../../src-main/core/log/read-log-record.ts';
import type { LogRecord } from '../../../src-main/core/model/log.ts';
import { wordsOf } from '../../../src-main/core/report/words/words-of.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { failureOf } from '../../support/failure-of.ts';
import { temporaryDirectory } from '../../support/cli.ts';
import { openReportMaker, type ReportMaker } from '../../support/report-maker.ts';

/*
 * The CSV of the log against rows read one by one as the window shows them, written here a second time by the plainest
 * means: cell by cell, in one text.
 */

const now = '2026-11-20T12:00:00.000Z';
const nasty = [
  'Mara Quill',
  '=HYPERLINK("http://evil.example","click")',
  '<script>alert(1)</script>',
  'abc\u202ecba\u202c',
  '\u05d0\u05d1\u05d2 right to left\u200f',
  'nul\u0000inside',
  '\u0000=1',
  `begin ${'x'.repeat(99_990)} end`,
  `\u4e2d${'\u6587'.repeat(99_999)}`,
  '\uff1dSUM(A1)',
  ' leading',
  '\u00a0=1+1',
  '\u3000wide blank',
  'trailing ',
  'trailing\u00a0',
  '"quoted", and \'so\'',
  'line\r\nbreak',
  '\r=1',
  '\t-1',
  '+49 30 123',
  '-1',
  '@cmd',
  '|pipe',
  '0123',
  '1,5',
  'Łucja Ångström',
  '\ud83d\ude00 smile',
  'lone \ud800 surrogate',
  '\ufeffmark',
  'back\\slash',
  'a',
  ',',
  '"',
  '\u007f',
  '\u0085next line',
  '\u2028separator',
];

const record = (value: string, index: number): LogRecord => {
  const row = {
    id: `row-${index}`,
    activityDateTime: `2026-11-19T10:${String(index % 60).padStart(2, '0')}:00${index % 3 === 0 ? '.1234567' : ''}Z`,
    cycleId: index % 2 === 0 ? value : null,
    changeId: value,
    jobId: 'job',
    provisioningAction: index % 4 === 0 ? value : 'update',
    servicePrincipal: { id: 'sp', displayName: 'UNIFI' },
    sourceIdentity: {
      id: index % 5 === 0 ? null : `e-${value}`,
      displayName: index % 7 === 0 ? null : value,
      identityType: index % 6 === 0 ? 'Group' : 'User',
      details: index % 8 === 0 ? {} : { UserPrincipalName: value },
    },
    targetIdentity: { id: index % 3 === 0 ? null : value, displayName: value, identityType: 'User', details: {} },
    provisioningStatusInfo: {
      status: ['success', 'failure', 'skipped', 'warning', 'else'][index % 5],
      errorInformation: index % 5 === 1 ? { errorCode: value, reason: value, additionalDetails: value } : null,
    },
    provisioningSteps: [
      { name: 'n', provisioningStepType: 'import', status: 'success', description: value, details: { key: value } },
      { name: 'n', provisioningStepType: 'export', status: 'failure', description: null, details: {} },
    ],
    modifiedProperties: [
      { displayName: value, oldValue: null, newValue: value },
      { displayName: 'x', oldValue: value, newValue: null },
    ],
  };
  const made = readLogRecord(row, JSON.stringify(row));
  if (made === null) throw new Error(`${value} made no row`);
  return made;
};

let store: HistoryStore;
let maker: ReportMaker;
let rows: LogRowDetail[];

beforeAll(async () => {
  store = openSqliteHistory({ file: join(await temporaryDirectory(), 'history.db') });
  await store.log.save(nasty.map(record));
  maker = await openReportMaker(store, { now });
  rows = [];
  for (const { id } of (await store.log.page({}, { limit: 1_000 })).rows) {
    const found = await store.log.row(id);
    if (found) rows.push(describeLogRow(found.row, found.raw));
  }
});
afterAll(async () => {
  await maker.close();
  await store.close();
});

type Value = string | boolean | null;

const words = wordsOf('en');
const stepsOf = ({ steps }: LogRowDetail): string =>
  steps
    .map(({ type, status, description, details }, index) => {
      const named = Object.entries(details).filter(([, value]) => value !== null && value !== '');
      const extra = named.map(([key, value]) => `${key}: ${value ?? ''}`).join('; ');
      return `${index + 1}. ${type} ${status}${description === null ? '' : `: ${description}`}${extra === '' ? '' : ` (${extra})`}`;
    })
    .join('\n');
const changesOf = ({ modifiedProperties }: LogRowDetail): string =>
  modifiedProperties
    .map(({ name, oldValue, newValue }) => `${name}: ${oldValue ?? words.nothing} -> ${newValue ?? words.nothing}`)
    .join('\n');

const listColumns: Record<string, (row: LogRowDetail) => Value> = {
  at: ({ at }) => at,
  action: ({ action }) => words.actions[action] ?? action,
  status: ({ status }) => words.logStatuses[status],
  benign: ({ benign }) => benign,
  type: ({ subject }) => words.subjectTypes[subject.type],
  name: ({ subject }) => subject.name,
  upn: ({ subject }) => subject.upn,
  entraId: ({ subject }) => subject.entraId,
  scimId: ({ subject }) => subject.scimId,
  errorCode: ({ errorCode }) => errorCode,
  cycleId: ({ cycleId }) => cycleId,
  changeId: ({ changeId }) => changeId,
  logId: ({ id }) => id,
};
const allColumns = { ...listColumns, steps: stepsOf, changes: changesOf };

/** RFC 4180 with the apostrophe, every rule on every cell. */
const field = (value: Value, isTime: boolean): string => {
  if (value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  let text = isTime ? `${new Date(value).toISOString().slice(0, 19)}Z` : value;
  text = text.replaceAll('\u0000', '[U+0000]');
  if (/^[\s\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|]|^[\t\r\n]/.test(text)) text = `'${text}`;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

test.each([
  ['list columns', listColumns],
  ['with steps and modified properties', allColumns],
])('%s: not a byte differs from the rows as they are shown', async (name, columns) => {
  const ids = Object.keys(columns);
  const made = await maker.make({ kind: 'log', columns: ids }, 'csv', { name });
  const csv = await readFile(made.file ?? '');
  const [head] = csv.toString('utf8').split('\r\n');
  const cells = rows.map((row) => Object.values(columns).map((of) => of(row)));
  const lines = cells.map((line) => `${line.map((cell, index) => field(cell, index === 0)).join(',')}\r\n`);
  const wanted = `${head}\r\n${lines.join('')}`;
  expect(csv.toString('utf8').split(/(?<=\r\n)/u)).toEqual(wanted.toWellFormed().split(/(?<=\r\n)/u));
  expect(csv.equals(Buffer.from(wanted))).toBe(true);
  const data = [
    ['table', 'log', ids],
    ...cells,
    ['end', 'log', rows.length, rows.length, false],
    ['table', 'gaps', ['from', 'to']],
    ['end', 'gaps', 0, 0, false],
  ];
  const hash = createHash('sha256');
  for (const line of data) hash.update(`${JSON.stringify(line)}\n`);
  expect(made.dataSha256).toBe(hash.digest('hex'));
});

test('other formats have the same sum, and so have other zones and languages', async () => {
  const options = { kind: 'log', columns: Object.keys(allColumns) } as const;
  const { dataSha256 } = await maker.make(options, 'csv', { name: 'again' });
  expect((await maker.make(options, 'ndjson')).dataSha256).toBe(dataSha256);
  expect((await maker.make({ ...options, timeZone: 'Asia/Kathmandu' }, 'csv', { name: 'zone' })).dataSha256).toBe(
    dataSha256,
  );
});

test('redaction hides every nasty value as well', async () => {
  const made = await maker.make({ kind: 'log', redact: true, columns: ['name', 'upn', 'scimId'] }, 'csv', {
    name: 'hidden',
  });
  const text = await readFile(made.file ?? '', 'utf8');
  expect(text).not.toMatch(/HYPERLINK|script|Quill|smile|SUM/u);
  expect(text.split('\r\n')).toHaveLength(rows.length + 2);
});

test('a forced report that fails at its last step leaves the old companion as it was', async () => {
  const name = 'in-the-way';
  const file = join(maker.folder, `${name}.csv`);
  // A folder cannot be replaced by a file: the report fails when it is put in its place.
  await mkdir(file);
  await writeFile(`${file}.report.json`, 'the seal of before');
  const failure = await failureOf(maker.make({ kind: 'log' }, 'csv', { name, force: true }));
  expect(failure).toMatchObject({ code: 'file-unwritable', file });
  expect(await readFile(`${file}.report.json`, 'utf8')).toBe('the seal of before');
  expect((await readdir(maker.folder)).filter((entry) => entry.startsWith(name)).sort()).toEqual([
    `${name}.csv`,
    `${name}.csv.report.json`,
  ]);
});
