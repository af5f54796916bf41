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
    // Without this, Linux falls back to the kernel's keyring, which forgets everything at the next start.
    return new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
  } catch {
    return null;
  }
};

const decode = (text: string | null): Buffer | null => {
  const key = text === null ? null : Buffer.from(text, 'base64');
  return key?.length === keyLength ? key : null;
};

const readOrMake = async (entry: Entry): Promise<Buffer | null> => {
  const known = decode(await entry.getPassword());
  if (known !== null) return known;
  const fresh = randomBytes(keyLength);
  await entry.setPassword(fresh.toString('base64'));
  const stored = decode(await entry.getPassword());
  return stored?.equals(fresh) === true ? stored : null;
};

/** Null when the work takes longer: a key store may wait for somebody to unlock it who is not there. */
const within = async <T>(ms: number, work: Promise<T>): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * One key in the operating system's key store: Windows limits an entry to 2,560 bytes, less than a token cache, so the
 * key lies there and what it locks lies in a file. A key counts only when it could be read back.
 *
 * @param account tells data directories apart
 */
export const createSystemKeyStore = (
  account: string,
  options: { openEntry?: (account: string) => Entry | null; patienceMs?: number } = {},
): KeyStore => ({
  key: async () => {
    const entry = (options.openEntry ?? systemEntry)(account);
    if (entry === null) return null;
    try {
      return await within(options.patienceMs ?? 60_000, readOrMake(entry));
    } catch {
      // Denied, locked, or no service behind it: the same as none, and the reason may name the account.
      return null;
    }
  },
});
