import {
  diffKinds,
  type AttributeChange,
  type DiffKind,
  type DiffSection,
} from '../../contract/models/history-diff.ts';
import type { Assignment, DirectoryGroup, DirectoryUser } from '../model/directory.ts';
import type { TargetGroup, TargetUser } from '../model/target.ts';
import { differingMembers } from './differing-members.ts';

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
  hasAttributes: boolean;
}

const comparisons: { [S in ObjectSection]: Comparison<ComparedObjects[S]> } = {
  people: {
    name: (user) => user.displayName ?? user.userPrincipalName ?? user.mail,
    detail: (user) => user.userPrincipalName,
    names: ['displayName', 'userPrincipalName'],
    enabled: 'accountEnabled',
    others: ['mail'],
    hasAttributes: true,
  },
  accounts: {
    name: (account) => account.displayName ?? account.userName,
    detail: (account) => account.userName,
    names: ['displayName', 'userName'],
    enabled: 'active',
    others: ['externalId'],
    hasAttributes: true,
  },
  groups: {
    name: (group) => group.displayName,
    detail: (group) => group.mail,
    names: ['displayName'],
    others: ['mail', 'securityEnabled', 'groupTypes'],
    hasAttributes: true,
  },
  'target-groups': {
    name: (group) => group.displayName,
    detail: (group) => group.externalId,
    names: ['displayName'],
    others: ['externalId'],
    hasAttributes: false,
  },
  assignments: {
    name: (assignment) => assignment.principalName ?? assignment.principalId,
    detail: (assignment) => assignment.principalType,
    names: ['principalName'],
    others: ['principalId', 'principalType', 'appRoleId'],
    hasAttributes: false,
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

/** What is compared of one section's objects, by name. */
interface Compared {
  /** What a change of a fixed property is, null for that of a switch; and how early it is told. */
  fixed: ReadonlyMap<string, { kind: DiffKind | null; rank: number }>;
  /** In lower case, as attributes may repeat them in any spelling. */
  fixedNames: ReadonlySet<string>;
  hasAttributes: boolean;
}

const comparedOf = <T>({ names, enabled, others, hasAttributes }: Comparison<T>): Compared => {
  const kinds: [string, DiffKind | null][] = [
    ...(enabled ? [[enabled, null] as [string, null]] : []),
    ...names.map((name): [string, DiffKind] => [name, 'renamed']),
    ...others.map((name): [string, DiffKind] => [name, 'changed']),
  ];
  return {
    fixed: new Map(kinds.map(([name, kind], rank) => [name, { kind, rank }])),
    fixedNames: new Set(kinds.map(([name]) => name.toLowerCase())),
    hasAttributes,
  };
};

const compared: { [S in ObjectSection]: Compared } = {
  people: comparedOf(comparisons.people),
  accounts: comparedOf(comparisons.accounts),
  groups: comparedOf(comparisons.groups),
  'target-groups': comparedOf(comparisons['target-groups']),
  assignments: comparedOf(comparisons.assignments),
};

/** Switches first, then names, then the rest; attributes last, as they stand in the versions. */
const sortChanges = ({ kinds, changes }: ObjectDifference, { fixed }: Compared): void => {
  const rankOf = ({ attribute }: AttributeChange): number => fixed.get(attribute)?.rank ?? fixed.size;
  changes.sort((one, other) => rankOf(one) - rankOf(other));
  if (kinds.length > 1) kinds.sort((one, other) => diffKinds.indexOf(one) - diffKinds.indexOf(other));
};

const addChange = (
  found: ObjectDifference,
  attribute: string,
  before: unknown,
  after: unknown,
  kind: DiffKind | null,
): void => {
  const [old, now] = [textOf(before), textOf(after)];
  if (old === now) return;
  const change = kind ?? switchKind(before, after);
  if (!found.kinds.includes(change)) found.kinds.push(change);
  found.changes.push({ attribute, before: old, after: now });
};

/** From the whole of both versions: what was not asked for in one of the runs was not empty in it. */
const compareWhole = (
  { fixed, fixedNames, hasAttributes }: Compared,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): ObjectDifference => {
  const found: ObjectDifference = { kinds: [], changes: [] };
  for (const [name, value] of Object.entries(after)) {
    const property = fixed.get(name);
    if (property) addChange(found, name, before[name], value, property.kind);
  }
  if (!hasAttributes) return found;
  const old = (before['attributes'] ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(after['attributes'] ?? {})) {
    if (!Object.hasOwn(old, name) || fixedNames.has(name.toLowerCase())) continue;
    addChange(found, name, old[name], value, 'changed');
  }
  return found;
};

/** From what differs in the texts; null when they do not name the same members. */
const compareTexts = (
  { fixed, fixedNames, hasAttributes }: Compared,
  before: string,
  after: string,
): ObjectDifference | null => {
  const found: ObjectDifference = { kinds: [], changes: [] };
  const isWhole = differingMembers(before, after, (container, name, old, now) => {
    if (container === null) {
      const property = fixed.get(name);
      if (property) addChange(found, name, old, now, property.kind);
    } else if (hasAttributes && container === 'attributes' && !fixedNames.has(name.toLowerCase())) {
      addChange(found, name, old, now, 'changed');
    }
  });
  return isWhole ? found : null;
};

/**
 * How an object differs between two states, from its versions as JSON; null for one that is in neither, and for versions
 * that differ in nothing that says something, such as the time of their last change. An object is the same through every
 * rename: by its id. A hundred thousand pass here within a second.
 */
export const compareObjects = (
  section: ObjectSection,
  before: string | null,
  after: string | null,
): ObjectDifference | null => {
  if (after === null) return before === null ? null : { kinds: ['removed'], changes: [] };
  if (before === null) return { kinds: ['added'], changes: [] };
  const difference =
    compareTexts(compared[section], before, after) ??
    compareWhole(
      compared[section],
      JSON.parse(before) as Record<string, unknown>,
      JSON.parse(after) as Record<string, unknown>,
    );
  if (difference.changes.length > 1) sortChanges(difference, compared[section]);
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
