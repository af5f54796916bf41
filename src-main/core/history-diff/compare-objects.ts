import type { AttributeChange, DiffKind, DiffSection } from '../../contract/models/history-diff.ts';
import type { Assignment, DirectoryGroup, DirectoryUser } from '../model/directory.ts';
import type { TargetGroup, TargetUser } from '../model/target.ts';

/** Sections whose objects have attributes to compare. */
export type ObjectSection = Extract<DiffSection, 'people' | 'accounts' | 'groups' | 'target-groups' | 'assignments'>;

interface ComparedObjects {
  people: DirectoryUser;
  accounts: TargetUser;
  groups: DirectoryGroup;
  'target-groups': Omit<TargetGroup, 'memberIds'>;
  assignments: Assignment;
}

/** What is compared of one kind of object; dates of creation and change are no difference by themselves. */
interface Comparison<T> {
  name(item: T): string | null;
  detail(item: T): string | null;
  /** Attributes whose change is a rename. */
  names: readonly (keyof T & string)[];
  /** The one that switches somebody on and off. */
  enabled?: keyof T & string;
  others: readonly (keyof T & string)[];
  attributes?(item: T): Record<string, unknown>;
}

const comparisons: { [S in ObjectSection]: Comparison<ComparedObjects[S]> } = {
  people: {
    name: (user) => user.displayName ?? user.userPrincipalName ?? user.mail,
    detail: (user) => user.userPrincipalName,
    names: ['displayName', 'userPrincipalName'],
    enabled: 'accountEnabled',
    others: ['mail'],
    attributes: (user) => user.attributes,
  },
  accounts: {
    name: (account) => account.displayName ?? account.userName,
    detail: (account) => account.userName,
    names: ['displayName', 'userName'],
    enabled: 'active',
    others: ['externalId'],
    attributes: (account) => account.attributes,
  },
  groups: {
    name: (group) => group.displayName,
    detail: (group) => group.mail,
    names: ['displayName'],
    others: ['mail', 'securityEnabled', 'groupTypes'],
    attributes: (group) => group.attributes,
  },
  'target-groups': {
    name: (group) => group.displayName,
    detail: (group) => group.externalId,
    names: ['displayName'],
    others: ['externalId'],
  },
  assignments: {
    name: (assignment) => assignment.principalName ?? assignment.principalId,
    detail: (assignment) => assignment.principalType,
    names: ['principalName'],
    others: ['principalId', 'principalType', 'appRoleId'],
  },
};

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
};

/** How one object differs between two states. */
export interface ObjectDifference {
  kinds: DiffKind[];
  changes: AttributeChange[];
}

const switchKind = (before: unknown, after: unknown): DiffKind => {
  if (before === true && after === false) return 'disabled';
  // From or to unknown is a change that says nothing about the account.
  return before === false && after === true ? 'enabled' : 'changed';
};

/** Names of attributes that are compared as fixed properties already, by section; a name is spelt the same every time. */
const repeats = new Map<string, Map<string, boolean>>();

const isRepeated = <T>(section: string, { names, enabled, others }: Comparison<T>, attribute: string): boolean => {
  let known = repeats.get(section);
  if (!known) repeats.set(section, (known = new Map<string, boolean>()));
  let answer = known.get(attribute);
  if (answer === undefined) {
    const fixed = [...names, ...others, ...(enabled ? [enabled] : [])].map((name) => name.toLowerCase());
    answer = fixed.includes(attribute.toLowerCase());
    known.set(attribute, answer);
  }
  return answer;
};

/** A hundred thousand objects pass here within a second: what is the same costs one comparison. */
const compareVersions = <T>(section: string, comparison: Comparison<T>, before: T, after: T): ObjectDifference => {
  const kinds: DiffKind[] = [];
  const changes: AttributeChange[] = [];
  const compare = (attribute: string, one: unknown, other: unknown, kind: DiffKind | null): void => {
    if (one === other) return;
    const [old, now] = [textOf(one), textOf(other)];
    if (old === now) return;
    const found = kind ?? switchKind(one, other);
    if (!kinds.includes(found)) kinds.push(found);
    changes.push({ attribute, before: old, after: now });
  };
  const { enabled } = comparison;
  if (enabled) compare(enabled, before[enabled], after[enabled], null);
  for (const attribute of comparison.names) compare(attribute, before[attribute], after[attribute], 'renamed');
  for (const attribute of comparison.others) compare(attribute, before[attribute], after[attribute], 'changed');
  const [old, now] = [comparison.attributes?.(before) ?? {}, comparison.attributes?.(after) ?? {}];
  for (const attribute in now) {
    if (old[attribute] === now[attribute]) continue;
    // What was not asked for in one of the runs was not empty in it.
    if (!Object.hasOwn(old, attribute) || isRepeated(section, comparison, attribute)) continue;
    compare(attribute, old[attribute], now[attribute], 'changed');
  }
  return { kinds, changes };
};

/**
 * How an object differs between two states; null for one that is in neither, and for versions that differ in nothing
 * that says something, such as the time of their last change. An object is the same through every rename: by its id.
 */
export const compareObjects = <S extends ObjectSection>(
  section: S,
  before: ComparedObjects[S] | null,
  after: ComparedObjects[S] | null,
): ObjectDifference | null => {
  if (after === null) return before === null ? null : { kinds: ['removed'], changes: [] };
  if (before === null) return { kinds: ['added'], changes: [] };
  const difference = compareVersions<ComparedObjects[S]>(section, comparisons[section], before, after);
  return difference.changes.length === 0 ? null : difference;
};

/** What an object is called, and what tells it apart from others of that name; null where there is nothing. */
export const wordsOf = <S extends ObjectSection>(
  section: S,
  item: ComparedObjects[S],
): { name: string | null; detail: string | null } => {
  const comparison: Comparison<ComparedObjects[S]> = comparisons[section];
  return { name: comparison.name(item), detail: comparison.detail(item) };
};
