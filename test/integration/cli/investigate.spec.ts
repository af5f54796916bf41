import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TruthEntry } from '../../../src-main/contract/models/demo.ts';
import type { InvestigationBatch } from '../../../src-main/contract/models/investigation-batch.ts';
import { createProgram } from '../../../src-main/hosts/cli/program.ts';
import { resultOf, runHere, temporaryDirectory, valueOf } from '../../support/cli.ts';

let directory: string;
let nested: TruthEntry;
const run = (...args: string[]): ReturnType<typeof runHere> =>
  runHere([...args], { env: { UNIFI_MONITOR_DATA_DIR: directory } });

beforeAll(async () => {
  directory = await temporaryDirectory();
  const file = join(directory, 'truth.json');
  await run('demo', '--no-serve', '--json', '--people', '300', '--seed', '1', '--truth', file);
  const truth = JSON.parse(await readFile(file, 'utf8')) as TruthEntry[];
  const found = truth.find(({ cause }) => cause === 'A8-nested-group');
  if (!found) throw new Error('Nobody of the demo company is in a nested group.');
  nested = found;
}, 120_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

test('investigate says the verdict, who acts, what to do, and what was looked at, without the tenant running', async () => {
  const { stdout, code } = await run('investigate', nested.subject.entraId ?? '');
  expect(code).toBe(0);
  const [sentence] = stdout.split('\n');
  expect(sentence).toContain(`${nested.subject.name} is not in UNIFI because the person is only in "`);
  expect(stdout).toContain('Who acts: the owner of the group.');
  expect(stdout).toMatch(/^ {2}1\. Add /mu);
  expect(stdout).toMatch(/^ {2}A7 .*ruled out$/mu);
  expect(stdout).toMatch(/^ {2}A8 .*the cause$/mu);
});

test('investigate --ticket prints the text for a ticket, masked on request', async () => {
  const { stdout } = await run('investigate', nested.subject.entraId ?? '', '--ticket');
  expect(stdout).toContain(`Entra object id: ${nested.subject.entraId}`);
  const redacted = await run('investigate', nested.subject.entraId ?? '', '--ticket', '--redact');
  expect(redacted.stdout.split('\n')).toHaveLength(stdout.split('\n').length);
  expect(redacted.stdout).not.toContain(nested.subject.name);
  expect(redacted.stdout).not.toContain(nested.subject.entraId);
});

test('investigate lists who could be meant, and says when nobody is', async () => {
  expect((await run('investigate', 'studio')).stdout).toContain('What tells them apart');
  expect((await run('investigate', 'nobody-of-that-name')).stdout).toContain('Nobody called "nobody-of-that-name"');
});

describe('investigate --file', () => {
  const list = (name: string): string => join(directory, name);

  test('gives everybody of a list a row, names what it left out, and writes the rows for a spreadsheet', async () => {
    const who = nested.subject.entraId ?? '';
    await writeFile(list('people.csv'), `Ticket;upn\r\n17;${who}\r\n18;=cmd()\r\n19;${who.toUpperCase()}\r\n`);
    const out = list('verdicts.csv');
    const { stdout, stderr, code } = await run('investigate', '--file', list('people.csv'), '--out', out);
    expect(code).toBe(0);
    expect(stderr).toContain(`Written: ${out}`);
    const [summary, , first] = stdout.split('\n');
    expect(summary).toContain('2 asked about: 0 as they should be');
    expect(first).toMatch(/^2 .*A8-nested-group +the owner of the group +.* Next: Add /u);
    expect(stdout).toContain(`line 4, ${who.toUpperCase()}: as line 2`);

    const csv = await readFile(out, 'utf8');
    expect(csv.startsWith('\ufeffLine,Asked for,')).toBe(true);
    expect(csv).toContain("\r\n3,'=cmd(),,unknown-person,");
    const again = resultOf(await run('investigate', '--file', list('people.csv'), '--out', out, '--json'));
    expect(again).toMatchObject({ ok: false, failure: { code: 'file-exists' } });
    expect((await run('investigate', '--file', list('people.csv'), '--out', out, '--force')).code).toBe(0);
  });

  test('gives everybody with a finding of a kind a row', async () => {
    const { rows } = valueOf<InvestigationBatch>(await run('investigate', '--finding', 'missing-in-target', '--json'));
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toMatchObject({ id: expect.any(String) as string, question: 'missing' });
  });

  test('names what is wrong with a list', async () => {
    await writeFile(list('sites.csv'), 'Ticket,Site\n17,Oslo\n');
    const missing = await run('investigate', '--file', list('sites.csv'), '--column', 'upn');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('The list sites.csv has no column "upn".');
    expect((await run('investigate', '--file', list('none.csv'))).code).toBe(5);
  });

  test.each([
    [[], 'name one person, or --file, or --finding'],
    [['ada', '--file', 'x'], 'name one person, or --file, or --finding'],
    [['ada', '--out', 'x'], '--out goes with --file or --finding'],
    [['--finding', 'nonsense'], 'Known are: missing-in-target,'],
    [['--file', 'x', '--ticket'], '--ticket goes with one person'],
  ])('refuses options that do not go together: %s', async (args, reason) => {
    const parsed = createProgram().parseAsync(['node', 'unifi-monitor', 'investigate', ...args]);
    await expect(parsed).rejects.toThrow(reason);
  });
});
