import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '../../../src-main/contract/models/finding.ts';
import type { Page } from '../../../src-main/contract/models/page.ts';
import type { Person } from '../../../src-main/contract/models/person.ts';
import type { Json } from '../../../src-main/demo/world.ts';
import { temporaryDirectory, valueOf } from '../../support/cli.ts';
import { connectTenant, type ConnectedTenant } from './connected-tenant.ts';
import { createTroubleWorld } from './trouble-world.ts';

const terminal = '\u001b]0;owned\u0007\u001b[2J\u009b31m';
const names = [
  `${terminal}Escape`,
  '\u202eerised\u2066 Backwards',
  '=HYPERLINK("http://evil.example","Click")',
  '@SUM(1+1)*cmd|"/C calc"!A0',
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  'NUL\u0000inside',
  'first line\n0 open findings, 0 pending\r\nlast line',
  'x'.repeat(100_000),
  "Robert'); DROP TABLE people;--",
];
/** Nothing that a terminal acts upon, a line feed excepted. */
const drivesTerminal = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

/** Rows and cells as RFC 4180 reads them. */
const cellsOf = (csv: string): string[][] => {
  const rows: string[][] = [[]];
  for (const [whole, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gu)) {
    if (whole === '') continue;
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
};

let connected: ConnectedTenant;

beforeAll(async () => {
  const change = (side: string, index: number, object: Json): Json => {
    const name = names[index];
    if (name === undefined) return object;
    if (side === 'user') return { ...object, displayName: name, accountEnabled: true };
    // Nobody's account, so that its name stands in a finding.
    if (side === 'account')
      return { ...object, displayName: `${name}!`, userName: `${name}${index}`, externalId: name };
    if (side === 'group') return { ...object, displayName: `${name}${index}` };
    return {
      ...object,
      sourceIdentity: { id: 'hostile', displayName: name, identityType: 'User' },
      provisioningAction: index === 1 ? terminal : 'create',
      provisioningStatusInfo: {
        status: 'failure',
        errorInformation: { errorCode: `Code${terminal}`, reason: name, additionalDetails: name, errorCategory: name },
      },
      provisioningSteps: [
        { name: `${terminal}step`, provisioningStepType: terminal, status: terminal, description: name, details: {} },
      ],
      modifiedProperties: [{ displayName: terminal, oldValue: name, newValue: name }],
    };
  };
  connected = await connectTenant(createTroubleWorld({ change }));
  const run = await connected.run(['check', '--json']);
  expect(run.code).toBe(0);
});
afterAll(() => connected.close());

describe('values that would drive a terminal, a spreadsheet or a browser', () => {
  test('come out of every command as harmless text, one row each', async () => {
    const commands = [
      ['check', '--offline'],
      ['people', '--limit', '20'],
      ['people', 'DROP TABLE'],
      ['logs', '--limit', '20'],
      ['logs', '--text', '=HYPERLINK("'],
      ['status'],
    ];
    for (const command of commands) {
      const run = await connected.run(command);
      expect(run.code).toBe(0);
      expect(run.stdout).not.toMatch(drivesTerminal);
      expect(run.stderr).toBe('');
      expect(run.stdout.split('\n').some((line) => line.startsWith('0 open findings, 0 pending'))).toBe(false);
      expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThan(5_000);
    }
  });

  test('stand in JSON as they are, and drive nothing when it is printed', async () => {
    const run = await connected.run(['people', '--limit', '100', '--json']);
    expect(run.stdout).not.toMatch(drivesTerminal);
    const people = valueOf<Page<Person>>(run).rows.map((person) => person.name);
    for (const name of names) expect(people).toContain(name);
  });

  test('of a row of the log are shown whole and harmless', async () => {
    const page = valueOf<{ rows: { id: string }[] }>(
      await connected.run(['logs', '--status', 'failure', '--limit', '200', '--json']),
    );
    expect(page.rows.length).toBeGreaterThanOrEqual(names.length);
    const run = await connected.run(['logs', '00000000-0000-4000-8000-100000000001']);
    expect(run.code).toBe(0);
    expect(run.stdout).not.toMatch(drivesTerminal);
  });

  test('are neutral in the findings report', async () => {
    const check = valueOf<CheckResult>(await connected.run(['check', '--offline', '--json']));
    expect(check.findings.length).toBeGreaterThanOrEqual(names.length);
    const directory = await temporaryDirectory();
    const [csv, html] = ['csv', 'html'].map((format) => join(directory, `report.${format}`));
    for (const file of [csv, html]) {
      const run = await connected.run(['report', 'reconciliation', '--out', String(file), '--json']);
      expect(run.code).toBe(0);
    }
    const rows = cellsOf((await readFile(String(csv), 'utf8')).slice(1));
    expect(rows).toHaveLength(check.findings.length + 1);
    for (const cell of rows.flat()) {
      expect(cell).not.toMatch(/^[\s]*[=+\-@|]/u);
      expect(cell).not.toContain('\u0000');
    }
    const page = await readFile(String(html), 'utf8');
    expect(page).not.toMatch(/<script>alert|<img src=x/u);
    expect(page).not.toMatch(/[\u0000\u001b\u009b\u202e\u2066]/u);
    expect(page).toContain('&lt;script&gt;alert(1)');
  });
});
