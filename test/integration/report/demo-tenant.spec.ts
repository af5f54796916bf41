import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pseudonymsOf } from '../../../src-main/adapters/files/redaction-key.ts';
import { writeCaseFile } from '../../../src-main/adapters/sqlite/case-file/write-case-file.ts';
import { checkReport } from '../../../src-main/adapters/files/check-report.ts';
import type { Finding } from '../../../src-main/contract/models/finding.ts';
import { reportFormats, reportKinds, type ReportOptions } from '../../../src-main/contract/models/report.ts';
import { wordsOf } from '../../../src-main/core/report/words/words-of.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { openDemoCollection, type DemoCollection } from '../../support/collect-demo.ts';
import { failureOf } from '../../support/failure-of.ts';
import {
  readCsvRows,
  readJsonReport,
  readNdjson,
  readPdfText,
  readSheets,
  tableOf,
  type ReadReport,
  type ReadTable,
} from '../../support/read-report.ts';
import { openReportMaker, testKey, type ReportMaker } from '../../support/report-maker.ts';

let tenant: DemoTenant;
let demo: DemoCollection;
let maker: ReportMaker;
let findings: Finding[];
let somebody: string;

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 22, days: 4, seed: 7, now: '2026-11-20T20:00:00Z' });
  demo = await openDemoCollection({ tenant });
  await demo.collect();
  await demo.crossCheck();
  await tenant.advanceTo(tenant.nowMs + 86_400_000);
  await demo.collect();
  findings = (await demo.crossCheck()).findings;
  maker = await openReportMaker(demo.store, {
    now: new Date(tenant.nowMs).toISOString(),
    jobId: demo.connection.jobId ?? '',
  });
  somebody = findings.find(({ subject }) => subject.type === 'user' && subject.entraId !== null)?.subject.entraId ?? '';
}, 60_000);

afterAll(async () => {
  await maker.close();
  await demo.close();
  await tenant.close();
});

const optionsOf = (kind: ReportOptions['kind']): ReportOptions => ({
  kind,
  ...(kind === 'evidence' ? { subject: somebody } : {}),
});
const mainTables: Partial<Record<ReportOptions['kind'], string>> = {
  reconciliation: 'findings',
  people: 'people',
  log: 'log',
  leavers: 'leavers',
  difference: 'differences',
  setup: 'checks',
};
const texts = (rows: ReadTable['rows'], column: string): string[] =>
  rows.flatMap((row) => (typeof row[column] === 'string' ? [row[column]] : []));
/** As a word of its own: "extern" is somebody's user name, and the beginning of "external". */
const standsIn = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}]/u.test(text[at + word.length] ?? '')) return true;
  }
  return false;
};
/** A text that a page's end breaks goes on behind the foot, and the head of the table that is repeated. */
const withoutRunningHeads = (pdf: string, title: string, table: ReadTable): string => {
  let text = pdf.replaceAll(new RegExp(`${squeezed(title)}:ContosoPage\\d+/\\d+`, 'gu'), '\u0000');
  for (let count = table.columns.length; count > 1; count -= 1) {
    const head = squeezed(
      table.columns
        .slice(0, count)
        .map(({ title }) => title)
        .join(''),
    );
    text = text.replaceAll(`\u0000${head}`, '');
  }
  return text.replaceAll('\u0000', '');
};
const squeezed = (text: string): string => text.replaceAll(/\s+/gu, '');

describe.each(reportKinds)('%s', (kind) => {
  let json: ReadReport;
  let sums: string[] = [];

  beforeAll(async () => {
    const made = [];
    for (const format of reportFormats) made.push(await maker.make(optionsOf(kind), format));
    sums = made.map(({ dataSha256 }) => dataSha256);
    json = await readJsonReport(join(maker.folder, `${kind}.json`));
  }, 60_000);

  test('has the same data in every format, says so, and every file is intact', async () => {
    expect(new Set(sums).size).toBe(1);
    for (const format of reportFormats) {
      const check = await checkReport(join(maker.folder, `${kind}.${format}`));
      expect(check, format).toMatchObject({ format, state: 'intact', dataSha256: sums[0] });
      expect(check.limits).toMatch(/does not prove who/u);
    }
  });

  test('fits its schema, as a document, in lines, and beside CSV', async () => {
    const schema = JSON.parse(
      await readFile(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
    const document = ajv.compile(schema);
    expect(document(json) ? [] : document.errors).toEqual([]);
    const beside = JSON.parse(await readFile(join(maker.folder, `${kind}.csv.report.json`), 'utf8')) as object;
    expect(document(beside) ? [] : document.errors).toEqual([]);
    const line = ajv.compile({ $ref: 'https://unifi-monitor.invalid/report.schema.json#/$defs/line' });
    const lines = await readNdjson(join(maker.folder, `${kind}.ndjson`));
    expect(lines.filter((entry) => !line(entry))).toEqual([]);
    const rows = lines.filter(({ type }) => type === 'row').map(({ values }) => values);
    expect(rows).toEqual(json.sections.filter(({ type }) => type === 'table').flatMap((table) => table.rows));
  });

  test('CSV, the workbook, the page and the PDF hold what JSON holds', async () => {
    const tables = json.sections.filter(({ type }) => type === 'table');
    const sheets = await readSheets(join(maker.folder, `${kind}.xlsx`));
    const page = await readFile(join(maker.folder, `${kind}.html`), 'utf8');
    const plainPage = page.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    const { text: pdf } = await readPdfText(join(maker.folder, `${kind}.pdf`));
    for (const table of tables) {
      const sheet = sheets.get(table.title) ?? [];
      expect(sheet[0], table.id).toEqual(table.columns.map(({ title }) => title));
      expect(sheet).toHaveLength(table.rowCount + 1);
      const { columns } = table;
      for (const [index, row] of table.rows.entries()) {
        for (const [place, { id, type }] of columns.entries()) {
          const cell = sheet[index + 1]?.[place] ?? null;
          const value = row[id] ?? null;
          if (type === 'time' && value !== null) {
            expect(Math.abs(Number(cell) - Date.parse(String(value))), id).toBeLessThan(1000);
          } else expect(cell ?? '', `${table.id}.${id}`).toEqual(value ?? '');
        }
      }
      const flowing = withoutRunningHeads(pdf, json.report.title, table);
      for (const column of ['name', 'advice', 'reason', 'remedy', 'evidence']) {
        const values = texts(table.rows, column).slice(0, 20);
        // In the middle, a row that a page's end breaks may be told column by column.
        const ends = (value: string): string[] => [squeezed(value).slice(0, 40), squeezed(value).slice(-40)];
        expect(values.flatMap(ends).filter((end) => !flowing.includes(end))).toEqual([]);
        expect(values.filter((value) => !plainPage.includes(value))).toEqual([]);
      }
    }
    const main = mainTables[kind];
    const csv = await readCsvRows(join(maker.folder, `${kind}.csv`));
    if (main === undefined) {
      expect(csv.length).toBeGreaterThan(3);
      return;
    }
    const table = tableOf(json, main);
    expect(csv).toHaveLength(table.rowCount);
    for (const { id, title, type } of table.columns) {
      if (type !== 'text') continue;
      const unquoted = csv.map((row) => (row[title] ?? '').replace(/^'(?=\s*[=+\-@])/u, ''));
      expect(unquoted, id).toEqual(table.rows.map((row) => row[id] ?? ''));
    }
  });
});

test('the reconciliation holds every finding, and people everybody, as the store has them', async () => {
  const reconciliation = await readJsonReport(join(maker.folder, 'reconciliation.json'));
  expect(texts(tableOf(reconciliation, 'findings').rows, 'findingId').sort()).toEqual(
    findings.map(({ id }) => id).sort(),
  );
  const people = await readJsonReport(join(maker.folder, 'people.json'));
  const { total } = await demo.store.people.page({}, { limit: 1, withTotal: true });
  expect(tableOf(people, 'people').rowCount).toBe(total);
  const { rows } = tableOf(people, 'people');
  const withFindings = rows.filter((row) => row['findings'] !== null);
  expect(withFindings).not.toEqual([]);
  expect(withFindings.every((row) => row['verdict'] !== null)).toBe(true);
  const log = await readJsonReport(join(maker.folder, 'log.json'));
  const stored = await demo.store.log.page({}, { limit: 1, withTotal: true });
  expect(tableOf(log, 'log')).toMatchObject({ rowCount: stored.total, cut: false });
});

test('a changed byte is found, whatever the format, and so is a file that is no report', async () => {
  for (const format of reportFormats) {
    const file = join(maker.folder, `reconciliation.${format}`);
    const bytes = await readFile(file);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    const copy = join(maker.folder, `changed.${format}`);
    await writeFile(copy, bytes);
    if (format === 'csv') await writeFile(`${copy}.report.json`, await readFile(`${file}.report.json`));
    expect((await checkReport(copy)).state, format).toBe('changed');
    await writeFile(copy, bytes.subarray(0, -40));
    if (format !== 'csv') expect((await checkReport(copy)).state, format).toBe('unsealed');
  }
  const other = join(maker.folder, 'other.csv');
  await writeFile(other, 'a,b\r\n');
  expect((await checkReport(other)).state).toBe('unsealed');
});

test('redaction leaves no name, address or id of anybody, and the same value one pseudonym', async () => {
  const { names, identifiers } = await demo.store.people.vocabulary();
  // An account that is called "Administrator" is a word of the product's own sentences as well.
  const secrets = [...names, ...identifiers]
    .map((text) => text.toLowerCase())
    .filter((text) => /[\s@.\d-]/u.test(text) && text.length > 5);
  const people = await readJsonReport(join(maker.folder, 'people.json'));
  const ids = [
    ...texts(tableOf(people, 'people').rows, 'entraId'),
    ...texts(tableOf(people, 'people').rows, 'upn'),
  ].map((id) => id.toLowerCase());
  expect(Math.min(secrets.length, ids.length)).toBeGreaterThan(10);
  const seen = new Map<string, string>();
  for (const kind of reportKinds) {
    const options = { ...optionsOf(kind), redact: true };
    const columns = kind === 'log' ? { columns: ['name', 'upn', 'reason', 'steps', 'changes', 'body'] } : {};
    // What is written is redacted before any format sees it: a page stands for the others.
    for (const format of ['ndjson', ...(kind === 'reconciliation' ? (['html'] as const) : [])] as const) {
      const { file } = await maker.make({ ...options, ...columns }, format, { name: `redacted-${kind}` });
      const text = (await readFile(file ?? '', 'utf8')).toLowerCase();
      expect(
        secrets.filter((secret) => standsIn(text, secret)),
        `${kind} ${format}`,
      ).toEqual([]);
      expect(
        ids.filter((id) => text.includes(id)),
        `${kind} ${format}`,
      ).toEqual([]);
    }
    const clear = (await readNdjson(join(maker.folder, `${kind}.ndjson`))).filter(({ type }) => type === 'row');
    const hidden = (await readNdjson(join(maker.folder, `redacted-${kind}.ndjson`))).filter(
      ({ type }) => type === 'row',
    );
    expect(hidden).toHaveLength(clear.length);
    for (const [index, row] of clear.entries()) {
      for (const column of ['name', 'upn'] as const) {
        const value = (row['values'] as Record<string, string | null>)[column]?.toLowerCase();
        const pseudonym = (hidden[index]?.['values'] as Record<string, string | null>)[column];
        if (!value) continue;
        if (!pseudonym) throw new Error(`${kind} ${column} ${value} has no pseudonym`);
        expect(seen.get(`${column} ${value}`) ?? pseudonym).toBe(pseudonym);
        seen.set(`${column} ${value}`, pseudonym);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(10);
  // Different people stay different people.
  expect(new Set(seen.values()).size).toBeGreaterThan(10);
});

test('a redacted report names connection, tenant and domains as little as a redacted case file, by the same words', async () => {
  await maker.make({ kind: 'people' }, 'json', { name: 'clear' });
  const { name, tenantId } = (await readJsonReport(join(maker.folder, 'clear.json'))).report.connection;
  const { identifiers } = await demo.store.people.vocabulary();
  const domains = new Set(identifiers.flatMap((id) => id.toLowerCase().split('@').slice(1)));
  expect(domains.size).toBeGreaterThan(0);
  const client = [name.toLowerCase(), tenantId, new URL(tenant.scimBaseUrl).host, ...domains];
  for (const kind of reportKinds) {
    const { file } = await maker.make({ ...optionsOf(kind), redact: true }, 'ndjson', { name: `head-${kind}` });
    const text = (await readFile(file ?? '', 'utf8')).toLowerCase();
    expect(
      client.filter((word) => standsIn(text, word)),
      kind,
    ).toEqual([]);
  }
  await maker.make({ kind: 'people', redact: true }, 'json', { name: 'head' });
  const { report } = await readJsonReport(join(maker.folder, 'head.json'));
  expect(report.redaction.on).toBe(true);
  const target = join(maker.folder, 'case.db');
  const { connection } = writeCaseFile({
    source: demo.databaseFile,
    target,
    scope: { what: 'all' },
    redaction: pseudonymsOf(Buffer.from(testKey.key, 'hex')),
    about: { version: '0.1.0', connection: name, tenantId, jobId: null, writtenAt: '2026-11-20T12:00:00Z' },
    progress: () => undefined,
  });
  const manifest = new Database(target, { readonly: true }).prepare('SELECT json FROM case_manifest').pluck().get();
  expect(JSON.parse(String(manifest))).toMatchObject({
    connection: report.connection.name,
    tenantId: report.connection.tenantId,
  });
  expect(connection).toMatch(/^name-/u);
  // The product's own name tells nothing about anybody.
  expect(report.connection.application).toBe('UNIFI');
});

test('a row limit is said in every format', async () => {
  const options: ReportOptions = { kind: 'log', rowLimit: 5 };
  const { total } = await demo.store.log.page({}, { limit: 1, withTotal: true });
  for (const format of reportFormats) {
    const { tables } = await maker.make(options, format, { name: 'cut' });
    expect(tables[0], format).toEqual({ table: 'log', rows: 5, total, cut: true });
  }
  const said = `Only the first 5 of ${new Intl.NumberFormat('en-GB').format(total ?? 0)} rows are shown.`;
  expect(await readFile(join(maker.folder, 'cut.html'), 'utf8')).toContain(said);
  expect((await readPdfText(join(maker.folder, 'cut.pdf'))).text).toContain(squeezed(said));
  expect([...(await readSheets(join(maker.folder, 'cut.xlsx'))).values()].flat(2)).toContain(said);
  expect(tableOf(await readJsonReport(join(maker.folder, 'cut.json')), 'log')).toMatchObject({ cut: true, total });
  const beside = JSON.parse(await readFile(join(maker.folder, 'cut.csv.report.json'), 'utf8')) as { tables: object[] };
  expect(beside.tables[0]).toEqual({ table: 'log', rows: 5, total, cut: true });
});

test('German reports are German, in the chosen zone, and the summary for managers is one page', async () => {
  const german: ReportOptions = {
    kind: 'reconciliation',
    language: 'de',
    timeZone: 'Asia/Kolkata',
    client: 'Müller & Söhne',
  };
  const { file } = await maker.make(german, 'html', { name: 'german' });
  const page = await readFile(file ?? '', 'utf8');
  expect(page).toContain('<html lang="de">');
  expect(page).toContain('Müller &amp; Söhne');
  expect(page).toContain('Maßnahme');
  expect(page).not.toMatch(/What to do|Findings|Where this comes from|All \d+ rows/u);
  await maker.make(german, 'csv', { name: 'german' });
  const rows = await readCsvRows(join(maker.folder, 'german.csv'));
  expect(rows[0]?.['Zuerst gesehen']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/u);
  for (const language of ['en', 'de'] as const) {
    await maker.make({ kind: 'health', language }, 'pdf', { name: `health-${language}` });
    expect((await readPdfText(join(maker.folder, `health-${language}.pdf`))).pages).toBe(1);
  }
});

test.each(reportKinds)(
  'a German %s report says near its head what of it is in English, in every format',
  async (kind) => {
    const said = wordsOf('de').englishParts?.[kind] ?? '';
    expect(said).toMatch(/^Auf Englisch: .*\.$/u);
    const name = `english-parts-${kind}`;
    for (const format of reportFormats) await maker.make({ ...optionsOf(kind), language: 'de' }, format, { name });
    const at = (ending: string): string => join(maker.folder, `${name}.${ending}`);
    const html = await readFile(at('html'), 'utf8');
    expect(html.indexOf(said)).toBeGreaterThan(0);
    expect(html.indexOf(said)).toBeLessThan(html.indexOf('<section'));
    expect((await readPdfText(at('pdf'))).text.indexOf(squeezed(said))).toBeGreaterThan(0);
    expect([...(await readSheets(at('xlsx'))).values()][0]?.flat()).toContain(said);
    const heads = [
      await readJsonReport(at('json')),
      (await readNdjson(at('ndjson')))[0],
      JSON.parse(await readFile(at('csv.report.json'), 'utf8')),
    ] as { report: { languageNote: string } }[];
    expect(heads.map(({ report }) => report.languageNote)).toEqual([said, said, said]);
    await maker.make(optionsOf(kind), 'json', { name });
    expect((await readJsonReport(at('json'))).report).toMatchObject({ languageNote: null });
  },
);

test('only what was chosen is in it: columns, kinds, people, groups, period', async () => {
  const columns = ['name', 'upn'];
  await maker.make({ kind: 'people', columns, people: [somebody] }, 'json', { name: 'one' });
  const people = tableOf(await readJsonReport(join(maker.folder, 'one.json')), 'people');
  expect(people.columns.map(({ id }) => id)).toEqual(columns);
  expect(people.rowCount).toBe(1);
  const kind = findings[0]?.kind ?? 'missing-in-target';
  await maker.make({ kind: 'reconciliation', findingKinds: [kind] }, 'json', { name: 'kind' });
  const some = tableOf(await readJsonReport(join(maker.folder, 'kind.json')), 'findings');
  expect(some.rowCount).toBe(findings.filter((finding) => finding.kind === kind).length);
  const from = new Date(tenant.nowMs - 2 * 86_400_000).toISOString();
  await maker.make({ kind: 'log', from, columns: ['at'] }, 'json', { name: 'period' });
  const { rows } = tableOf(await readJsonReport(join(maker.folder, 'period.json')), 'log');
  const { total } = await demo.store.log.page({ from }, { limit: 1, withTotal: true });
  expect(rows).toHaveLength(total ?? -1);
  const { items } = await demo.store.snapshots.read('group-members', { after: null, limit: 50 });
  const group = items.toSorted((a, b) => b.item.userIds.length - a.item.userIds.length)[0]?.item;
  expect(group?.userIds.length).toBeGreaterThan(0);
  await maker.make({ kind: 'people', groups: [group?.groupId ?? ''], columns: ['entraId'] }, 'json', { name: 'group' });
  const members = tableOf(await readJsonReport(join(maker.folder, 'group.json')), 'people');
  expect(texts(members.rows, 'entraId')).toEqual(expect.arrayContaining(group?.userIds ?? ['none']));
});

test('what cannot be is refused by name, and nothing is left behind', async () => {
  const refusals: [ReportOptions, string][] = [
    [{ kind: 'people', columns: ['name', 'shoeSize'] }, 'columns'],
    [{ kind: 'people', people: ['nobody-of-that-name'] }, 'people'],
    [{ kind: 'people', groups: ['no such group'] }, 'groups'],
    [{ kind: 'log', from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' }, 'to'],
    [{ kind: 'log', from: '2126-11-02T00:00:00Z' }, 'from'],
    [{ kind: 'log', timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ kind: 'evidence' }, 'subject'],
    [{ kind: 'health', people: ['ada'] }, 'people'],
    [{ kind: 'difference', fromState: '1', toState: '1' }, 'from'],
    [{ kind: 'difference', fromState: 'noon' }, 'from'],
    [{ kind: 'health', logo: Buffer.from('<svg/>').toString('base64') }, 'logo'],
  ];
  for (const [options, field] of refusals) {
    const failure = await failureOf(maker.make(options, 'json', { name: 'refused' }));
    expect(failure, field).toMatchObject({ code: 'input-invalid' });
    expect(
      failure.fields?.map((one) => one.field),
      field,
    ).toContain(field);
  }
  await maker.make({ kind: 'health' }, 'json', { name: 'kept' });
  const kept = await readFile(join(maker.folder, 'kept.json'));
  expect(await failureOf(maker.make({ kind: 'log' }, 'json', { name: 'kept', force: false }))).toMatchObject({
    code: 'file-exists',
  });
  expect(await readFile(join(maker.folder, 'kept.json'))).toEqual(kept);
  for (const format of reportFormats) {
    expect(await failureOf(maker.makeAndCancel({ kind: 'log' }, format))).toMatchObject({ code: 'cancelled' });
  }
  expect((await readdir(maker.folder)).filter((name) => /refused|cancelled|\.tmp$/u.test(name))).toEqual([]);
});
