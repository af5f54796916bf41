import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SetUpCheckResult } from '../../../src-main/contract/models/set-up-check.ts';
import { resultOf, runHere, temporaryDirectory, valueOf } from '../../support/cli.ts';

let directory: string;
const run = (...args: string[]): ReturnType<typeof runHere> =>
  runHere(args, { env: { UNIFI_MONITOR_DATA_DIR: directory } });

beforeAll(async () => {
  directory = await temporaryDirectory();
  await run('demo', '--no-serve', '--people', '40', '--days', '6', '--seed', '3');
}, 120_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

test('doctor tells the steps in the order of the article: what is wrong with evidence and what to do', async () => {
  const { stdout, code } = await run('doctor', '--offline', '--fail-on-wrong');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Of 25 steps of the set-up, \d+ are right and \d wrong; 3 could not be checked\./u);
  const steps = ['Application', 'Single sign-on', 'Assignments', 'Provisioning job', 'Mappings', 'Scope', 'Safety'];
  expect(stdout.split('\n').filter((text) => /^[A-Z][a-z -]+$/u.test(text))).toEqual([...steps, 'Permissions']);
  expect(stdout).toMatch(/^ {2}right {4}Single sign-on is set to SAML\.$/mu);
  expect(stdout).toMatch(
    /^ {2}WRONG {4}Kinds of assigned groups\n {11}Of \d+ assigned groups, .*\n {11}- "Visualisation/mu,
  );
  expect(stdout).toMatch(/^ {11}To do: Assign the inner groups themselves/mu);
  expect(stdout).toMatch(
    /^ {2}unknown {2}Secret token\n.*\n {11}To find out: Run the set-up check with the network\.$/mu,
  );
});

test('doctor asks a tenant that is not running, and takes silence for no answer', async () => {
  const { checks } = valueOf<SetUpCheckResult>(await run('doctor', '--json'));
  const states = Object.fromEntries(checks.map(({ id, state }) => [id, state]));
  expect(states).toMatchObject({
    'credentials-work': 'not-checkable',
    permissions: 'not-checkable',
    'single-job': 'not-checkable',
    'job-on': 'right',
  });
});

test('doctor --profile compares with another application, and names wrong fields of its file', async () => {
  const file = join(directory, 'lumen.json');
  const profile = {
    version: 1,
    name: 'Lumen',
    application: { names: ['Lumen'], templates: [] },
    baseUrls: ['https://scim.lumen.example/v2/'],
    users: { attributes: ['userName', 'title'], filterable: ['externalId'] },
    groups: { attributes: ['displayName'], filterable: ['displayName'] },
  };
  await writeFile(file, JSON.stringify(profile));
  const compared = await run('doctor', '--offline', '--json', '--profile', file);
  // Without --fail-on-wrong what is wrong is no error.
  expect(compared.code).toBe(0);
  const { checks } = valueOf<SetUpCheckResult>(compared);
  const wrong = checks.filter(({ state }) => state === 'wrong').map(({ id }) => id);
  expect(wrong).toEqual(expect.arrayContaining(['attributes-mapped', 'matching-filterable']));

  await writeFile(file, JSON.stringify({ ...profile, baseUrls: ['ftp://lumen.example'], users: undefined }));
  const refused = await run('doctor', '--json', '--profile', file);
  expect(refused.code).toBe(2);
  expect(resultOf(refused)).toMatchObject({
    failure: { code: 'input-invalid', fields: [{ field: 'baseUrls.0' }, { field: 'users', reason: 'is missing' }] },
  });
});
