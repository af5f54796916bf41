import type { SecretBinding, SecretVault } from '../../services/ports.ts';

/** Where a secret stands: other connection, other origin, other use, other place. */
export const bindingKey = ({ connectionId, origin, kind }: SecretBinding): string =>
  JSON.stringify([connectionId, origin, kind]);

export const belongsTo = (key: string, connectionId: string): boolean =>
  key.startsWith(`[${JSON.stringify(connectionId)},`);

/** Secrets that live as long as this object and no longer. */
export const createMemoryVault = (): SecretVault => {
  const secrets = new Map<string, string>();
  return {
    isPersistent: () => Promise.resolve(false),
    read: (binding) => Promise.resolve(secrets.get(bindingKey(binding)) ?? null),
    write: (binding, value) => {
      secrets.set(bindingKey(binding), value);
      return Promise.resolve();
    },
    delete: (binding) => {
      secrets.delete(bindingKey(binding));
      return Promise.resolve();
    },
    deleteConnection: (connectionId) => {
      for (const key of [...secrets.keys()]) if (belongsTo(key, connectionId)) secrets.delete(key);
      return Promise.resolve();
    },
  };
};
