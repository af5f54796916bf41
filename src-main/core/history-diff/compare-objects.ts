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
  name: string | null;
  detail: string | null;
}

const switchKind = (before: unknown, after: unknown): DiffKind => {
  if (before === true && after === false) return 'disabled';
  // From or to unknown is a change that says nothing about the account.
  return before === false && after === true ? 'enabled' : 'changed';
};

const compareVersions = <T>(
  comparison: Comparison<T>,
  before: T,
  after: T,
): Pick<ObjectDifference, 'kinds' | 'changes'> => {
  const kinds = new Set<DiffKind>();
  const changes: AttributeChange[] = [];
  const fixed = new Set<string>();
  const compare = (attribute: string, one: unknown, other: unknown, kind: () => DiffKind): void => {
    const [old, now] = [textOf(one), textOf(other)];
    if (old === now) return;
    kinds.add(kind());
    changes.push({ attribute, before: old, after: now });
  };
  const { enabled } = comparison;
  if (enabled) {
    fixed.add(enabled.toLowerCase());
    compare(enabled, before[enabled], after[enabled], () => switchKind(before[enabled], after[enabled]));
  }
  for (const attribute of comparison.names) {
    fixed.add(attribute.toLowerCase());
    compare(attribute, before[attribute], after[attribute], () => 'renamed');
  }
  for (const attribute of comparison.others) {
    fixed.add(attribute.toLowerCase());
    compare(attribute, before[attribute], after[attribute], () => 'changed');
  }
  const [old, now] = [comparison.attributes?.(before) ?? {}, comparison.attributes?.(after) ?? {}];
  for (const attribute in now) {
    // What was not asked for in one of the runs was not empty in it.
    if (!(attribute in old) || fixed.has(attribute.toLowerCase())) continue;
    compare(attribute, old[attribute], now[attribute], () => 'changed');
  }
  return { kinds: [...kinds], changes };
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
  const comparison: Comparison<ComparedObjects[S]> = comparisons[section];
  const item = after ?? before;
  if (item === null) return null;
  const words = { name: comparison.name(item), detail: comparison.detail(item) };
  if (before === null) return { kinds: ['added'], changes: [], ...words };
  if (after === null) return { kinds: ['removed'], changes: [], ...words };
  const { kinds, changes } = compareVersions(comparison, before, after);
  return changes.length === 0 ? null : { kinds, changes, ...words };
};
