import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SecretVault } from '../../services/ports.ts';
import { createSystemKeyStore } from './key-store.ts';
import type { KeyStore } from './key-store.ts';
import { belongsTo, bindingKey, createMemoryVault, isOutdatedBy } from './memory-vault.ts';
import { readSealed, seal, unseal, writeSealed } from './sealed-file.ts';
import type { Sealed } from './sealed-file.ts';

export interface SecretVaultOptions {
  dataDirectory: string;
  /** Another file than `secrets.bin`: what no damage and no change of the other secrets may take away. */
  fileName?: string;
  /** The operating system's key store, when it is another one than that of this account. */
  keyring?: KeyStore;
}

const accountOf = (dataDirectory: string): string =>
  createHash('sha256').update(resolve(dataDirectory)).digest('hex').slice(0, 16);

/**
 * Secrets in `secrets.bin` of the data directory, each sealed with AES-256-GCM for its connection, origin and use,
 * under one key that only the operating system's key store has. Where there is no key store, secrets stay in memory
 * and nothing is written. The file is read anew at each call, since another process may have written it; a damaged
 * one counts as empty. Throws `file-unwritable`.
 */
export const createSecretVault = (options: SecretVaultOptions): SecretVault => {
  const file = join(options.dataDirectory, options.fileName ?? 'secrets.bin');
  const keyring = options.keyring ?? createSystemKeyStore(accountOf(options.dataDirectory));
  const memory = createMemoryVault();
  let known: Promise<Buffer | null> | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const key = (): Promise<Buffer | null> => {
    known ??= keyring.key();
    return known;
  };

  /** One change after the other: each reads the file, changes it, and writes it back. */
  const change = (edit: (sealed: Sealed, key: Buffer) => boolean, key: Buffer): Promise<void> => {
    const work = queue.then(async () => {
      const sealed = await readSealed(file);
      if (!edit(sealed, key)) return;
      await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 });
      await writeSealed(file, sealed);
    });
    queue = work.then(
      () => undefined,
      // The caller gets the error; the next change must not fail for it.
      () => undefined,
    );
    return work;
  };

  const withKey = async <T>(onDisk: (key: Buffer) => Promise<T>, inMemory: () => Promise<T>): Promise<T> => {
    const present = await key();
    return present === null ? inMemory() : onDisk(present);
  };

  return {
    isPersistent: async () => (await key()) !== null,
    read: (binding) =>
      withKey(
        async (present) => {
          await queue;
          const name = bindingKey(binding);
          const sealed = (await readSealed(file)).get(name);
          return sealed === undefined ? null : unseal(present, name, sealed);
        },
        () => memory.read(binding),
      ),
    write: (binding, value) =>
      withKey(
        (present) =>
          change((sealed, sealing) => {
            for (const name of [...sealed.keys()]) if (isOutdatedBy(name, binding)) sealed.delete(name);
            sealed.set(bindingKey(binding), seal(sealing, bindingKey(binding), value));
            return true;
          }, present),
        () => memory.write(binding, value),
      ),
    delete: (binding) =>
      withKey(
        (present) => change((sealed) => sealed.delete(bindingKey(binding)), present),
        () => memory.delete(binding),
      ),
    deleteConnection: (connectionId) =>
      withKey(
        (present) =>
          change((sealed) => {
            const names = [...sealed.keys()].filter((name) => belongsTo(name, connectionId));
            for (const name of names) sealed.delete(name);
            return names.length > 0;
          }, present),
        () => memory.deleteConnection(connectionId),
      ),
  };
};
