import { expect, test } from 'vitest';
import type { Connection } from '../../../src-main/contract/models/connection.ts';
import { asOnlyWriter } from '../../../src-main/hosts/only-writer.ts';
import type { HostContext } from '../../../src-main/hosts/host-context.ts';
import { failureOf } from '../../support/failure-of.ts';

const connection = (id: string): Connection => ({
  id,
  name: id.toUpperCase(),
  cloud: 'global',
  tenantId: 'contoso.example',
  clientId: '0a1b2c3d-1111-4222-8333-444455556666',
  signIn: 'interactive',
  scim: { baseUrl: 'https://unifi.example/scim/v2/' },
  createdAt: '2026-11-20T12:00:00.000Z',
  demo: false,
  trustedHosts: [],
});

const context = (): Pick<HostContext, 'connections' | 'writing'> => ({
  connections: { databaseFile: (id: string) => `/data/${id}.db` } as HostContext['connections'],
  writing: new Set(),
});

test('an import and a collection of one connection do not run at once, those of two do', async () => {
  const own = context();
  let finish = (): void => undefined;
  const first = asOnlyWriter(own, connection('one'), () => new Promise<void>((resolve) => (finish = resolve)));
  expect(await failureOf(asOnlyWriter(own, connection('one'), () => Promise.resolve()))).toMatchObject({
    code: 'store-locked',
    message: 'Another collection, check or import of connection "ONE" is running.',
    file: '/data/one.db',
  });
  expect(await asOnlyWriter(own, connection('two'), () => Promise.resolve('done'))).toBe('done');
  finish();
  await first;
  expect(await asOnlyWriter(own, connection('one'), () => Promise.resolve('done'))).toBe('done');
});

test('work that failed makes room for the next', async () => {
  const own = context();
  await expect(asOnlyWriter(own, connection('one'), () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  );
  expect(await asOnlyWriter(own, connection('one'), () => Promise.resolve('done'))).toBe('done');
});
