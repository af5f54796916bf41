import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '../../../src-main/contract/failure.ts';
import type { Page } from '../../../src-main/contract/models/page.ts';
import type { Person } from '../../../src-main/contract/models/person.ts';
import { composeApp, type App } from '../../../src-main/hosts/compose.ts';
import { runHere, temporaryDirectory, valueOf as valueOfRun } from '../../support/cli.ts';
import type { PurgeEntry } from '../../../src-main/contract/models/purge.ts';

const here = (path: string): URL => new URL(path, import.meta.url);
const callId = 'purge';
let app: App;
let directory: string;
let connection: string;
let person: Person;
let receiptId: string;

const valueOf = async <T>(answer: Promise<Result<T>>): Promise<T> => {
  const result = await answer;
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
};
const upnOf = ({ entra }: Person): string => entra?.userPrincipalName ?? '';
const people = (text: string, on = connection): Promise<Page<Person>> =>
  valueOf(app.api.listPeople({ connection: on, filter: { text }, page: { limit: 200, withTotal: true } }));

/**
 * Every byte that the data directory holds of histories, saved queries and saved reports. Read by another process: a
 * process that closes a file gives up the locks that it holds on it, and the store's threads hold some.
 */
const historyBytes = (): string => {
  const read = `const { readdirSync, readFileSync } = require('node:fs');
    for (const entry of readdirSync(process.argv[1], { recursive: true, withFileTypes: true }))
      if (entry.isFile()) process.stdout.write(readFileSync(entry.parentPath + '/' + entry.name))`;
  return execFileSync(process.execPath, ['-e', read, join(directory, 'connections')], { maxBuffer: 1024 ** 3 })
    .toString('latin1')
    .toLowerCase();
};
const expectGone = (): void => {
  const bytes = historyBytes();
  const traces = [person.entra?.id, upnOf(person), person.scim?.id, person.entra?.mail].flatMap((text) => text ?? []);
  for (const trace of traces) {
    expect({ trace, there: bytes.includes(trace.toLowerCase()) }).toEqual({ trace, there: false });
  }
};

beforeAll(async () => {
  directory = await temporaryDirectory();
  app = await composeApp({
    host: 'cli',
    dataDirectory: directory,
    env: {},
    openBrowser: () => Promise.resolve(),
    storeWorkerUrl: here('../../../src-main/adapters/sqlite/store-worker.ts'),
    jobWorkerUrl: here('../../../src-main/hosts/worker/job-worker.ts'),
    demoWorkerUrl: here('../../../src-main/demo/tenant-worker.ts'),
  });
  const opened = await valueOf(app.api.openDemo({ callId, options: { people: 40, days: 4, seed: 7 } }));
  connection = opened.connection.id;
  await valueOf(app.api.check({ connection, callId }));
  const { rows } = await people('');
  const found = rows.find(
    ({ name, entra, scim, state }) =>
      state.target === 'active' && entra?.mail && scim && rows.filter((one) => one.name === name).length === 1,
  );
  if (!found) throw new Error('the demo tenant has nobody to purge');
  person = found;
  const about = `SELECT 1 AS one WHERE '${upnOf(person)}' = ''`;
  await valueOf(app.api.saveQuery({ connection, name: 'About one', sql: about }));
  await valueOf(app.api.saveQuery({ connection, name: 'About all', sql: 'SELECT 2 AS two' }));
  const { signal } = new AbortController();
  const place = (name: string): { file: string; force: boolean } => ({ file: join(directory, name), force: false });
  await app.histories.backUp({ connection, callId, signal }, place('before.db'));
  await app.histories.writeCaseFile(
    { connection, callId, signal, scope: { what: 'all' }, redact: false },
    place('case-before.db'),
  );
}, 300_000);
afterAll(() => app.close());

test('a rehearsal shows what would go, and changes nothing', { timeout: 120_000 }, async () => {
  const before = (await people('')).total;
  const preview = await valueOf(app.api.previewPurge({ connection, callId, who: upnOf(person) }));
  expect(preview).toMatchObject({
    id: person.id,
    name: person.name,
    scimIds: [person.scim?.id],
    queries: ['About one'],
    collections: { runs: 1 },
  });
  expect(preview.tables.find(({ table }) => table === 'log_rows')?.deleted).toBeGreaterThan(0);
  expect((await people('')).total).toBe(before);
  expect((await valueOf(app.api.listPurges({ connection }))).purges).toEqual([]);
});

test('several who fit are listed, a group and nobody are named; nothing is done', { timeout: 120_000 }, async () => {
  const several = await app.api.previewPurge({ connection, callId, who: person.name.slice(0, 1) });
  expect(several).toMatchObject({ ok: false });
  const nobody = await app.api.previewPurge({ connection, callId, who: 'nobody.at.all@contoso.example' });
  expect(nobody).toMatchObject({ ok: false, failure: { code: 'input-invalid', fields: [{ field: 'who' }] } });
  const unknown = await app.api.purgePerson({ connection, callId, id: '00000000-0000-4000-8000-00000000dead' });
  expect(unknown).toMatchObject({ ok: false, failure: { code: 'input-invalid', fields: [{ field: 'id' }] } });
  expect((await people(upnOf(person))).total).toBe(1);
});

test(
  'a purge takes every trace, keeps a receipt, and the history agrees with itself',
  { timeout: 120_000 },
  async () => {
    const { receipt, unfinished } = await valueOf(app.api.purgePerson({ connection, callId, id: person.id }));
    receiptId = receipt.id;
    expect(unfinished).toBeNull();
    expect(receipt).toMatchObject({ finishedAt: expect.any(String), queries: 1, collections: { runs: 1 } });
    const { text } = await valueOf(app.api.getPurgeReceipt({ connection, id: receipt.id }));
    expect(text).toContain(receipt.id);
    for (const trace of [person.name, upnOf(person), person.id]) {
      expect(text + JSON.stringify(receipt)).not.toContain(trace);
    }
    expectGone();
    expect((await valueOf(app.api.verifyHistory({ connection, callId }))).checks.filter(({ good }) => !good)).toEqual(
      [],
    );
    expect((await people(upnOf(person))).total).toBe(0);
    expect((await valueOf(app.api.getStatus({ connection }))).counts.withheld).toBe(1);
    expect((await valueOf(app.api.getConsole({ connection }))).saved.map(({ name }) => name)).toEqual(['About all']);
  },
);

test('collections withhold the person, and say so', { timeout: 240_000 }, async () => {
  const { sources, notEvaluated, findings } = await valueOf(app.api.check({ connection, callId }));
  const withheld = Object.fromEntries(sources.map(({ source, withheld: count = 0 }) => [source, count]));
  expect(withheld).toMatchObject({ 'scim-users': 1 });
  expect(notEvaluated.map(({ reason }) => reason)).toContain('1 person is withheld by a data-protection purge');
  // Nobody is taken for missing or for an orphan because of it.
  expect(JSON.stringify(findings)).not.toContain(person.scim?.id ?? person.id);
  expectGone();
  expect((await people(upnOf(person))).total).toBe(0);
  const past = await valueOf(app.api.findState({ connection, asOf: 'first' }));
  expect(past.notes.join(' ')).toContain('1 person is withheld by a data-protection purge');
});

test('neither a backup nor a case file from before brings the person back', { timeout: 240_000 }, async () => {
  await valueOf(app.api.restoreHistory({ connection, callId, file: join(directory, 'before.db') }));
  expect((await people(upnOf(person))).total).toBe(0);
  expectGone();
  expect((await valueOf(app.api.verifyHistory({ connection, callId }))).good).toBe(true);
  const { receipt } = await valueOf(app.api.getPurgeReceipt({ connection, id: receiptId }));
  expect(receipt).toMatchObject({ repeatedAt: [expect.any(String)], finishedAt: expect.any(String) });
  const opened = await valueOf(app.api.openCaseFile({ callId, file: join(directory, 'case-before.db') }));
  expect((await people(upnOf(person), opened.connection.id)).total).toBe(0);
  expect((await people('', opened.connection.id)).total).toBeGreaterThan(10);
  expectGone();
  await valueOf(app.api.deleteConnection({ connection: opened.connection.id }));
});

test('without the key nothing is collected, rather than the person', { timeout: 240_000 }, async () => {
  const key = join(directory, 'purge.key');
  expect(statSync(key).mode & 0o077).toBe(0);
  const content = readFileSync(key);
  writeFileSync(key, `${'ab'.repeat(32)}\n`);
  const refused = await app.api.collect({ connection, callId });
  expect(refused).toMatchObject({ ok: false, failure: { code: 'store-damaged' } });
  expect(JSON.stringify(refused)).toContain('purge.key');
  writeFileSync(key, content);
  expectGone();
});

test(
  'the command line lists purges and asks before it lifts one; lifted, the person comes back',
  { timeout: 240_000 },
  async () => {
    const env = { UNIFI_MONITOR_DATA_DIR: directory };
    const listed = valueOfRun<{ purges: PurgeEntry[] }>(await runHere(['purge', '--list', '--json'], { env }));
    expect(listed.purges).toMatchObject([{ id: receiptId, state: 'in-force' }]);
    const unconfirmed = await runHere(['purge', '--lift', receiptId], { env });
    expect(unconfirmed).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    valueOfRun(await runHere(['purge', '--lift', receiptId, '--yes', '--json'], { env }));
    expect((await valueOf(app.api.listPurges({ connection }))).purges).toMatchObject([
      { id: receiptId, state: 'lifted' },
    ]);
    await valueOf(app.api.check({ connection, callId }));
    expect((await people(upnOf(person))).total).toBe(1);
  },
);
