import { attributesOf } from '../mapping/expression.ts';
import { sourceExpression } from '../mapping/source-expression.ts';
import type { ObjectMapping, SyncSchema } from '../model/synchronization.ts';
import { graphAttribute } from './graph-attribute.ts';
import { groupMapping, userMapping } from './object-mappings.ts';

const namesOf = (mapping: ObjectMapping | null): string[] => {
  if (!mapping) return [];
  const scope = mapping.scope;
  const clauses = scope ? [...scope.groups, ...scope.inputFilterGroups].flatMap((group) => group.clauses) : [];
  const sources = mapping.attributeMappings.flatMap(({ source }) => {
    const expression = source && sourceExpression(source);
    return expression ? attributesOf(expression) : [];
  });
  const names = new Set<string>();
  for (const name of [...sources, ...clauses.map((clause) => clause.attribute)]) {
    const attribute = graphAttribute(name);
    if (attribute && !attribute.fixed) names.add(attribute.name);
  }
  return [...names].sort();
};

/**
 * Graph's names of the attributes that mappings and scoping clauses of users and groups read: all that is collected of
 * them beside the fixed properties (id, UPN, mail, display name, enabled, created), which are left out here, and so is
 * everything that is no plain property of the directory object.
 */
export const attributesNamed = (schema: SyncSchema): { user: string[]; group: string[] } => ({
  user: namesOf(userMapping(schema)),
  group: namesOf(groupMapping(schema)),
});

/** SCIM paths that the user mapping writes: all that is collected of an account. */
export const targetAttributesNamed = (schema: SyncSchema): string[] => [
  ...new Set(userMapping(schema)?.attributeMappings.map((mapping) => mapping.targetAttributeName) ?? []),
];
