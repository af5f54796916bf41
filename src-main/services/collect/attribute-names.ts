import { attributesNamed, targetAttributesNamed } from '../../core/schema/attributes-named.ts';
import { parseSyncSchema } from '../../core/schema/parse-sync-schema.ts';
import type { SnapshotStore } from '../ports.ts';

/** The attributes that mappings and scoping clauses name: all that is kept of people, groups and accounts. */
export interface AttributeNames {
  user: string[];
  group: string[];
  target: string[];
}

/** What the UNIFI article maps, kept while no schema could ever be read. provisioning-semantics.md 12. */
const articleTarget = ['userName', 'active', 'name.givenName', 'name.familyName', 'externalId'];

/** From the stored schema, the newest that could be read; before that nothing of the directory beyond ids and names. */
export const attributeNames = async (snapshots: Pick<SnapshotStore, 'document'>): Promise<AttributeNames> => {
  const stored = await snapshots.document('schema');
  if (!stored) return { user: [], group: [], target: articleTarget };
  const schema = parseSyncSchema(stored.json);
  return { ...attributesNamed(schema), target: [...new Set([...articleTarget, ...targetAttributesNamed(schema)])] };
};
