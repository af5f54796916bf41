import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  pseudonymsOf,
  readRedactionKey,
  type StoredRedactionKey,
} from '../../../src-main/adapters/files/redaction-key.ts';
import { createSecretVault } from '../../../src-main/adapters/secrets/create-secret-vault.ts';
import type { KeyStore } from '../../../src-main/adapters/secrets/key-store.ts';
import { redactJson, redactProse } from '../../../src-main/core/redaction/redact-text.ts';
import type { Vocabulary } from '../../../src-main/core/redaction/vocabulary.ts';
import type { SecretVault } from '../../../src-main/services/ports.ts';
import { failureOf } from '../../support/failure-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { pseudonym } = pseudonymsOf(Buffer.alloc(32, 7));
const vocabulary: Vocabulary = { words: new Set(['ada', 'brandt']), identifiers: new Set(['u-20024']) };

const keyring = (key: Buffer | null): KeyStore => ({ key: () => Promise.resolve(key) });
const vaultOf = (dataDirectory: string, key: Buffer | null): SecretVault =>
  createSecretVault({ dataDirectory, fileName: 'pseudonyms.bin', keyring: keyring(key) });
const emptyDirectory = (): string => mkdtempSync(join(folder, 'data-'));
const pseudonymOf = ({ key }: { key: string }): string =>
  pseudonymsOf(Buffer.from(key, 'hex')).pseudonym('name', 'ada');

describe('without a key store, the key of pseudonyms', () => {
  test('is made once, for its owner only, in a file that is told, and stays the same', async () => {
    const directory = emptyDirectory();
    const file = join(directory, 'redaction.key');
    const read = (): Promise<StoredRedactionKey> => readRedactionKey(directory, vaultOf(directory, null));
    const [first, second] = await Promise.all([read(), read()]);
    expect(first).toEqual(second);
    expect(await read()).toEqual(first);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(first.place).toContain(file);
    expect(first.place).toMatch(/no key store/u);
    expect(pseudonymOf(first)).not.toBe(pseudonym('name', 'ada'));
    expect(pseudonymOf(first)).toMatch(/^name-[0-9a-z]{10}$/u);
  });

  // Windows keeps rights otherwise.
  test.runIf(process.platform !== 'win32')('is taken away from others who may read it', async () => {
    const directory = emptyDirectory();
    const file = join(directory, 'redaction.key');
    const { key } = await readRedactionKey(directory, vaultOf(directory, null));
    chmodSync(file, 0o644);
    expect((await readRedactionKey(directory, vaultOf(directory, null))).key).toBe(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is named, not replaced, when its file is no key', async () => {
    const directory = emptyDirectory();
    const file = join(directory, 'redaction.key');
    writeFileSync(file, 'short');
    expect(await failureOf(readRedactionKey(directory, vaultOf(directory, null)))).toMatchObject({
      code: 'store-damaged',
      file,
    });
    expect(readFileSync(file, 'utf8')).toBe('short');
  });
});

describe('with a key store, the key of pseudonyms', () => {
  test('that lay in a file moves there and stays the same; nothing in the data directory holds it', async () => {
    const directory = emptyDirectory();
    const before = await readRedactionKey(directory, vaultOf(directory, null));
    const locked = randomBytes(32);
    const [moved, again] = await Promise.all([
      readRedactionKey(directory, vaultOf(directory, locked)),
      readRedactionKey(directory, vaultOf(directory, locked)),
    ]);
    expect([moved.key, again.key]).toEqual([before.key, before.key]);
    expect(moved.place).toMatch(/key store of this computer/u);
    expect((await readRedactionKey(directory, vaultOf(directory, locked))).key).toBe(before.key);
    const files = readdirSync(directory).toSorted();
    expect(files).toEqual(['pseudonyms.bin', 'redaction.key']);
    for (const name of files) expect(readFileSync(join(directory, name), 'utf8')).not.toContain(before.key);
  });

  test('is made there when there is none yet, by whoever comes first', async () => {
    const directory = emptyDirectory();
    const locked = randomBytes(32);
    const keys = await Promise.all(
      [1, 2, 3].map(() => readRedactionKey(directory, vaultOf(directory, locked)).then(({ key }) => key)),
    );
    expect(new Set(keys).size).toBe(1);
    expect((await readRedactionKey(directory, vaultOf(directory, locked))).key).toBe(keys[0]);
  });

  test('never becomes another one when the key store is locked, empty, or another', async () => {
    const directory = emptyDirectory();
    const locked = randomBytes(32);
    const { key } = await readRedactionKey(directory, vaultOf(directory, locked));
    const marker = readFileSync(join(directory, 'redaction.key'), 'utf8');
    for (const other of [null, randomBytes(32)]) {
      const failure = await failureOf(readRedactionKey(directory, vaultOf(directory, other)));
      expect(failure.code).toBe(other === null ? 'not-available' : 'store-damaged');
      expect(failure.message).toMatch(/key store/u);
      expect(readFileSync(join(directory, 'redaction.key'), 'utf8')).toBe(marker);
    }
    expect((await readRedactionKey(directory, vaultOf(directory, locked))).key).toBe(key);
    // The file says only where the key lies: without it, the key is found there all the same.
    rmSync(join(directory, 'redaction.key'));
    expect((await readRedactionKey(directory, vaultOf(directory, locked))).key).toBe(key);
  });

  test('outlives the removal of connections and the change of other secrets', async () => {
    const directory = emptyDirectory();
    const vault = vaultOf(directory, randomBytes(32));
    const { key } = await readRedactionKey(directory, vault);
    const binding = { connectionId: 'contoso', origin: 'https://unifi.example', kind: 'scim-token' } as const;
    await vault.write(binding, 'value');
    await vault.deleteConnection('contoso');
    expect((await readRedactionKey(directory, vault)).key).toBe(key);
  });
});

test('the same person has the same pseudonym in a sentence and in a document', () => {
  const sentence = redactProse(
    'Ada Brandt (ada.brandt@contoso.example) is u-20024 since 2026-11-20.',
    pseudonym,
    vocabulary,
  );
  const document = redactJson(
    JSON.stringify({ id: 'u-20024', displayName: 'Ada Brandt', mail: 'Ada.Brandt@contoso.example', status: 'failure' }),
    pseudonym,
    vocabulary,
  );
  const read = JSON.parse(document) as Record<string, string>;
  expect(sentence).toBe(`${read['displayName']} (${read['mail']}) is ${read['id']} since 2026-11-20.`);
  expect(read['status']).toBe('failure');
  expect(sentence + document).not.toMatch(/ada|brandt|20024/iu);
});

test.each(["Ada O'Brandt was skipped", "Brandt's account", 'A.Brandt exists', 'Mc-Brandt'])(
  'a name that is a part of a word is found: %s',
  (sentence) => {
    expect(redactProse(sentence, pseudonym, vocabulary)).not.toMatch(/brandt/iu);
  },
);
