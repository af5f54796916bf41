import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importLog } from '../../src-main/adapters/import/import-log.ts';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { ImportReport } from '../../src-main/contract/models/import.ts';
import { startDemoTenant, type DemoTenant } from '../../src-main/demo/start-tenant.ts';
import type { HistoryStore } from '../../src-main/services/ports.ts';
import { openDemoCollection, type DemoCollection } from '../support/collect-demo.ts';
import { failureOf } from '../support/failure-of.ts';

interface Row {
  id: string;
  activityDateTime: string;
  tenantId: string;
  changeId: string;
  cycleId: string;
  jobId: string;
  provisioningAction: string;
  servicePrincipal: { id: string; displayName: string };
  sourceIdentity: { id: string; displayName: string; identityType: string };
  targetIdentity: { id: string; displayName: string; identityType: string };
  provisioningStatusInfo: { status: string; errorInformation: { errorCode: string; reason: string } | null };
  provisioningSteps: {
    name: string;
    provisioningStepType: string;
    status: string;
    description: string;
    details: object;
  }[];
  modifiedProperties: { displayName: string; oldValue: string | null; newValue: string | null }[];
}

const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-import-'));
const open: HistoryStore[] = [];
let tenant: DemoTenant;
let collection: DemoCollection;
let rows: Row[];
let made = 0;

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 40, days: 6, seed: 7, now: '2026-11-20T12:00:00Z', throttling: false });
  collection = await openDemoCollection({ tenant });
  await collection.collect();
  const page = await collection.store.log.page({}, { limit: 1_000 });
  rows = [];
  for (const { id } of page.rows) {
    const found = await collection.store.log.row(id);
    if (found) rows.push(JSON.parse(found.raw) as Row);
  }
}, 60_000);
afterAll(async () => {
  for (const store of open) await store.close();
  await collection.close();
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = new Map<HistoryStore, string>();
const fresh = (): HistoryStore => {
  const file = join(folder, `history-${(made += 1)}.db`);
  const store = openSqliteHistory({ file });
  open.push(store);
  fileOf.set(store, file);
  return store;
};
const write = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, `${(made += 1)}-${name}`);
  writeFileSync(file, content);
  return file;
};
const run = (store: HistoryStore, files: string[], tenantId = tenant.ids.tenantId): Promise<ImportReport> =>
  importLog({
    store,
    files,
    origin: { tenantId, servicePrincipalId: tenant.ids.servicePrincipalId, importedAt: '2026-11-20T12:00:00Z' },
    progress: () => undefined,
  });
const count = async (store: HistoryStore): Promise<number> => (await store.counts()).logRows;

/** The three files of a download; `\ufeff` as the portal writes it. */
const threeFiles = (): [log: string, steps: string, changes: string] => {
  const csv = (lines: (string | null)[][]): string => `\ufeff${stringify(lines)}`;
  return [
    write(
      'ProvisioningLogs.csv',
      csv([
        [
          'Id',
          'Change ID',
          'Date',
          'Action',
          'Status',
          'Tenant ID',
          'Cycle ID',
          'Job ID',
          'Service Principal ID',
          'Source ID',
          'Source Display Name',
          'Source Identity Type',
          'Target ID',
          'Error Code',
          'Reason',
        ],
        ...rows.map((row) => [
          row.id,
          row.changeId,
          row.activityDateTime,
          row.provisioningAction,
          row.provisioningStatusInfo.status,
          row.tenantId,
          row.cycleId,
          row.jobId,
          row.servicePrincipal.id,
          row.sourceIdentity.id,
          row.sourceIdentity.displayName,
          row.sourceIdentity.identityType,
          row.targetIdentity.id,
          row.provisioningStatusInfo.errorInformation?.errorCode ?? '',
          row.provisioningStatusInfo.errorInformation?.reason ?? '',
        ]),
      ]),
    ),
    write(
      'ProvisioningLogs_ProvisioningSteps.csv',
      csv([
        ['Change ID', 'Name', 'Provisioning Step Type', 'Status', 'Description', 'Details'],
        ...rows.flatMap((row) =>
          row.provisioningSteps.map((step) => [
            row.changeId,
            step.name,
            step.provisioningStepType,
            step.status,
            step.description,
            JSON.stringify(step.details),
          ]),
        ),
      ]),
    ),
    write(
      'ProvisioningLogs_ModifiedProperties.csv',
      csv([
        ['Change ID', 'Display Name', 'Old Value', 'New Value'],
        ...rows.flatMap((row) =>
          row.modifiedProperties.map((one) => [row.changeId, one.displayName, one.oldValue, one.newValue]),
        ),
      ]),
    ),
  ];
};

describe('a download of the portal', () => {
  test.each([
    ['as JSON', () => write('log.json', JSON.stringify(rows)), 'portal-json'],
    [
      'as laid out JSON with a byte order mark',
      () => write('log.json', `\ufeff${JSON.stringify(rows, null, 2)}`),
      'portal-json',
    ],
    [
      'as an answer of Graph',
      () => write('log.json', JSON.stringify({ '@odata.context': 'x', value: rows })),
      'portal-json',
    ],
    ['as NDJSON', () => write('log.ndjson', rows.map((row) => JSON.stringify(row)).join('\n')), 'ndjson'],
    [
      'as a report of our own',
      () =>
        write(
          'log.ndjson',
          [
            { type: 'report', version: 1, report: { redaction: { on: false, keyId: null } } },
            { type: 'section', section: { id: 'log' } },
            ...rows.map((row) => ({
              type: 'row',
              table: 'log',
              values: { at: row.activityDateTime, body: JSON.stringify(row) },
            })),
            { type: 'end', table: 'log' },
          ]
            .map((line) => JSON.stringify(line))
            .join('\n'),
        ),
      'ndjson',
    ],
  ])('%s gives the rows that were collected', async (_, make, format) => {
    const store = fresh();
    const file = make();
    const report = await run(store, [file]);
    expect(report).toMatchObject({ rows: rows.length, inserted: rows.length, known: 0 });
    expect(report.imports).toMatchObject([{ format, files: [file] }]);
    const wanted = await collection.store.log.page({}, { limit: 1_000 });
    expect((await store.log.page({}, { limit: 1_000 })).rows).toEqual(wanted.rows);
    expect(await run(store, [file])).toMatchObject({ inserted: 0, known: rows.length });
    expect(await count(store)).toBe(rows.length);
  });

  test('as three CSV files gives the same rows, joined by change id', async () => {
    const store = fresh();
    const report = await run(store, threeFiles());
    expect(report).toMatchObject({ rows: rows.length, inserted: rows.length });
    const wanted = await collection.store.log.page({}, { limit: 1_000 });
    const found = await store.log.page({}, { limit: 1_000 });
    const told = ({ rows: list }: typeof found): unknown[] =>
      list.map(({ id, at, action, status, errorCode, benign, cycleId, changeId, subject }) => [
        id,
        Date.parse(at),
        action,
        status,
        errorCode,
        benign,
        cycleId,
        changeId,
        subject.entraId,
        subject.type,
      ]);
    expect(told(found)).toEqual(told(wanted));
    const [first] = rows;
    const stored = JSON.parse((await store.log.row(first?.id ?? ''))?.raw ?? '{}') as Row;
    expect(stored.provisioningSteps.length).toBe(first?.provisioningSteps.length);
    expect(stored.modifiedProperties).toEqual(
      first?.modifiedProperties.map(({ displayName, oldValue, newValue }) => ({
        displayName,
        oldValue: oldValue === '' ? null : oldValue,
        newValue: newValue === '' ? null : newValue,
      })),
    );
  });

  test('never replaces what was collected, and marks what it brought', async () => {
    const store = fresh();
    await run(store, [write('half.json', JSON.stringify(rows.slice(0, 5)))]);
    const changed = rows.slice(0, 8).map((row) => ({ ...row, provisioningAction: 'other' }));
    const report = await run(store, [write('changed.json', JSON.stringify(changed))]);
    expect(report).toMatchObject({ inserted: 3, known: 5 });
    const database = new Database(fileOf.get(store), { readonly: true });
    const marks = database.prepare('SELECT log_id, import_id FROM imported_rows ORDER BY import_id').raw().all();
    const imports = database.prepare('SELECT id, at, files, format FROM log_imports').raw().all();
    database.close();
    expect(marks.map((mark) => (mark as unknown[])[1])).toEqual([1, 1, 1, 1, 1, 2, 2, 2]);
    expect(imports).toMatchObject([
      [1, '2026-11-20T12:00:00Z', expect.stringContaining('half.json'), 'portal-json'],
      [2, '2026-11-20T12:00:00Z', expect.stringContaining('changed.json'), 'portal-json'],
    ]);
    expect((await store.log.row(rows[0]?.id ?? ''))?.row.action).toBe(rows[0]?.provisioningAction.toLowerCase());
  });

  test('rows of other applications are left out, and counted', async () => {
    const other = { ...rows[0], id: 'other-1', servicePrincipal: { id: '99999999-0000-4000-8000-000000000000' } };
    const store = fresh();
    const report = await run(store, [write('two.json', JSON.stringify([other, rows[1]]))]);
    expect(report.imports).toMatchObject([{ rows: 1, inserted: 1, otherApplications: 1 }]);
  });

  test('a CSV file without ids of its rows goes by the change, and adds nothing that was collected', async () => {
    const store = fresh();
    await run(store, [write('first.json', JSON.stringify(rows.slice(0, 4)))]);
    const lines = rows.slice(0, 6).map((row) => [row.changeId, row.activityDateTime, 'Create', 'Success']);
    const file = write('no-ids.csv', stringify([['Change ID', 'Date (UTC)', 'Action', 'Status'], ...lines]));
    const distinct = new Set(rows.slice(0, 6).map(({ changeId }) => changeId));
    for (const { changeId } of rows.slice(0, 4)) distinct.delete(changeId);
    expect((await run(store, [file])).inserted).toBe(distinct.size);
    expect((await run(store, [file])).inserted).toBe(0);
  });
});

describe('a bad file is named exactly, and changes nothing', () => {
  let untouched: HistoryStore;
  beforeAll(() => {
    untouched = fresh();
  });
  const heading = 'Change ID,Date,Action,Status\n';
  const good = (): string => `c-1,2026-11-01T10:00:00Z,create,success\n`;
  test.each<[string, () => string | Uint8Array, string]>([
    [
      'another tenant',
      () => JSON.stringify([rows[0], { ...rows[1], tenantId: '11111111-1111-4111-8111-111111111111' }]),
      'row 2 is of another tenant (11111111-1111-4111-8111-111111111111)',
    ],
    ['JSON cut off in a row', () => JSON.stringify(rows.slice(0, 3)).slice(0, -200), 'it is cut off after row 2'],
    [
      'JSON cut off between rows',
      () => `${JSON.stringify(rows.slice(0, 2)).slice(0, -1)},`,
      'it is cut off after row 2',
    ],
    [
      'NDJSON cut off',
      () => `${JSON.stringify(rows[0])}\n${JSON.stringify(rows[1]).slice(0, 300)}`,
      'line 2 is no whole JSON',
    ],
    [
      'rows without an id',
      () => JSON.stringify([{ activityDateTime: '2026-11-01T10:00:00Z' }]),
      'row 1 has no id or no time',
    ],
    ['no rows', () => '[]', 'it holds no row of the log'],
    [
      'only other applications',
      () => JSON.stringify([{ ...rows[0], servicePrincipal: { id: 'x' } }]),
      'all its rows are of other applications',
    ],
    ['an empty file', () => '', 'it is empty'],
    ['UTF-16', () => new Uint8Array(Buffer.from(`\ufeff${heading}`, 'utf16le')), 'written in UTF-16'],
    [
      'Latin-1',
      () => new Uint8Array(Buffer.from(`${heading}c-1,2026-11-01T10:00:00Z,cré,success\n`, 'latin1')),
      'it is no UTF-8',
    ],
    [
      'CSV without a column',
      () => 'Change ID,Date,Status\nc,2026-11-01T10:00:00Z,success\n',
      'its heading lacks the action',
    ],
    ['CSV cut off in a row', () => `${heading}${good()}c-2,2026-11-01`, 'is cut off at line 3'],
    ['CSV cut off in a value', () => `${heading}${good()}"c-2`, 'cut off in the middle of a value'],
    [
      'a time that could mean two days',
      () => `${heading}c-1,11/02/2026 10:00,create,success\n`,
      'the time "11/02/2026 10:00" at line 2',
    ],
    ['a change without an id', () => `${heading},2026-11-01T10:00:00Z,create,success\n`, 'line 2 names no change'],
    [
      'a redacted report',
      () => JSON.stringify({ type: 'report', report: { redaction: { on: true } } }),
      'it is a redacted report',
    ],
    [
      'a report without bodies',
      () => JSON.stringify({ type: 'row', table: 'log', values: { at: 'x' } }),
      'has no column "body"',
    ],
  ])('%s', async (_, content, told) => {
    const store = untouched;
    const good2 = write('good.json', JSON.stringify(rows.slice(0, 2)));
    const file = write('bad', content());
    const failure = await failureOf(run(store, [good2, file]));
    expect(failure).toMatchObject({ code: 'input-invalid', file });
    expect(failure.message).toContain(told);
    expect(await count(store)).toBe(0);
  });

  test('a file of steps without the main file, two main files, and a file that is not there', async () => {
    const store = untouched;
    const [log, steps] = threeFiles();
    expect(await failureOf(run(store, [steps]))).toMatchObject({ code: 'input-invalid', file: steps });
    expect(await failureOf(run(store, [log, log]))).toMatchObject({ code: 'input-invalid', file: log });
    const missing = join(folder, 'no-such-file.json');
    expect(await failureOf(run(store, [missing]))).toMatchObject({ code: 'file-unreadable', file: missing });
    expect(await failureOf(run(store, [folder]))).toMatchObject({ code: 'file-unreadable', file: folder });
    expect(await count(store)).toBe(0);
  });
});
