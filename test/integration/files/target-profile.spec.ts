import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import {
  parseTargetProfile,
  readTargetProfile,
  targetProfileJsonSchema,
} from '../../../src-main/adapters/files/target-profile.ts';
import { knownScimHosts, unifiProfile } from '../../../src-main/hosts/target-profile.ts';
import { failureOf } from '../../support/failure-of.ts';

const file = {
  version: 1,
  name: 'Lumen',
  application: { names: ['Lumen'], templates: [] },
  baseUrls: ['https://scim.lumen.example/v2/'],
  users: { attributes: ['userName', 'name.givenName'], filterable: ['userName'] },
  groups: { attributes: ['displayName'], filterable: ['displayName'] },
};

test("UNIFI's own profile says what the article says", () => {
  expect(unifiProfile).toEqual({
    name: 'UNIFI',
    application: { names: ['UNIFI'], templates: ['unifi'] },
    baseUrls: ['https://licensing.inviewlabs.com/api/scim/v2/'],
    users: {
      attributes: ['userName', 'active', 'name.givenName', 'name.familyName', 'externalId'],
      filterable: ['userName'],
    },
    groups: { attributes: ['displayName', 'members', 'externalId'], filterable: ['displayName'] },
  });
  expect(knownScimHosts).toEqual(['licensing.inviewlabs.com']);
});

test('another application is another file', () => {
  const { version: _version, ...profile } = file;
  expect(parseTargetProfile(file)).toEqual(profile);
});

test.each([
  [{ ...file, version: 2 }, 'version', 'must be 1'],
  [{ ...file, name: ' ' }, 'name', 'must not be empty'],
  [{ ...file, baseUrls: [] }, 'baseUrls', 'must name at least one'],
  [
    { ...file, baseUrls: ['http://scim.lumen.example'] },
    'baseUrls.0',
    'must be an https address (http is accepted for this computer only)',
  ],
  [{ ...file, application: { names: 'Lumen', templates: [] } }, 'application.names', 'must be a list of texts'],
  [{ ...file, users: { ...file.users, filterable: [7] } }, 'users.filterable.0', 'must be text'],
  [
    { ...file, groups: { attributes: ['a b\n'], filterable: ['a'] } },
    'groups.attributes.0',
    'must be a SCIM path such as name.givenName',
  ],
  [{ ...file, hosts: ['evil.example'] }, 'hosts', 'is not a field of a target profile'],
  [{ ...file, users: undefined }, 'users', 'is missing'],
  [[], 'the file', 'must be an object'],
])('a wrong field is named: case %#', async (json, field, reason) => {
  const failure = await failureOf((async () => parseTargetProfile(json))());
  expect(failure).toMatchObject({ code: 'input-invalid', fields: [{ field, reason }] });
});

test('a file that is no profile is named with what to do', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'profile-'));
  const path = join(directory, 'lumen.json');
  await expect(readTargetProfile(path)).rejects.toMatchObject({ failure: { code: 'file-unreadable', file: path } });
  await writeFile(path, '{"version":1,');
  await expect(readTargetProfile(path)).rejects.toMatchObject({
    failure: { code: 'file-unreadable', message: `The target profile ${path} is not JSON.` },
  });
  await writeFile(path, `\uFEFF${JSON.stringify(file)}`);
  expect((await readTargetProfile(path)).name).toBe('Lumen');
  await rm(directory, { recursive: true });
});

test('the documented schema and example are those of the program', async () => {
  const read = (name: string): Promise<string> => readFile(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
  expect(await read('target-profile.schema.json')).toBe(
    await format(JSON.stringify(targetProfileJsonSchema(), null, 2), { parser: 'json', printWidth: 120 }),
  );
  const example = /```json\n(.*?)```/su.exec(await read('target-profile.md'))?.[1] ?? '';
  expect(parseTargetProfile(JSON.parse(example)).name).toBe('Lumen');
});
