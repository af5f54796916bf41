import { expect, test } from 'vitest';
import { isAppError } from '../../../../src-main/core/app-error.ts';
import { attributesNamed, targetAttributesNamed } from '../../../../src-main/core/schema/attributes-named.ts';
import { groupMapping, userMapping } from '../../../../src-main/core/schema/object-mappings.ts';
import { parseSyncSchema } from '../../../../src-main/core/schema/parse-sync-schema.ts';
import { sampleSchema } from './sample-schema.ts';

const parse = (schema: unknown) => parseSyncSchema(JSON.stringify(schema));

const upperKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(upperKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key.charAt(0).toUpperCase() + key.slice(1), upperKeys(entry)]),
  );
};

test('reads mappings, flow types and scoping filters, and leaves unknown keys out', () => {
  const schema = parse(sampleSchema());
  const users = userMapping(schema);
  expect(users?.flowTypes).toEqual({ add: true, update: true, delete: false });
  expect(users?.scope?.groups).toEqual([
    { name: 'Design office', clauses: [{ attribute: 'department', operator: 'EQUALS', values: ['Design'] }] },
  ]);
  expect(users?.attributeMappings[0]).toEqual({
    targetAttributeName: 'userName',
    matchingPriority: 1,
    flowType: 'Always',
    flowBehavior: 'FlowWhenChanged',
    defaultValue: null,
    source: { type: 'Attribute', name: 'userPrincipalName', expression: '[userPrincipalName]', parameters: [] },
  });
  expect(groupMapping(schema)?.targetObjectName).toBe('urn:ietf:params:scim:schemas:core:2.0:Group');
  expect(Object.keys(schema)).toEqual(['id', 'version', 'rules']);
});

test('reads keys and enum words of another casing', () => {
  const sample = sampleSchema();
  expect(parse(upperKeys(sample))).toEqual(parse(sample));
});

test('takes what is missing for what Graph means by its absence', () => {
  const schema = parse({ synchronizationRules: [{ objectMappings: [{ sourceObjectName: 'user' }, 7, null] }] });
  expect(userMapping(schema)).toMatchObject({
    enabled: true,
    scope: null,
    attributeMappings: [],
    flowTypes: { add: true, update: true, delete: true },
  });
  expect(groupMapping(schema)).toBeNull();
});

test('prefers an enabled mapping, then the rule of the lowest priority', () => {
  const mapping = (name: string, enabled: boolean) => ({ name, enabled, sourceObjectName: 'User' });
  const schema = parse({
    synchronizationRules: [
      { priority: 3, objectMappings: [mapping('third', true)] },
      { priority: 2, objectMappings: [mapping('second', true)] },
      { priority: 1, objectMappings: [mapping('first', false)] },
    ],
  });
  expect(userMapping(schema)?.name).toBe('second');
});

test.each([['<html>'], ['null'], ['[]'], ['{}'], ['{"synchronizationRules":{}}']])(
  'refuses %s as unusable, naming the source and the path',
  (json) => {
    let thrown: unknown;
    try {
      parseSyncSchema(json);
    } catch (error) {
      thrown = error;
    }
    expect(isAppError(thrown) && thrown.failure).toMatchObject({ code: 'response-unexpected', source: 'schema' });
  },
);

test('names the Graph attributes that mappings and clauses read, without fixed, computed and reference ones', () => {
  const schema = parse(sampleSchema());
  expect(attributesNamed(schema)).toEqual({
    user: ['department', 'extensionAttribute3', 'givenName', 'mailNickname'],
    group: [],
  });
  expect(targetAttributesNamed(schema)).toEqual(['userName', 'active', 'name.givenName', 'externalId']);
});

test('translates names of the provisioning schema to those of Graph', () => {
  const mapped = (name: string) => ({ targetAttributeName: name, source: { type: 'Attribute', name } });
  const names = [
    'objectId',
    'mobile',
    'telephoneNumber',
    'onPremisesExtensionAttributes.extensionAttribute12',
    'extension_0123456789abcdef0123456789abcdef_costCode',
    'originalUserPrincipalName',
    'manager',
    'appRoleAssignments',
    'employeeOrgData.costCenter',
    'emails[type eq "work"].value',
  ];
  const schema = parse({
    synchronizationRules: [{ objectMappings: [{ sourceObjectName: 'User', attributeMappings: names.map(mapped) }] }],
  });
  expect(attributesNamed(schema).user).toEqual([
    'businessPhones',
    'costCenter',
    'extensionAttribute12',
    'extension_0123456789abcdef0123456789abcdef_costCode',
    'mobilePhone',
  ]);
});
