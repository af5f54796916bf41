import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CollectResult } from '../../../src-main/contract/models/run.ts';
import { runCli, runHere, temporaryDirectory, valueOf, type CliRun } from '../../support/cli.ts';
import { connectTenant, writeJson, type ConnectedTenant } from './connected-tenant.ts';
import { createTroubleWorld } from './trouble-world.ts';

const jobSecret = 'canary-in-the-secrets-of-the-job';
const attribute = 'canary-of-an-attribute-that-no-mapping-names';

let connected: ConnectedTenant;
const runs: CliRun[] = [];

const everythingBelow = async (directory: string): Promise<string> => {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
};

beforeAll(async () => {
  const world = createTroubleWorld({
    change: (side, _index, object) =>
      side === 'user' ? { ...object, employeeId: attribute, jobTitle: attribute } : object,
  });
  connected = await connectTenant({
    ...world,
    applications: {
      ...world.applications,
      secrets: () => [
        { key: 'SyncAll', value: 'false' },
        { key: 'SecretToken', value: jobSecret },
        { key: 'BaseAddress', value: 'https://licensing.inviewlabs.com/api/scim/v2/' },
        { key: 'Oauth2ClientSecret', value: jobSecret },
      ],
    },
  });
  for (const args of [['check', '--json'], ['check'], ['status'], ['connect', '--list']])
    runs.push(await connected.run(args));
  // Whatever goes wrong may be told, what was secret may not.
  for (const kind of ['html', 'broken-json', 'expired-token'] as const) {
    await connected.tenant.configure({
      faults: [
        { service: 'graph', kind },
        { service: 'scim', kind },
      ],
    });
    runs.push(await connected.run(['collect', '--json']));
  }
  await connected.tenant.configure({ faults: [] });
}, 120_000);
afterAll(() => connected.close());

test('no secret and no unmapped attribute reaches a file, a log or an output', async () => {
  const token = await connected.tenant.issueToken();
  const other = await temporaryDirectory();
  const file = await writeJson(other, 'token.json', { ...connected.connection, name: 'given', signIn: 'access-token' });
  const env: Record<string, string> = { ...connected.env, GRAPH_ACCESS_TOKEN: token, UNIFI_MONITOR_DATA_DIR: other };
  runs.push(await runHere(['connect', '--from', file], { env }));
  runs.push(await runHere(['collect', '--json'], { env }));
  const { UNIFI_SCIM_TOKEN: scimToken = '', ...withoutToken } = env;
  runs.push(
    await runCli(['connect', '--from', file, '--replace', '--scim-token-stdin', '--json'], {
      env: withoutToken,
      input: `${scimToken}\n`,
    }),
  );
  expect(valueOf<CollectResult>(runs.at(-2) as CliRun).sources.every((source) => source.status === 'complete')).toBe(
    true,
  );

  const outputs = runs.map((run) => run.stdout + run.stderr).join('\n');
  const files = (await everythingBelow(connected.dataDirectory)) + (await everythingBelow(other));
  expect(outputs.length).toBeGreaterThan(10_000);
  expect(files.length).toBeGreaterThan(100_000);
  const { clientSecret, scimToken: known } = connected.tenant.credentials;
  for (const text of [outputs, files]) {
    for (const secret of [clientSecret, known, token, jobSecret, 'SecretToken', 'Oauth2ClientSecret', attribute]) {
      expect(text.includes(secret), secret).toBe(false);
    }
    expect(text).not.toMatch(/eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./u);
  }
});

test('a secret of a wrong shape is refused without being repeated', async () => {
  const own = await connected.copy();
  const { UNIFI_SCIM_TOKEN: _token, ...env } = own.env;
  const run = await runCli(['login', '--scim-token-stdin', '--json', '--data-dir', own.dataDirectory], {
    env,
    input: 'canary with blanks\n',
  });
  expect(run.code).toBe(2);
  expect(run.stdout + run.stderr).not.toContain('canary');
  const broken = await own.run(['collect'], { UNIFI_SCIM_TOKEN: 'canary\u00e9 with blanks' });
  expect(broken.code).toBe(4);
  expect(broken.stdout).toMatch(/scim-users +failed .+spaces or characters/u);
  expect(broken.stdout + broken.stderr).not.toContain('canary');
  await own.close();
});
