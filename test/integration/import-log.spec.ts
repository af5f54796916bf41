import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvHeadings, neededFields, recogniseCsv } from '../../src-main/adapters/import/csv-columns.ts';
import { importLog } from '../../src-main/adapters/import/import-log.ts';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { ImportOrigin, ImportReport } from '../../src-main/contract/models/import.ts';
import { startDemoTenant, type DemoTenant } from '../../src-main/demo/start-tenant.ts';
import type { FromCare } from '../../src-main/hosts/worker/care-protocol.ts';
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

/** What refusals said. */
const said: string[] = [];
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
const origin = (): ImportOrigin => ({
  tenantId: tenant.ids.tenantId,
  servicePrincipalId: tenant.ids.servicePrincipalId,
  importedAt: '2026-11-20T12:00:00Z',
});
const run = (
  store: HistoryStore,
  files: string[],
  progress: (note: string, items: number) => void = () => undefined,
): Promise<ImportReport> => importLog({ store, files, origin: origin(), progress });
/** Every row of every table that an import could touch. */
const contentOf = (file: string): unknown[] => {
  const database = new Database(file, { readonly: true });
  try {
    const tables = [
      'log_rows',
      'log_bodies',
      'log_counts',
      'links',
      'scope_hints',
      'issues',
      'log_imports',
      'imported_rows',
    ];
    return tables.map((table) => database.prepare(`SELECT * FROM ${table}`).raw().all());
  } finally {
    database.close();
  }
};
/** A download of more rows than are put aside at once. */
const manyRows = (rowCount: number, more = 0): string =>
  JSON.stringify(
    Array.from({ length: rowCount }, (_, index) => ({
      ...rows[index % rows.length],
      id: `many-${index}`,
      changeId: `many-${index}`,
      filler: 'x'.repeat(more),
    })),
  );
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
    ['nothing but blanks', () => ' \n \n', 'it is empty'],
    ['UTF-16', () => new Uint8Array(Buffer.from(`\ufeff${heading}`, 'utf16le')), 'written in UTF-16'],
    [
      'UTF-16 with the great end first',
      () => new Uint8Array(Buffer.from(`\ufeff${heading}`, 'utf16le').swap16()),
      'written in UTF-16',
    ],
    ['UTF-16 without a mark', () => new Uint8Array(Buffer.from(JSON.stringify(rows), 'utf16le')), 'written in UTF-16'],
    [
      'UTF-16 without a mark, the great end first',
      () => new Uint8Array(Buffer.from(heading, 'utf16le').swap16()),
      'written in UTF-16',
    ],
    ['NUL in a value', () => `${heading}c-1\u0000,2026-11-01T10:00:00Z,create,success\n`, 'byte 33 is NUL'],
    ['nothing but NUL', () => new Uint8Array(5_000), 'byte 1 is NUL'],
    ['NUL in JSON', () => `[{"id":"\u0000"}]`, 'byte 9 is NUL'],
    [
      'no UTF-8 after a megabyte of wide characters',
      () =>
        new Uint8Array(Buffer.concat([Buffer.from(`["${'\u4e2d\ufffd'.repeat(200_000)}"`), Buffer.from([0xe4, 0x28])])),
      'it is no UTF-8 at byte 1200004',
    ],
    [
      'cut off in the middle of a character',
      () => new Uint8Array(Buffer.from(`${heading}${good()}c-2,\u4e2d`).subarray(0, -1)),
      'it is cut off in the middle of a character',
    ],
    [
      'a row of JSON without an end',
      () => `[${JSON.stringify(rows[0])},{"id":"${'x'.repeat(16_100_000)}"}]`,
      'row 2 is longer than 16,000,000 characters',
    ],
    [
      'a line without an end',
      () => `${JSON.stringify(rows[0])}\n{"id":"${'x'.repeat(16_100_000)}"}`,
      'line 2 is longer than 16,000,000 characters',
    ],
    [
      'a row of CSV without an end',
      () => `${heading}${good()}"${'x'.repeat(16_100_000)}",2026-11-01T10:00:00Z,create,success\n`,
      'is longer than 16,000,000 characters',
    ],
    ['JSON that is none', () => '[{"id" "x"}]', 'row 1 is no whole JSON'],
    ['a bracket too many', () => `${JSON.stringify(rows.slice(0, 2))}]`, 'it is no JSON after row 2'],
    ['CSV with a quote inside', () => `${heading}c"1,2026-11-01T10:00:00Z,create,success\n`, 'it is no CSV at line 2'],
    ['a heading and no rows', () => heading, 'it holds no row of the log'],
    [
      'Latin-1',
      () => new Uint8Array(Buffer.from(`${heading}c-1,2026-11-01T10:00:00Z,cré,success\n`, 'latin1')),
      'it is no UTF-8 at byte 57',
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
    said.push(failure.message);
    expect(await count(store)).toBe(0);
  });

  test('a file of steps without the main file, two main files, and what is no file', async () => {
    const store = untouched;
    const [log, steps] = threeFiles();
    const missing = join(folder, 'no-such-file.json');
    for (const [files, file, code] of [
      [[steps], steps, 'input-invalid'],
      [[log, log], log, 'input-invalid'],
      [[missing], missing, 'file-unreadable'],
      [[folder], folder, 'file-unreadable'],
      [['/dev/null'], '/dev/null', 'file-unreadable'],
    ] as const) {
      const failure = await failureOf(run(store, [...files]));
      expect(failure).toMatchObject({ code, file });
      said.push(failure.message);
    }
    expect(await count(store)).toBe(0);
  });

  test('steps of a change that are together longer than a row', async () => {
    const [log] = threeFiles();
    const change = rows[0]?.changeId ?? '';
    const long = 'x'.repeat(6_000_000);
    const steps = write(
      'steps.csv',
      stringify([
        ['Change ID', 'Provisioning Step Type', 'Status', 'Description'],
        ...[1, 2, 3].map(() => [change, 'import', 'success', long]),
      ]),
    );
    const failure = await failureOf(run(untouched, [log, steps]));
    expect(failure).toMatchObject({ code: 'input-invalid', file: log });
    expect(failure.message).toMatch(/the change at line \d+ with its steps and properties is longer than/u);
    said.push(failure.message);
    expect(await count(untouched)).toBe(0);
  });

  test('a file of 2 GB without content', async () => {
    const file = write('sparse.json', '');
    truncateSync(file, 2 ** 31);
    expect((await failureOf(run(untouched, [file]))).message).toContain('byte 1 is NUL');
    rmSync(file);
  });

  test('a file that changes while it is read, and one that changed before its turn came', async () => {
    const first = write('first.json', manyRows(2_500, 1_000));
    const second = write('second.json', JSON.stringify(rows.slice(0, 2)));
    for (const [changed, change] of [
      [first, ' '],
      [second, '\n'],
    ] as const) {
      let told = false;
      const failure = await failureOf(
        run(untouched, [first, second], () => {
          if (!told) appendFileSync(changed, change);
          told = true;
        }),
      );
      expect(failure).toMatchObject({ code: 'input-invalid', file: changed });
      expect(failure.message).toContain('it was changed while it was read');
      said.push(failure.message);
    }
    expect(await count(untouched)).toBe(0);
  });
});

describe('all or nothing', () => {
  test('what fails while rows are stored leaves everything as it was', async () => {
    const store = fresh();
    await run(store, [write('before.json', JSON.stringify(rows.slice(0, 3)))]);
    const file = fileOf.get(store) ?? '';
    const before = contentOf(file);
    const files = [write('many.json', manyRows(3_500)), write('rest.json', JSON.stringify(rows))];
    const failing = run(store, files, (note, items) => {
      if (note === 'Storing rows' && items > 2_000) throw new Error('the disk is gone');
    });
    await expect(failing).rejects.toThrow('the disk is gone');
    expect(contentOf(file)).toEqual(before);
    expect(await run(store, files)).toMatchObject({ inserted: 3_500 + rows.length - 3 });
  });

  test('a cancelled import leaves everything as it was, and nobody waiting', async () => {
    const store = fresh();
    const database = fileOf.get(store) ?? '';
    const before = contentOf(database);
    const worker = new Worker(new URL('../../src-main/hosts/worker/care-worker.ts', import.meta.url), {
      workerData: {
        task: 'import',
        order: { database, files: [write('many.json', manyRows(30_000))], origin: origin() },
        dataDirectory: folder,
      },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    // As `runCare` does when its call is cancelled.
    await new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (message: FromCare) => {
        if (message.type === 'progress' && message.note === 'Storing rows')
          void worker.terminate().then(() => resolve());
        else if (message.type !== 'progress') reject(new Error(`it ended: ${JSON.stringify(message)}`));
      });
    });
    expect(contentOf(database)).toEqual(before);
    expect(await run(store, [write('one.json', JSON.stringify(rows.slice(0, 1)))])).toMatchObject({ inserted: 1 });
  });

  test('nothing waits for an import that still reads its files', async () => {
    const store = fresh();
    const other = openSqliteHistory({ file: fileOf.get(store) ?? '', busyTimeoutMs: 0 });
    open.push(other);
    const written: Promise<unknown>[] = [];
    await run(store, [write('many.json', manyRows(2_500))], (note) => {
      if (note === 'Checking the files') written.push(other.runs.start('2026-11-20T12:00:00Z'));
    });
    expect(await Promise.all(written)).toHaveLength(6);
  });

  test('of several rows with one id the first counts', async () => {
    const store = fresh();
    const twice = [rows[0], { ...rows[0], provisioningAction: 'other' }];
    const report = await run(store, [
      write('twice.json', JSON.stringify(twice)),
      write('again.json', JSON.stringify(twice)),
    ]);
    expect(report).toMatchObject({ rows: 4, inserted: 1, known: 3 });
    expect((await store.log.row(rows[0]?.id ?? ''))?.row.action).toBe(rows[0]?.provisioningAction.toLowerCase());
  });
});

describe('docs/import.md', () => {
  const text = readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8');
  /** Rows of the table below a heading, their cells. */
  const tableBelow = (heading: string): string[][] =>
    (text.split(`\n${heading}\n`)[1] ?? '')
      .split(/\n#/u)[0]
      ?.split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) =>
        line
          .split(/(?<!\\)\|/u)
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ) ?? [];
  const plain = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]/gu, '');

  test.each([
    ['### The main file', 'log'],
    ['### Steps', 'steps'],
    ['### Modified properties', 'changes'],
  ] as const)('%s: names every heading that is recognised, and which are needed', (heading, kind) => {
    const table = tableBelow(heading);
    const known = Object.entries<readonly string[]>(csvHeadings[kind]);
    expect(table.map(([, required, names]) => [required === 'yes', (names ?? '').split(', ').map(plain)])).toEqual(
      known.map(([field, names]) => [neededFields[kind].includes(field), [...names]]),
    );
    // The names as they stand there are recognised, each alone.
    for (const [, , names = ''] of table) {
      for (const name of names.split(', ')) {
        const others = table.filter((row) => row[2] !== names).map((row) => row[2]?.split(', ')[0] ?? '');
        expect(recogniseCsv([name, ...others])).toMatchObject({ kind });
      }
    }
  });

  test('says what is refused with the words that are used, and no others', () => {
    const patterns = tableBelow('## What is refused').map(([words = '']) => {
      const escaped = words.replaceAll('`', '').replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
      return {
        words,
        fits: new RegExp(
          `(?:: |^The file .*)${escaped.replaceAll(/\bN\b/gu, '[\\d,]+').replaceAll('TEXT', '.+')}\\.$`,
          'u',
        ),
      };
    });
    expect(said.filter((message) => !patterns.some(({ fits }) => fits.test(message)))).toEqual([]);
    expect(
      patterns.filter(({ fits }) => !said.some((message) => fits.test(message))).map(({ words }) => words),
    ).toEqual([]);
  });
});
