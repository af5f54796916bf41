import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  connectionFileJsonSchema,
  parseConnectionFile,
  readConnectionFile,
} from '../../../src-main/adapters/files/connection-file.ts';
import { createConnectionStore } from '../../../src-main/adapters/files/connection-store.ts';
import type { ConnectionFile } from '../../../src-main/contract/models/connection.ts';
import type { Failure } from '../../../src-main/contract/failure.ts';
import { isAppError } from '../../../src-main/core/app-error.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'connections-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const file: ConnectionFile = {
  name: 'Contoso Ltd. (test)',
  cloud: 'global',
  tenantId: '7b0c1d52-93a1-4f0e-8d56-2f1b6f0c9e11',
  clientId: '0a1b2c3d-0000-4000-8000-000000000001',
  signIn: 'device-code',
  scim: { baseUrl: 'https://licensing.unifi.example/api/scim/v2/?aadOptscim062020' },
};
const extra = { demo: false, trustedHosts: [], createdAt: '2026-08-11T09:14:22.000Z' };

const failureOf = (work: () => unknown): Failure => {
  try {
    work();
  } catch (error) {
    if (isAppError(error)) return error.failure;
    throw error;
  }
  throw new Error('Nothing was thrown.');
};

describe('a connection file', () => {
  test('with every field right is taken, also with custom hosts on this computer', () => {
    expect(parseConnectionFile(file)).toEqual(file);
    const custom = {
      ...file,
      tenantId: 'contoso.onmicrosoft.example',
      cloud: { authority: 'http://127.0.0.1:5000', graph: 'http://[::1]:5001' },
      scim: { baseUrl: 'http://localhost:9/scim' },
      servicePrincipalId: '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e',
      jobId: 'unifi.7b0c1d5293a14f0e8d562f1b6f0c9e11.c2b1f6de-4a53-4a1d-b7a5-0a2d7f9e6611',
    };
    expect(parseConnectionFile(custom)).toEqual(custom);
  });

  test('names every wrong field at once and no value', () => {
    const failure = failureOf(() =>
      parseConnectionFile({
        name: ' ',
        cloud: 'mars',
        clientId: 'eyJ-value-of-a-token',
        signIn: 'password',
        scim: { baseUrl: 'http://unifi.example/', extra: 1 },
        jobId: 'a b',
      }),
    );
    expect(failure.code).toBe('input-invalid');
    expect(failure.fields?.map(({ field }) => field).sort()).toEqual(
      ['clientId', 'cloud', 'jobId', 'name', 'scim.baseUrl', 'scim.extra', 'signIn', 'tenantId'].sort(),
    );
    expect(failure.fields?.find(({ field }) => field === 'tenantId')?.reason).toBe('is missing');
    expect(JSON.stringify(failure)).not.toContain('eyJ-value-of-a-token');
  });

  test.each([
    ['scimToken', { ...file, scimToken: 'abc-hidden' }],
    ['clientSecret', { ...file, clientSecret: 'abc-hidden' }],
    ['scim.bearerToken', { ...file, scim: { ...file.scim, bearerToken: 'abc-hidden' } }],
    [
      'cloud.password',
      { ...file, cloud: { authority: 'https://a.example', graph: 'https://g.example', password: 'abc-hidden' } },
    ],
  ])('with the secret %s is refused by its name, never with its value', (field, json) => {
    const failure = failureOf(() => parseConnectionFile(json));
    expect(failure.fields).toEqual([{ field, reason: expect.stringContaining('secret') as string }]);
    expect(JSON.stringify(failure)).not.toContain('abc-hidden');
  });

  test.each([
    ['cloud.graph', { cloud: { authority: 'https://a.example', graph: 'http://g.example' } }],
    ['cloud.authority', { cloud: { authority: 'https://a.example/common', graph: 'https://g.example' } }],
    ['cloud.graph', { cloud: { authority: 'https://a.example' } }],
    ['tenantId', { tenantId: 'common' }],
    ['scim.baseUrl', { scim: { baseUrl: 'https://unifi.example/scim?token=abc' } }],
    ['scim.baseUrl', { scim: { baseUrl: 'https://me:pw@unifi.example/scim' } }],
    ['scim.baseUrl', { scim: { baseUrl: 'http://127.0.0.1.nip.example/scim' } }],
    ['scim', { scim: 'https://unifi.example' }],
    ['name', { name: 'two\nlines' }],
  ])('with a wrong %s is refused', (field, over) => {
    expect(failureOf(() => parseConnectionFile({ ...file, ...over })).fields?.map((problem) => problem.field)).toEqual([
      field,
    ]);
  });

  test('that is missing or no JSON is named', async () => {
    const path = join(directory, 'connection.json');
    await expect(readConnectionFile(path)).rejects.toMatchObject({ failure: { code: 'file-unreadable', file: path } });
    await writeFile(path, '{ "name": "secret-in-broken');
    const error: unknown = await readConnectionFile(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ failure: { code: 'file-unreadable' } });
    expect(String(error)).not.toContain('secret-in-broken');
    await writeFile(path, `\uFEFF${JSON.stringify(file)}`);
    expect(await readConnectionFile(path)).toEqual(file);
  });

  test('is described by docs/connection.schema.json', async () => {
    const path = new URL('../../../docs/connection.schema.json', import.meta.url).pathname;
    await expect(
      await format(JSON.stringify(connectionFileJsonSchema(), null, 2), { parser: 'json', printWidth: 120 }),
    ).toMatchFileSnapshot(path);
  });
});

describe('saved connections', () => {
  test('have a folder each, named after them, and are found by id, by name and alone', async () => {
    const store = createConnectionStore(directory);
    expect(await store.list()).toEqual([]);
    await expect(store.find(undefined)).rejects.toMatchObject({ code: 'connection-unknown' });
    const saved = await store.save(file, extra);
    expect(saved).toEqual({ ...file, ...extra, id: 'contoso-ltd-test' });
    expect(store.databaseFile(saved.id)).toBe(join(directory, 'connections', 'contoso-ltd-test', 'history.db'));
    for (const wanted of [undefined, 'contoso-ltd-test', 'contoso ltd. (TEST)']) {
      expect(await store.find(wanted)).toEqual(saved);
    }
    expect((await stat(join(directory, 'connections', saved.id, 'connection.json'))).mode & 0o777).toBe(0o600);
    await expect(store.find('fabrikam')).rejects.toMatchObject({ code: 'connection-unknown' });
  });

  test('that could not be read again are refused, and leave the others as they are', async () => {
    const store = createConnectionStore(directory);
    const saved = await store.save(file, extra);
    for (const wrong of [{ jobId: 'a b' }, { name: 'Bell\u0007' }]) {
      await expect(store.save({ ...file, ...wrong }, extra)).rejects.toMatchObject({ code: 'input-invalid' });
    }
    expect(await store.list()).toEqual([saved]);
  });

  test('of the same name are replaced, of a similar name get their own folder', async () => {
    const store = createConnectionStore(directory);
    await Promise.all([
      store.save(file, extra),
      store.save({ ...file, name: 'Contoso Ltd test' }, extra),
      store.save({ ...file, name: 'ＣＯＮ' }, extra),
      store.save({ ...file, name: '株式会社' }, extra),
    ]);
    await store.save({ ...file, signIn: 'interactive' }, extra);
    const all = await store.list();
    expect(all.map(({ id }) => id).sort()).toEqual([
      'connection',
      'connection-con',
      'contoso-ltd-test',
      'contoso-ltd-test-2',
    ]);
    expect(all.find(({ id }) => id === 'contoso-ltd-test')?.signIn).toBe('interactive');
    await expect(store.find(undefined)).rejects.toMatchObject({ code: 'selection-ambiguous' });
  });

  test('are deleted with everything in their folder, and nothing outside', async () => {
    const store = createConnectionStore(directory);
    const { id } = await store.save(file, extra);
    await writeFile(store.databaseFile(id), 'history');
    await writeFile(join(directory, 'other'), '');
    for (const wrong of ['..', '../connections', 'a/b', '', 'unknown']) {
      await expect(store.delete(wrong)).rejects.toMatchObject({ code: 'connection-unknown' });
    }
    expect(() => store.databaseFile('../x')).toThrow();
    await store.delete(id);
    expect(await readdir(join(directory, 'connections'))).toEqual([]);
    expect(await readdir(directory)).toContain('other');
  });

  test('that are damaged or newer are named; the others can still be used by id', async () => {
    const store = createConnectionStore(directory);
    const good = await store.save(file, extra);
    const folder = join(directory, 'connections', 'bad');
    await mkdir(folder);
    expect(await store.list()).toHaveLength(1);
    const path = join(folder, 'connection.json');
    await writeFile(path, '{"version":1,');
    await expect(store.list()).rejects.toMatchObject({ failure: { code: 'store-damaged', file: path } });
    expect(await store.find(good.id)).toEqual(good);
    await writeFile(path, JSON.stringify({ ...good, version: 1, scim: { baseUrl: 'http://unifi.example' } }));
    await expect(store.list()).rejects.toMatchObject({ failure: { code: 'store-damaged', file: path } });
    await writeFile(path, JSON.stringify({ ...good, version: 2 }));
    await expect(store.list()).rejects.toMatchObject({ failure: { code: 'store-newer', file: path } });
  });

  test('that cannot be written say where', async () => {
    await writeFile(join(directory, 'connections'), 'a file where a folder should be');
    await expect(createConnectionStore(directory).save(file, extra)).rejects.toMatchObject({ name: 'AppError' });
  });
});
