import type { ScopeGroup } from '../model/synchronization.ts';
import { scopeOperator, type ScopeOperator } from './operators.ts';

const words: Readonly<Record<ScopeOperator, string>> = {
  EQUALS: 'is',
  NOTEQUALS: 'is not',
  INCLUDES: 'contains',
  ENDSWITH: 'ends with',
  GREATERTHAN: 'is greater than',
  GREATERTHANOREQUALS: 'is at least',
  ISTRUE: 'is true',
  ISFALSE: 'is false',
  ISNULL: 'is empty',
  ISNOTNULL: 'is filled',
  REGEXMATCH: 'matches the pattern',
  NOTREGEXMATCH: 'does not match the pattern',
};

/** A clause of a scoping filter as people say it: `department is "Design"`. An unknown operator is quoted. */
export const describeClause = (clause: ScopeGroup['clauses'][number]): string => {
  const operator = scopeOperator(clause.operator);
  const values = clause.values.map((value) => `"${value}"`).join(' or ');
  const said = operator === null ? `"${clause.operator}"` : words[operator];
  return [clause.attribute === '' ? 'an unnamed attribute' : clause.attribute, said, values]
    .filter((part) => part !== '')
    .join(' ');
};

/** The clauses of one filter, which all have to hold. */
export const describeFilter = (group: ScopeGroup): string =>
  group.clauses.length === 0 ? 'no condition at all' : group.clauses.map(describeClause).join(' and ');
