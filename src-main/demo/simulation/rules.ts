import type { Group, Person } from './model.ts';

/** A clause of a scoping filter as the portal names its operators. provisioning-semantics.md 2. */
export interface Clause {
  attribute: 'department' | 'accountEnabled' | 'country' | 'employeeType' | 'displayName';
  operator: 'EQUALS' | 'REGEX MATCH' | 'NOT REGEX MATCH' | 'IS TRUE' | 'IS NULL' | 'IS NOT NULL';
  value?: string;
}

export interface FilterGroup {
  name: string;
  clauses: Clause[];
}

/** Several filters are alternatives; the clauses of one all have to hold. */
export const userFilter: readonly FilterGroup[] = [
  {
    name: 'Design and BIM',
    clauses: [
      { attribute: 'department', operator: 'REGEX MATCH', value: '^(Design|BIM|Visualisation)$' },
      { attribute: 'accountEnabled', operator: 'IS TRUE' },
    ],
  },
  { name: 'Engineering', clauses: [{ attribute: 'department', operator: 'EQUALS', value: 'Engineering' }] },
  {
    name: 'Project delivery',
    clauses: [
      { attribute: 'department', operator: 'EQUALS', value: 'Projects' },
      { attribute: 'country', operator: 'IS NOT NULL' },
    ],
  },
  { name: 'Partners', clauses: [{ attribute: 'employeeType', operator: 'EQUALS', value: 'Partner' }] },
];

/** Groups whose name begins with "Tmp " stay at home. Null fails every clause but "IS NULL". */
export const groupFilter: readonly FilterGroup[] = [
  {
    name: 'No temporary groups',
    clauses: [{ attribute: 'displayName', operator: 'NOT REGEX MATCH', value: '^Tmp .*' }],
  },
  { name: 'Nameless groups', clauses: [{ attribute: 'displayName', operator: 'IS NULL' }] },
];

const patterns = new Map<string, RegExp>();
const pattern = (text: string): RegExp => {
  const known = patterns.get(text);
  if (known) return known;
  const made = new RegExp(text, 'u');
  patterns.set(text, made);
  return made;
};

/** A null or empty value makes every clause false that is used here; text is compared case-sensitively. */
const holds = (clause: Clause, value: string | boolean | null): boolean => {
  if (value === null || value === '') return clause.operator === 'IS NULL';
  switch (clause.operator) {
    case 'IS NULL':
      return false;
    case 'EQUALS':
      return value === clause.value;
    case 'IS TRUE':
      return value === true;
    case 'IS NOT NULL':
      return true;
    case 'REGEX MATCH':
      return typeof value === 'string' && pattern(clause.value ?? '').test(value);
    case 'NOT REGEX MATCH':
      return typeof value === 'string' && !pattern(clause.value ?? '').test(value);
  }
};

const attributeOf = (person: Person, attribute: Clause['attribute']): string | boolean | null => {
  switch (attribute) {
    case 'department':
      return person.department;
    case 'accountEnabled':
      return person.enabled;
    case 'country':
      return person.country;
    case 'employeeType':
      return person.employeeType;
    case 'displayName':
      return displayName(person);
  }
};

export const displayName = (person: Person): string => `${person.given} ${person.family}`;

export const clauseHolds = (clause: Clause, person: Person): boolean =>
  holds(clause, attributeOf(person, clause.attribute));

export const passesUserFilter = (person: Person): boolean =>
  userFilter.some(({ clauses }) => clauses.every((clause) => clauseHolds(clause, person)));

export const passesGroupFilter = (group: Group): boolean =>
  groupFilter.some(({ clauses }) => clauses.every((clause) => holds(clause, group.name)));

/** How the job decides who is entitled. */
export interface ScopeMode {
  syncAll: boolean;
}

/** Directly, or as a direct member of an assigned, security-enabled group. Nested groups do not count. */
export const isEntitled = (person: Person, groups: readonly Group[], mode: ScopeMode): boolean =>
  mode.syncAll || person.assignment !== null || person.groups.some((index) => entitles(groups[index]));

const entitles = (group: Group | undefined): boolean =>
  group !== undefined && group.assignment !== null && group.securityEnabled && group.deletedMs === 0;

export type SourceState = 'gone' | 'soft-deleted' | 'disabled' | 'not-entitled' | 'filtered-out' | 'in-scope';

/** The first state that fits, in this order. findings.md 1. */
export const sourceState = (person: Person, groups: readonly Group[], mode: ScopeMode): SourceState => {
  if (person.purgedMs > 0) return 'gone';
  if (person.deletedMs > 0) return 'soft-deleted';
  if (!person.enabled) return 'disabled';
  if (!isEntitled(person, groups, mode)) return 'not-entitled';
  return passesUserFilter(person) ? 'in-scope' : 'filtered-out';
};

export const isGroupInScope = (group: Group, mode: ScopeMode): boolean =>
  group.deletedMs === 0 &&
  group.securityEnabled &&
  (mode.syncAll || group.assignment !== null) &&
  passesGroupFilter(group);

/** `alias_domain#EXT#@tenant` becomes `alias@domain`; the last underscore stands for the `@`. provisioning-semantics.md 2. */
export const matchValue = (person: Person): string | null => {
  if (person.upn === null) return null;
  const mark = person.upn.indexOf('#EXT#@');
  if (mark < 0) return person.upn;
  const raw = person.upn.slice(0, mark);
  const split = raw.lastIndexOf('_');
  return split < 0 ? raw : `${raw.slice(0, split)}@${raw.slice(split + 1)}`;
};

/** Mapped attributes by their names in the target, `active` apart. Null is never sent. */
export interface MappedValues {
  userName: string | null;
  'name.givenName': string | null;
  'name.familyName': string | null;
  displayName: string | null;
  externalId: string | null;
}

/** `Ada Brandt`, or `Brandt, Ada`. */
export type NameOrder = 'given-first' | 'family-first';

export const mappedValues = (person: Person, order: NameOrder = 'given-first'): MappedValues => ({
  userName: matchValue(person),
  'name.givenName': person.given,
  'name.familyName': person.family,
  displayName: order === 'given-first' ? displayName(person) : `${person.family}, ${person.given}`,
  externalId: person.employeeId,
});
