import type { SecretBinding, SecretVault } from '../../src-main/services/ports.ts';

/** A vault in memory whose content a test can read and damage. */
export const createOpenVault = (): SecretVault & { entries: Map<string, string> } => {
  const entries = new Map<string, string>();
  const key = (binding: SecretBinding): string => `${binding.connectionId} ${binding.origin} ${binding.kind}`;
  return {
    entries,
    isPersistent: () => Promise.resolve(true),
    read: (binding) => Promise.resolve(entries.get(key(binding)) ?? null),
    write: (binding, value) => Promise.resolve(void entries.set(key(binding), value)),
    delete: (binding) => Promise.resolve(void entries.delete(key(binding))),
    deleteConnection(connectionId) {
      for (const entry of entries.keys()) if (entry.startsWith(`${connectionId} `)) entries.delete(entry);
      return Promise.resolve();
    },
  };
};
