import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSecretVault } from '../../../src-main/adapters/secrets/create-secret-vault.ts';
import { createSystemKeyStore } from '../../../src-main/adapters/secrets/key-store.ts';
import type { KeyStore } from '../../../src-main/adapters/secrets/key-store.ts';
import type { SecretBinding } from '../../../src-main/services/ports.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vault-'));
  file = join(directory, 'secrets.bin');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const keyring = (key: Buffer | null = randomBytes(32)): KeyStore => ({ key: () => Promise.resolve(key) });
const binding: SecretBinding = { connectionId: 'contoso', origin: 'https://unifi.example', kind: 'scim-token' };

describe('with a key store, the vault', () => {
  test('keeps secrets beyond the process, unreadable in the file and readable for its owner only', async () => {
    const keys = keyring();
    await createSecretVault({ dataDirectory: directory, keyring: keys }).write(binding, 'top-secret-value');
    const bytes = await readFile(file, 'utf8');
    expect(bytes).not.toContain('top-secret-value');
    expect(bytes).not.toContain(Buffer.from('top-secret-value').toString('base64'));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const vault = createSecretVault({ dataDirectory: directory, keyring: keys });
    expect(await vault.isPersistent()).toBe(true);
    expect(await vault.read(binding)).toBe('top-secret-value');
    expect(await readdir(directory)).toEqual(['secrets.bin']);
  });

  test('gives a secret only for its own connection, origin and use', async () => {
    const vault = createSecretVault({ dataDirectory: directory, keyring: keyring() });
    await vault.write(binding, 'value');
    for (const other of [
      { ...binding, connectionId: 'fabrikam' },
      { ...binding, origin: 'https://elsewhere.example' },
      { ...binding, kind: 'client-secret' as const },
    ]) {
      expect(await vault.read(other)).toBeNull();
    }
  });

  test('does not open a secret that was moved to another origin inside the file', async () => {
    const keys = keyring();
    const vault = createSecretVault({ dataDirectory: directory, keyring: keys });
    await vault.write(binding, 'value');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll('unifi.example', 'thief.example'));
    expect(await vault.read({ ...binding, origin: 'https://thief.example' })).toBeNull();
  });

  test('discards the secret of a host that the connection left, also in memory', async () => {
    for (const key of [randomBytes(32), null]) {
      const vault = createSecretVault({ dataDirectory: directory, keyring: keyring(key) });
      await vault.write(binding, 'old');
      await vault.write({ ...binding, origin: 'https://new.example' }, 'new');
      expect(await vault.read(binding)).toBeNull();
    }
  });

  test('loses no write of many at once, and deletes one, or all of a connection', async () => {
    const vault = createSecretVault({ dataDirectory: directory, keyring: keyring() });
    const bindings = Array.from({ length: 12 }, (_, index) => ({
      ...binding,
      connectionId: `c-${index % 6}`,
      kind: index < 6 ? ('scim-token' as const) : ('token-cache' as const),
    }));
    await Promise.all(bindings.map((one, index) => vault.write(one, `value-${index}`)));
    expect(await Promise.all(bindings.map((one) => vault.read(one)))).toEqual(
      bindings.map((_, index) => `value-${index}`),
    );
    await vault.delete(bindings[0] as SecretBinding);
    await vault.deleteConnection('c-1');
    const left = await Promise.all(bindings.map((one) => vault.read(one)));
    expect(left.filter((value) => value !== null)).toHaveLength(9);
  });

  test('takes a secret as long as a token cache', async () => {
    const vault = createSecretVault({ dataDirectory: directory, keyring: keyring() });
    const long = randomBytes(60_000).toString('base64');
    await vault.write(binding, long);
    expect(await vault.read(binding)).toBe(long);
  });

  test.each(['', 'nonsense', '{"header":"unifi-monitor-secrets-1","secrets":{"x":1,"[":"y"}}', '[]'])(
    'takes a damaged file (%s) for an empty one',
    async (content) => {
      await writeFile(file, content);
      const vault = createSecretVault({ dataDirectory: directory, keyring: keyring() });
      expect(await vault.read(binding)).toBeNull();
      await vault.write(binding, 'value');
      expect(await vault.read(binding)).toBe('value');
    },
  );

  test('cannot open what another key sealed', async () => {
    await createSecretVault({ dataDirectory: directory, keyring: keyring() }).write(binding, 'value');
    expect(await createSecretVault({ dataDirectory: directory, keyring: keyring() }).read(binding)).toBeNull();
  });

  test('names the file, and nothing of the secret, when it cannot be written', async () => {
    const blocked = join(directory, 'a-file');
    await writeFile(blocked, '');
    const vault = createSecretVault({ dataDirectory: blocked, keyring: keyring() });
    const error: unknown = await vault.write(binding, 'top-secret-value').catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain('top-secret-value');
    expect(error).toBeInstanceOf(Error);
  });
});

describe('without a key store, the vault', () => {
  test('says that nothing persists, keeps secrets in memory and writes nothing', async () => {
    const vault = createSecretVault({ dataDirectory: directory, keyring: keyring(null) });
    expect(await vault.isPersistent()).toBe(false);
    await vault.write(binding, 'value');
    expect(await vault.read(binding)).toBe('value');
    expect(await readdir(directory)).toEqual([]);
    await vault.deleteConnection('contoso');
    expect(await vault.read(binding)).toBeNull();
  });
});

describe('the key store of the system', () => {
  const fakeEntry = (read: () => Promise<string | null>, write: (value: string) => Promise<void>) => ({
    openEntry: () => ({ getPassword: read, setPassword: write }),
  });

  test('makes a key once and gives the same one afterwards', async () => {
    let stored: string | null = null;
    const store = createSystemKeyStore(
      'a',
      fakeEntry(
        () => Promise.resolve(stored),
        (value) => {
          stored = value;
          return Promise.resolve();
        },
      ),
    );
    const first = await store.key();
    expect(first).toHaveLength(32);
    expect(await store.key()).toEqual(first);
  });

  test('counts as none when it is denied, forgets what is written, or cannot be loaded', async () => {
    const denied = (): Promise<never> => Promise.reject(new Error('denied'));
    expect(await createSystemKeyStore('a', fakeEntry(denied, denied)).key()).toBeNull();
    const forgetful = fakeEntry(
      () => Promise.resolve(null),
      () => Promise.resolve(),
    );
    expect(await createSystemKeyStore('a', forgetful).key()).toBeNull();
    expect(await createSystemKeyStore('a', { openEntry: () => null }).key()).toBeNull();
  });

  test('counts as none when nobody unlocks it', async () => {
    const waiting = fakeEntry(
      () => new Promise(() => undefined),
      () => Promise.resolve(),
    );
    expect(await createSystemKeyStore('a', { ...waiting, patienceMs: 20 }).key()).toBeNull();
  });

  test('answers on this machine within its own time, with a key or with none', async () => {
    const key = await createSystemKeyStore(`test-${process.pid}`).key();
    expect(key === null || key.length === 32).toBe(true);
  });
});
