import type { SchemaChange } from '../../contract/models/schema-change.ts';
import type { ObjectMapping, SyncSchema } from '../model/synchronization.ts';
import { compareAttributeMappings } from './compare-attribute-mappings.ts';
import { compareScopes } from './compare-scopes.ts';
import { pairUp } from './pair-up.ts';

/** Whom a mapping is for, in the plural. */
const objectOf = ({ sourceObjectName }: ObjectMapping): string => {
  const name = sourceObjectName.toLowerCase();
  if (name === 'user') return 'users';
  return name === 'group' ? 'groups' : `"${sourceObjectName}" objects`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What each flow does, switched off and switched on. provisioning-semantics.md 4. */
const flowWords: Readonly<Record<keyof ObjectMapping['flowTypes'], (object: string) => { off: string; on: string }>> = {
  add: (object) => ({
    off: `New ${object} are no longer created in UNIFI: the mapping does not create any more.`,
    on: `New ${object} are now created in UNIFI: the mapping creates.`,
  }),
  update: (object) => ({
    off: `${capital(object)} are no longer changed or deactivated in UNIFI: the mapping does not update any more.`,
    on: `${capital(object)} are now changed and deactivated in UNIFI: the mapping updates.`,
  }),
  delete: (object) => ({
    off: `${capital(object)} deleted for good in Entra are no longer deleted in UNIFI: the mapping does not delete any more.`,
    on: `${capital(object)} deleted for good in Entra are now deleted in UNIFI: the mapping deletes.`,
  }),
};

const flowNames = { add: 'Add', update: 'Update', delete: 'Delete' } as const;

const compareFlows = (object: string, before: ObjectMapping, after: ObjectMapping): SchemaChange[] =>
  (['add', 'update', 'delete'] as const).flatMap((flow): SchemaChange[] => {
    if (before.flowTypes[flow] === after.flowTypes[flow]) return [];
    const isOn = after.flowTypes[flow];
    const words = flowWords[flow](object);
    return [
      {
        kind: isOn ? 'flow-switched-on' : 'flow-switched-off',
        object,
        attribute: null,
        before: isOn ? null : flowNames[flow],
        after: isOn ? flowNames[flow] : null,
        sentence: isOn ? words.on : words.off,
      },
    ];
  });

const compareMapping = (before: ObjectMapping, after: ObjectMapping): SchemaChange[] => {
  const object = objectOf(after);
  const switched: SchemaChange[] = [];
  if (before.enabled !== after.enabled) {
    const facts = { object, attribute: null };
    switched.push(
      after.enabled
        ? {
            ...facts,
            kind: 'mapping-switched-on',
            before: 'off',
            after: 'on',
            sentence: `The mapping of ${object} was switched on: ${object} are provisioned from now on.`,
          }
        : {
            ...facts,
            kind: 'mapping-switched-off',
            before: 'on',
            after: 'off',
            sentence: `The mapping of ${object} was switched off: ${object} are not provisioned any more.`,
          },
    );
  }
  return [
    ...switched,
    ...compareFlows(object, before, after),
    ...compareScopes(object, before.scope, after.scope),
    ...compareAttributeMappings(object, before, after),
  ];
};

const mappingsOf = (schema: SyncSchema): ObjectMapping[] => schema.rules.flatMap((rule) => rule.mappings);

/**
 * What changed from one version of a job's mappings and scoping filters to another, in words for people: mappings and
 * flows switched on or off, scoping filters and clauses, attributes with their expressions, defaults and matching
 * order. Mappings are paired by source and target object, so that a renamed rule or mapping is no difference; two
 * schemas that do the same give an empty list, also of two applications. graph-provisioning.md 6.
 */
export const compareSchemas = (before: SyncSchema, after: SyncSchema): SchemaChange[] =>
  pairUp(mappingsOf(before), mappingsOf(after), (mapping) =>
    `${mapping.sourceObjectName}\n${mapping.targetObjectName}`.toLowerCase(),
  ).flatMap(({ old, now }): SchemaChange[] => {
    if (old && now) return compareMapping(old, now);
    const mapping = (now ?? old) as ObjectMapping;
    const object = objectOf(mapping);
    const facts = { object, attribute: null };
    if (now) {
      const sentence = `A mapping of ${object} was added: "${mapping.name}".`;
      return [{ ...facts, kind: 'mapping-added', before: null, after: mapping.name, sentence }];
    }
    const sentence = `The mapping "${mapping.name}" of ${object} was removed.`;
    return [{ ...facts, kind: 'mapping-removed', before: mapping.name, after: null, sentence }];
  });
