import type { ICachePlugin } from '@azure/msal-node';
import type { SecretBinding, SecretVault } from '../../services/ports.ts';

/** What the vault holds for one connection: MSAL's cache, and the scopes in the spelling of the service. */
interface Stored {
  cache: string;
  scopes: string[];
}

const readStored = (text: string): Stored | null => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('cache' in value) || !('scopes' in value)) return null;
    const { cache, scopes } = value;
    if (typeof cache !== 'string' || !Array.isArray(scopes)) return null;
    if (cache !== '') JSON.parse(cache);
    return { cache, scopes: scopes.filter((scope): scope is string => typeof scope === 'string') };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
};

export interface TokenCache {
  plugin: ICachePlugin;
  /** Scopes of the last sign-in in the service's spelling; empty when there was none. */
  scopes(): Promise<string[]>;
  saveScopes(scopes: string[]): Promise<void>;
  clear(): Promise<void>;
}

/**
 * MSAL's token cache in the vault. A damaged entry is discarded, so that the next call says that a sign-in is needed.
 * Writes happen one after the other. msal-desktop.md 5.
 */
export const createTokenCache = (vault: SecretVault, binding: SecretBinding): TokenCache => {
  let writing: Promise<void> = Promise.resolve();

  const load = async (): Promise<Stored> => {
    await writing;
    const text = await vault.read(binding);
    if (text === null) return { cache: '', scopes: [] };
    const stored = readStored(text);
    if (stored) return stored;
    await vault.delete(binding);
    return { cache: '', scopes: [] };
  };
  const save = (change: Partial<Stored>): Promise<void> => {
    const write = async (): Promise<void> => {
      const before = readStored((await vault.read(binding)) ?? '') ?? { cache: '', scopes: [] };
      await vault.write(binding, JSON.stringify({ ...before, ...change }));
    };
    const done = writing.then(write);
    // A failed write is thrown to its caller; the next one still gets its turn.
    writing = done.catch(() => undefined);
    return done;
  };

  return {
    plugin: {
      async beforeCacheAccess(context) {
        const { cache } = await load();
        try {
          context.tokenCache.deserialize(cache);
        } catch {
          // JSON, but not a cache: MSAL names no error type for it.
          await vault.delete(binding);
          context.tokenCache.deserialize('');
        }
      },
      async afterCacheAccess(context) {
        if (context.cacheHasChanged) await save({ cache: context.tokenCache.serialize() });
      },
    },
    scopes: async () => (await load()).scopes,
    saveScopes: (scopes) => save({ scopes }),
    async clear() {
      await writing;
      await vault.delete(binding);
    },
  };
};
