import { describe, expect, test } from 'vitest';
import { schemaChangeKinds } from '../../../../src-main/contract/models/schema-change.ts';
import type { ObjectMapping, SyncSchema } from '../../../../src-main/core/model/synchronization.ts';
import { compareSchemas } from '../../../../src-main/core/schema/compare-schemas.ts';
import { parseSyncSchema } from '../../../../src-main/core/schema/parse-sync-schema.ts';
import { sampleSchema } from './sample-schema.ts';

const schema = (): SyncSchema => parseSyncSchema(JSON.stringify(sampleSchema()));

/** The sample with one thing changed in the user (1) or group (0) mapping. */
const changed = (change: (mapping: ObjectMapping, all: ObjectMapping[]) => void, index: 0 | 1 = 1): SyncSchema => {
  const copy = schema();
  const all = copy.rules[0]?.mappings ?? [];
  change(all[index] as ObjectMapping, all);
  return copy;
};
const attribute = (mapping: ObjectMapping, name: string): ObjectMapping['attributeMappings'][number] =>
  mapping.attributeMappings.find((one) => one.targetAttributeName === name) as never;
const expression = (text: string) => ({ type: 'Function' as const, name: null, expression: text, parameters: [] });
const clause = (operator: string, ...values: string[]) => ({ attribute: 'department', operator, values });

const cases: [string, SyncSchema, string][] = [
  [
    'mapping-switched-off',
    changed((mapping) => (mapping.enabled = false), 0),
    'The mapping of groups was switched off: groups are not provisioned any more.',
  ],
  [
    'flow-switched-on',
    changed((mapping) => (mapping.flowTypes.delete = true)),
    'Users deleted for good in Entra are now deleted in UNIFI: the mapping deletes.',
  ],
  [
    'flow-switched-off',
    changed((mapping) => (mapping.flowTypes.add = false)),
    'New users are no longer created in UNIFI: the mapping does not create any more.',
  ],
  ['mapping-removed', changed((_, all) => all.splice(0, 1), 0), 'The mapping "Groups" of groups was removed.'],
  [
    'attribute-added',
    changed((mapping) =>
      mapping.attributeMappings.push({ ...attribute(mapping, 'userName'), targetAttributeName: 'nickName' }),
    ),
    'nickName of users is now written, from [userPrincipalName].',
  ],
  [
    'attribute-removed',
    changed((mapping) => mapping.attributeMappings.splice(1, 1)),
    'active of users is no longer written; before, it was Not([IsSoftDeleted]). Nobody who leaves is deactivated any more.',
  ],
  [
    'expression-changed',
    changed((mapping) => (attribute(mapping, 'name.givenName').source = expression('ToUpper([givenName])'))),
    'name.givenName of users is now written from ToUpper([givenName]); before, it was [givenName].',
  ],
  [
    'default-changed',
    changed((mapping) => (attribute(mapping, 'active').defaultValue = null)),
    'Where the source is empty, active of users is now created with nothing; before, with "True".',
  ],
  [
    'matching-changed',
    changed((mapping) => (attribute(mapping, 'externalId').matchingPriority = 2)),
    'externalId of users is now used to find what UNIFI already has.',
  ],
  [
    'writing-changed',
    changed((mapping) => (attribute(mapping, 'externalId').flowType = 'ObjectAddOnly')),
    'externalId of users is now written only when the account is created; before, when the account is created and whenever it changes.',
  ],
  [
    'filter-added',
    changed((mapping) => mapping.scope?.groups.push({ name: 'BIM', clauses: [clause('IS NOT NULL')] })),
    'The scoping filter "BIM" was added for users, which asks that department is filled: it is a further way to pass.',
  ],
  [
    'filter-removed',
    changed((mapping) => (mapping.scope = null)),
    'The scoping filter "Design office" of users was removed, which asked that department is "Design": now everyone passes.',
  ],
  [
    'filter-renamed',
    changed((mapping) => mapping.scope?.groups.forEach((group) => (group.name = 'Designers'))),
    'The scoping filter "Design office" of users is now called "Designers".',
  ],
  [
    'clause-added',
    changed((mapping) =>
      mapping.scope?.groups[0]?.clauses.push({ attribute: 'country', operator: 'EQUALS', values: ['DE'] }),
    ),
    'The scoping filter "Design office" of users now also asks that country is "DE": fewer pass.',
  ],
  [
    'clause-changed',
    changed((mapping) => mapping.scope?.groups[0]?.clauses.splice(0, 1, clause('REGEX MATCH', '^Des.*'))),
    'The scoping filter "Design office" of users now asks that department matches the pattern "^Des.*"; before, that department is "Design".',
  ],
];

describe('the difference of two versions of the mappings', () => {
  test.each(cases)('%s', (kind, after, sentence) => {
    expect(compareSchemas(schema(), after)).toMatchObject([{ kind, sentence }]);
  });

  test('reads the other way round, too, and every kind of difference occurs', () => {
    const back = cases.flatMap(([, after]) => compareSchemas(after, schema()));
    expect(back.map(({ sentence }) => sentence)).toContain(
      'externalId of users is no longer used to find what UNIFI already has.',
    );
    expect(back.map(({ sentence }) => sentence)).toContain(
      'The scoping filter "Design office" was added for users, which asks that department is "Design": until then everyone passed.',
    );
    const kinds = new Set([...cases.map(([kind]) => kind), ...back.map(({ kind }) => kind)]);
    expect([...kinds].sort()).toEqual([...schemaChangeKinds].sort());
  });

  test('is empty for schemas that do the same: other names, order, spaces and notation', () => {
    const same = schema();
    same.version = 'another';
    for (const rule of same.rules) {
      rule.id = 'rule-1#V2';
      rule.mappings.reverse();
      for (const mapping of rule.mappings) {
        mapping.name = `${mapping.name} (new)`;
        mapping.attributeMappings.reverse();
        for (const one of mapping.attributeMappings) {
          if (one.targetAttributeName === 'externalId' && mapping.sourceObjectName === 'User') {
            one.source = expression('Coalesce( [extensionAttribute3] , [mailNickname] )');
          }
        }
        if (mapping.scope) mapping.scope.groups.forEach((group) => group.clauses.reverse());
      }
    }
    expect(compareSchemas(schema(), same)).toEqual([]);
  });

  test('compares expressions that cannot be understood by their text, and cuts long ones off', () => {
    const odd = (text: string): SyncSchema =>
      changed((mapping) => (attribute(mapping, 'externalId').source = expression(text)));
    expect(compareSchemas(odd('Odd{1}'), odd('Odd{1}'))).toEqual([]);
    const long = `Odd{${'x'.repeat(5_000)}}`;
    const [change] = compareSchemas(odd('Odd{1}'), odd(long));
    expect(change?.after).toBe(long);
    expect(change?.sentence.length).toBeLessThan(400);
    const filter = changed((mapping) =>
      mapping.scope?.groups[0]?.clauses.push(clause('REGEX MATCH', 'x'.repeat(5_000))),
    );
    expect(compareSchemas(schema(), filter)[0]?.sentence.length).toBeLessThan(400);
  });
});
