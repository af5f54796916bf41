import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runHere, temporaryDirectory, type CliRun } from '../../support/cli.ts';
import { failureOf, savedIn, writeJson } from './connected-tenant.ts';

const good = {
  name: 'contoso',
  cloud: 'global',
  tenantId: '7b0c1d52-93a1-4f0e-8d56-2f1b6f0c9e11',
  clientId: '0a1b2c3d-1111-4222-8333-444455556666',
  signIn: 'client-secret',
  scim: { baseUrl: 'https://licensing.inviewlabs.com/api/scim/v2/' },
};

const connectFrom = async (content: unknown, args: string[] = []): Promise<{ run: CliRun; saved: number }> => {
  const directory = await temporaryDirectory();
  const file = await writeJson(directory, 'file.json', content);
  const run = await runHere(['connect', '--from', file, '--json', '--data-dir', directory, ...args]);
  return { run, saved: await savedIn(directory) };
};

const fieldsOf = (run: CliRun): Record<string, string> =>
  Object.fromEntries((failureOf(run).fields ?? []).map(({ field, reason }) => [field, reason]));

describe('a connection file', () => {
  test('with a wrong value in every field gets every field named, and no value repeated', async () => {
    const { run, saved } = await connectFrom({
      name: 'canary\nname',
      cloud: { authority: 'http://canary.example', graph: 'https://graph.example/canary' },
      tenantId: 'common canary',
      clientId: 'canary-client',
      signIn: 'canary-mode',
      servicePrincipalId: 'canary-application',
      jobId: '../canary',
      scim: { baseUrl: 'http://canary.example/scim/' },
    });
    const fields = fieldsOf(run);
    expect(Object.keys(fields).sort()).toEqual([
      'clientId',
      'cloud.authority',
      'cloud.graph',
      'jobId',
      'name',
      'scim.baseUrl',
      'servicePrincipalId',
      'signIn',
      'tenantId',
    ]);
    expect(fields['scim.baseUrl']).toMatch(/https/u);
    expect(fields['cloud.authority']).toMatch(/https/u);
    expect(run.code).toBe(2);
    expect(saved).toBe(0);
    expect(run.stdout.replaceAll('canary-', '')).not.toMatch(/common canary|canary\.example/u);
  });

  test('with fields that nobody knows gets them named, secrets as secrets', async () => {
    const { run, saved } = await connectFrom({
      ...good,
      colour: 'red',
      clientSecret: 'canary-secret',
      scim: { ...good.scim, token: 'canary-token' },
    });
    const fields = fieldsOf(run);
    expect(Object.keys(fields).sort()).toEqual(['clientSecret', 'colour', 'scim.token']);
    expect(fields['clientSecret']).toMatch(/secret.+environment/u);
    expect(fields['scim.token']).toMatch(/secret.+environment/u);
    expect(run.stdout).not.toMatch(/canary/u);
    expect([run.code, saved]).toEqual([2, 0]);
  });

  test('without fields gets the missing ones named', async () => {
    const { run } = await connectFrom({});
    const fields = fieldsOf(run);
    expect(fields).toMatchObject({ name: 'is missing', tenantId: 'is missing', clientId: 'is missing' });
    expect(run.code).toBe(2);
  });

  test('that is missing, no JSON, or no object is named with its path', async () => {
    const directory = await temporaryDirectory();
    const broken = join(directory, 'broken.json');
    await writeFile(broken, '{ "clientSecret": "canary", ');
    const list = await writeJson(directory, 'list.json', [1]);
    const runs = await Promise.all(
      [join(directory, 'none.json'), broken, list].map((file) =>
        runHere(['connect', '--from', file, '--json', '--data-dir', directory]),
      ),
    );
    expect(runs.map((run) => [run.code, failureOf(run).code])).toEqual([
      [5, 'file-unreadable'],
      [5, 'file-unreadable'],
      [2, 'input-invalid'],
    ]);
    expect(runs.map((run) => run.stdout).join()).not.toContain('canary');
    expect(failureOf(runs[0] as CliRun).file).toBe(join(directory, 'none.json'));
  });
});

describe('the address of UNIFI', () => {
  test.each([
    ['http://127.0.0.1.scim.example/v2/', /https/u],
    ['https://user:canary@scim.example/v2/', /password/u],
    ['https://scim.example/v2/?token=canary', /query/u],
  ])('%s is refused', async (url, reason) => {
    const directory = await temporaryDirectory();
    const args = ['--name', 'x', '--tenant', good.tenantId, '--client-id', good.clientId, '--scim-url', url];
    const run = await runHere(['connect', ...args, '--data-dir', directory]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/scim\.baseUrl/u);
    expect(run.stderr).toMatch(reason);
    expect(run.stderr).not.toContain('canary');
    expect(run.stdout).toBe('');
    expect(await savedIn(directory)).toBe(0);
  });
});
