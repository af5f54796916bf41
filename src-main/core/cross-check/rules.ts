import { compileGroupMapping, compileUserMapping } from '../mapping/compile-mapping.ts';
import {
  mappedPrincipalName,
  readGroupAttribute,
  readUserAttribute,
  type UserSubject,
} from '../mapping/directory-attribute.ts';
import { isUnknown, textOf, type Evaluated, type Read } from '../mapping/evaluated.ts';
import type { DirectoryGroup } from '../model/directory.ts';
import type { AttributeMapping, ObjectMapping, SyncSchema } from '../model/synchronization.ts';
import type { TargetUser } from '../model/target.ts';
import { groupMapping, userMapping } from '../schema/object-mappings.ts';
import { compileScope, type ScopeAnswer } from '../scope/compile-scope.ts';
import { normalText } from './compare-text.ts';

/** A matching attribute: what Entra would look for, and where. */
export interface Matcher<S, T> {
  attribute: string;
  read: Read<S>;
  target(target: T): string | null;
}

/** A mapped attribute whose two sides are compared. */
export interface ComparedAttribute {
  attribute: string;
  read: Read<UserSubject>;
  /** Undefined when the account was read without this attribute. */
  target(account: TargetUser): string | boolean | null | undefined;
  hasDefault: boolean;
}

/** The mappings and filters of the job, compiled once. */
export interface Rules {
  user: {
    matchers: Matcher<UserSubject, TargetUser>[];
    externalId: Read<UserSubject> | null;
    compared: ComparedAttribute[];
    scope(subject: UserSubject): ScopeAnswer;
    inputFilter(subject: UserSubject): ScopeAnswer;
  };
  /** Null: groups are not mapped. */
  group: {
    enabled: boolean;
    displayName: Read<DirectoryGroup>;
    externalId: Read<DirectoryGroup> | null;
    scope(group: DirectoryGroup): ScopeAnswer;
    inputFilter(group: DirectoryGroup): ScopeAnswer;
  } | null;
  /** True when no schema was ever read: the match rests on an assumption. findings.md 6. */
  mappingAssumed: boolean;
}

const is = (attribute: string, name: string): boolean => attribute.toLowerCase() === name.toLowerCase();

/** The value of an account at a SCIM path. Fields that every account carries are read from there. */
const readAccount = (attribute: string): ComparedAttribute['target'] => {
  if (is(attribute, 'userName')) return (account) => account.userName;
  if (is(attribute, 'externalId')) return (account) => account.externalId;
  if (is(attribute, 'displayName')) return (account) => account.displayName ?? account.attributes[attribute] ?? null;
  if (is(attribute, 'id')) return (account) => account.id;
  return (account) => account.attributes[attribute];
};

const byPriority = (mapping: ObjectMapping): AttributeMapping[] =>
  mapping.attributeMappings
    .filter((attribute) => attribute.matchingPriority > 0)
    .sort((one, other) => one.matchingPriority - other.matchingPriority);

const findTarget = (mapping: ObjectMapping, name: string): AttributeMapping | undefined =>
  mapping.attributeMappings.find((attribute) => is(attribute.targetAttributeName, name));

const compileUser = (mapping: ObjectMapping): Rules['user'] => {
  const attribute = (name: string): Read<UserSubject> => readUserAttribute(name, { inExpression: true });
  const external = findTarget(mapping, 'externalId');
  return {
    matchers: byPriority(mapping).map((match) => {
      const target = readAccount(match.targetAttributeName);
      return {
        attribute: match.targetAttributeName,
        read: compileUserMapping(match),
        target(account) {
          const value = target(account);
          return value === null || value === undefined ? null : textOf(value);
        },
      };
    }),
    externalId: external?.source ? compileUserMapping(external) : null,
    compared: mapping.attributeMappings
      .filter(({ targetAttributeName, flowType, source }) => {
        const onlyAtCreation = is(flowType, 'ObjectAddOnly');
        return source !== null && !onlyAtCreation && !is(targetAttributeName, 'active');
      })
      .map((compared) => ({
        attribute: compared.targetAttributeName,
        read: compileUserMapping(compared),
        target: readAccount(compared.targetAttributeName),
        hasDefault: compared.defaultValue !== null && compared.defaultValue !== '',
      })),
    scope: compileScope(mapping.scope?.groups ?? [], attribute),
    inputFilter: compileScope(mapping.scope?.inputFilterGroups ?? [], attribute),
  };
};

const compileGroup = (mapping: ObjectMapping): NonNullable<Rules['group']> => {
  const name = findTarget(mapping, 'displayName');
  const external = findTarget(mapping, 'externalId');
  return {
    enabled: mapping.enabled,
    displayName: name?.source ? compileGroupMapping(name) : (group) => group.displayName,
    externalId: external?.source ? compileGroupMapping(external) : null,
    scope: compileScope(mapping.scope?.groups ?? [], readGroupAttribute),
    inputFilter: compileScope(mapping.scope?.inputFilterGroups ?? [], readGroupAttribute),
  };
};

const assumedRules: Rules = {
  user: {
    matchers: [
      {
        attribute: 'userName',
        read: ({ user }) => mappedPrincipalName(user),
        target: (account) => account.userName,
      },
    ],
    externalId: null,
    compared: [],
    scope: () => 'unknown',
    inputFilter: () => 'pass',
  },
  group: null,
  mappingAssumed: true,
};

/** Without a schema, or without a mapping of users in it, `userName` is taken to be the UPN. findings.md 6. */
export const compileRules = (schema: SyncSchema | null): Rules => {
  const users = schema && userMapping(schema);
  if (!schema || !users) return assumedRules;
  const groups = groupMapping(schema);
  return { user: compileUser(users), group: groups && compileGroup(groups), mappingAssumed: false };
};

/** A value as text for comparisons; null for none. An unknown one stays unknown. */
export const comparable = (value: Evaluated): string | null | Extract<Evaluated, { problem: string }> => {
  if (value === null || isUnknown(value)) return value;
  const text = normalText(textOf(value));
  return text === '' ? null : text;
};
