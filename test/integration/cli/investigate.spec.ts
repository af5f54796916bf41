import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TruthEntry } from '../../../src-main/contract/models/demo.ts';
import { runCli, temporaryDirectory } from '../../support/cli.ts';

let directory: string;
let nested: TruthEntry;
const run = (...args: string[]): ReturnType<typeof runCli> =>
  runCli([...args], { env: { UNIFI_MONITOR_DATA_DIR: directory } });

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
