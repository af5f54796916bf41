import type { ObjectMapping, SyncSchema } from '../model/synchronization.ts';

const mappingOf = (schema: SyncSchema, sourceObjectName: string): ObjectMapping | null => {
  const mappings = schema.rules
    .flatMap((rule) => rule.mappings)
    .filter((mapping) => mapping.sourceObjectName.toLowerCase() === sourceObjectName);
  return mappings.find((mapping) => mapping.enabled) ?? mappings[0] ?? null;
};

/** The mapping of Entra users: of several the first enabled one, by the priority of their rules. Null: none. */
export const userMapping = (schema: SyncSchema): ObjectMapping | null => mappingOf(schema, 'user');

/** The mapping of Entra groups, chosen in the same way. */
export const groupMapping = (schema: SyncSchema): ObjectMapping | null => mappingOf(schema, 'group');
