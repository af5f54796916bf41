import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Keyring from '@napi-rs/keyring';

const keyLength = 32;
const service = 'UNIFI Provisioning Monitor';

/** The operating system's key store, as far as it is used: one entry. */
export interface KeyStore {
  /** The 256-bit key of this account; made at the first call. Null when there is no key store, or it is denied. */
  key(): Promise<Buffer | null>;
}

interface Entry {
  getPassword(): Promise<string | null>;
  setPassword(password: string): Promise<void>;
}

/** The native module is loaded at first use: where it cannot be, there simply is no key store. */
const systemEntry = (account: string): Entry | null => {
  try {
    const { AsyncEntry } = createRequire(import.meta.url)('@napi-rs/keyring') as typeof Keyring;
    return new AsyncEntry(service, account);
  } catch {
    return null;
  }
};

const decode = (text: string | null): Buffer | null => {
  const key = text === null ? null : Buffer.from(text, 'base64');
  return key?.length === keyLength ? key : null;
};

/**
 * One key in the operating system's key store: Windows limits an entry to 2,560 bytes, less than a token cache, so the
 * key lies there and what it locks lies in a file. A key counts only when it could be read back.
 *
 * @param account tells data directories apart
 */
export const createSystemKeyStore = (
  account: string,
  openEntry: (account: string) => Entry | null = systemEntry,
): KeyStore => ({
  key: async () => {
    const entry = openEntry(account);
    if (entry === null) return null;
    try {
      const known = decode(await entry.getPassword());
      if (known !== null) return known;
      const fresh = randomBytes(keyLength);
      await entry.setPassword(fresh.toString('base64'));
      const stored = decode(await entry.getPassword());
      return stored?.equals(fresh) === true ? stored : null;
    } catch {
      // Denied, locked, or no service behind it: the same as none, and the reason may name the account.
      return null;
    }
  },
});
