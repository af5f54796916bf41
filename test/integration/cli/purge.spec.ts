import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HistoryVerification } from '../../../src-main/contract/models/care.ts';
import type { StatusResult } from '../../../src-main/contract/models/job-status.ts';
import type { Page } from '../../../src-main/contract/models/page.ts';
import type { Person } from '../../../src-main/contract/models/person.ts';
import type { PurgeEntry, PurgeOutcome, PurgePreview, PurgeReceipt } from '../../../src-main/contract/models/purge.ts';
import type { CollectResult } from '../../../src-main/contract/models/run.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { resultOf, runCli, temporaryDirectory, valueOf } from '../../support/cli.ts';
import { connectionOf, environmentOf, writeJson } from '../trouble/connected-tenant.ts';

let tenant: DemoTenant;
let env: Record<string, string>;
let directory: string;
let person: Person;
let receiptId: string;

const cli = (...args: string[]) => runCli([...args, '--json'], { env });
const upnOf = ({ entra }: Person): string => entra?.userPrincipalName ?? '';
const people = async (text: string, ...args: string[]): Promise<Page<Person>> =>
  valueOf<Page<Person>>(await cli('people', text, ...args));

/** Every byte that the data directory holds of a connection's history. */
const historyBytes = (): string => {
  const folder = join(directory, 'connections');
  return readdirSync(folder)
    .flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file).toString('latin1').toLowerCase())
    .join('\n');
};
const expectGone = (): void => {
  const bytes = historyBytes();
  const traces = [person.entra?.id, upnOf(person), person.scim?.id, person.entra?.mail].filter((text) => text);
  for (const trace of traces)
    expect({ trace, there: bytes.includes(String(trace).toLowerCase()) }).toEqual({ trace, there: false });
};

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 60, days: 10, seed: 7, throttling: false });
  directory = await temporaryDirectory();
  env = { ...environmentOf(tenant), UNIFI_MONITOR_DATA_DIR: directory };
  const file = await writeJson(directory, 'contoso.json', connectionOf(tenant));
  valueOf(await cli('connect', '--from', file));
  valueOf(await cli('check'));
  const { rows } = await people('', '--target', 'active', '--limit', '200');
  const found = rows.find(
    ({ entra, scim }) => entra?.mail && scim && rows.filter((one) => one.name === rows[0]?.name).length === 1,
  );
  if (!found) throw new Error('the demo tenant has nobody to purge');
  person = found;
  valueOf(await cli('query', `SELECT 1 AS one WHERE '${upnOf(person)}' = ''`, '--save', 'About one'));
  valueOf(await cli('query', 'SELECT 2 AS two', '--save', 'About all'));
  valueOf(await cli('backup', '--output', join(directory, 'before.db')));
  valueOf(await cli('bundle', '--output', join(directory, 'case-before.db')));
}, 120_000);
afterAll(() => tenant.close());

test('a rehearsal shows what would go, and changes nothing', { timeout: 60_000 }, async () => {
  const before = (await people('')).total;
  const preview = valueOf<PurgePreview>(await cli('purge', upnOf(person), '--dry-run'));
  expect(preview).toMatchObject({
    id: person.id,
    name: person.name,
    scimIds: [person.scim?.id],
    queries: ['About one'],
  });
  expect(preview.tables.find(({ table }) => table === 'log_rows')?.deleted).toBeGreaterThan(0);
  expect((await people('')).total).toBe(before);
  expect(valueOf<{ purges: PurgeEntry[] }>(await cli('purge', '--list')).purges).toEqual([]);
});

test(
  'nothing is done for several who fit, for a group, for nobody, and without a word of confirmation',
  { timeout: 60_000 },
  async () => {
    const several = resultOf(await cli('purge', 'a', '--yes'));
    expect(several).toMatchObject({
      ok: false,
      failure: { code: 'selection-ambiguous', candidates: expect.any(Array) },
    });
    for (const args of [
      ['nobody.at.all@contoso.example', '--yes'],
      [upnOf(person)],
      [],
      [upnOf(person), '--list'],
      ['--show', 'purge-none'],
    ]) {
      const run = await cli('purge', ...args);
      expect(run.code).toBe(2);
      expect(resultOf(run)).toMatchObject({ ok: false, failure: { code: 'input-invalid' } });
    }
    expect((await people(upnOf(person))).total).toBe(1);
  },
);

test(
  'a purge takes every trace, keeps a receipt, and leaves a history that agrees with itself',
  { timeout: 60_000 },
  async () => {
    const file = join(directory, 'receipt.txt');
    const { receipt, unfinished } = valueOf<PurgeOutcome>(
      await cli('purge', upnOf(person), '--yes', '--receipt', file),
    );
    receiptId = receipt.id;
    expect(unfinished).toBeNull();
    expect(receipt).toMatchObject({ finishedAt: expect.any(String), queries: 1, collections: { runs: 1 } });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(receipt.id);
    for (const trace of [person.name, upnOf(person), person.id])
      expect(text + JSON.stringify(receipt)).not.toContain(trace);
    expectGone();
    expect(valueOf<HistoryVerification>(await cli('verify')).good).toBe(true);
    expect((await people(upnOf(person))).total).toBe(0);
    expect(valueOf<StatusResult>(await cli('status')).counts.withheld).toBe(1);
    const shown = await runCli(['purge', '--show', receipt.id], { env });
    expect(shown.stdout.trimEnd()).toBe(text.trimEnd());
    expect(resultOf(await cli('purge', '--show', receipt.id, '--receipt', file))).toMatchObject({
      failure: { code: 'file-exists' },
    });
    // The saved query that named the person is gone, the other one is there.
    expect(valueOf<{ saved: { name: string }[] }>(await cli('query', '--list')).saved.map(({ name }) => name)).toEqual([
      'About all',
    ]);
  },
);

test('collections withhold the person, and say so', { timeout: 120_000 }, async () => {
  const { sources } = valueOf<CollectResult>(await cli('collect'));
  const withheld = Object.fromEntries(sources.map(({ source, withheld: count = 0 }) => [source, count]));
  expect(withheld).toMatchObject({ 'scim-users': 1 });
  const checked = valueOf<{ notEvaluated: { reason: string }[] }>(await cli('check', '--offline'));
  expect(checked.notEvaluated.map(({ reason }) => reason)).toContain('1 person is withheld by a data-protection purge');
  expectGone();
  expect((await people(upnOf(person))).total).toBe(0);
  const past = await runCli(['people', '--as-of', 'first'], { env });
  expect(past.stderr).toContain('1 person is withheld by a data-protection purge');
});

test('neither a backup nor a case file from before brings the person back', { timeout: 120_000 }, async () => {
  valueOf(await cli('restore', join(directory, 'before.db')));
  expect((await people(upnOf(person))).total).toBe(0);
  expectGone();
  expect(valueOf<HistoryVerification>(await cli('verify')).good).toBe(true);
  const receipt = valueOf<PurgeReceipt>(await cli('purge', '--show', receiptId));
  expect(receipt.repeatedAt).toHaveLength(1);
  const opened = valueOf<{ connection: { id: string } }>(await cli('open', join(directory, 'case-before.db')));
  expect((await people(upnOf(person), '--connection', opened.connection.id)).total).toBe(0);
  expectGone();
  valueOf(await cli('connect', '--remove', opened.connection.id));
});

test('without the key nothing is collected, rather than the person', { timeout: 60_000 }, async () => {
  const key = join(directory, 'purge.key');
  expect(statSync(key).mode & 0o077).toBe(0);
  const { writeFileSync } = await import('node:fs');
  const content = readFileSync(key);
  writeFileSync(key, `${'ab'.repeat(32)}\n`);
  const run = await cli('collect');
  expect(resultOf(run)).toMatchObject({
    ok: false,
    failure: { code: 'store-damaged', message: expect.stringContaining('purge.key') },
  });
  writeFileSync(key, content);
  expectGone();
});

test('a lifted purge lets the person be collected again', { timeout: 60_000 }, async () => {
  valueOf(await cli('purge', '--lift', receiptId, '--yes'));
  valueOf(await cli('check'));
  expect((await people(upnOf(person))).total).toBe(1);
  const { purges } = valueOf<{ purges: PurgeEntry[] }>(await cli('purge', '--list'));
  expect(purges).toMatchObject([{ id: receiptId, state: 'lifted' }]);
  expect(existsSync(join(directory, 'purge.key'))).toBe(true);
});
