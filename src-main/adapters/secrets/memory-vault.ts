import type { SecretBinding, SecretVault } from '../../services/ports.ts';

/** Where a secret stands: other connection, other origin, other use, other place. */
export const bindingKey = ({ connectionId, origin, kind }: SecretBinding): string =>
  JSON.stringify([connectionId, origin, kind]);

export const belongsTo = (key: string, connectionId: string): boolean =>
  key.startsWith(`[${JSON.stringify(connectionId)},`);

/** True for the secret of the same use for another host: the connection left it, so it is discarded. */
export const isOutdatedBy = (key: string, { connectionId, origin, kind }: SecretBinding): boolean => {
  const [otherConnection, otherOrigin, otherKind] = JSON.parse(key) as [string, string, string];
  return otherConnection === connectionId && otherKind === kind && otherOrigin !== origin;
};

/** Secrets that live as long as this object and no longer. */
export const createMemoryVault = (): SecretVault => {
  const secrets = new Map<string, string>();
  return {
    isPersistent: () => Promise.resolve(false),
    read: (binding) => Promise.resolve(secrets.get(bindingKey(binding)) ?? null),
    write: (binding, value) => {
      for (const key of [...secrets.keys()]) if (isOutdatedBy(key, binding)) secrets.delete(key);
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
