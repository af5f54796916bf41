/** Operators of scoping filters that are understood, in one spelling: upper case, no spaces or underscores. */
export type ScopeOperator =
  | 'EQUALS'
  | 'NOTEQUALS'
  | 'INCLUDES'
  | 'ENDSWITH'
  | 'GREATERTHAN'
  | 'GREATERTHANOREQUALS'
  | 'ISTRUE'
  | 'ISFALSE'
  | 'ISNULL'
  | 'ISNOTNULL'
  | 'REGEXMATCH'
  | 'NOTREGEXMATCH';

/** Spellings of the portal and of the API, and what lies between. */
const spellings: Readonly<Record<string, ScopeOperator>> = {
  EQUAL: 'EQUALS',
  EQUALS: 'EQUALS',
  NOTEQUAL: 'NOTEQUALS',
  NOTEQUALS: 'NOTEQUALS',
  INCLUDES: 'INCLUDES',
  ENDSWITH: 'ENDSWITH',
  GREATERTHAN: 'GREATERTHAN',
  GREATERTHANOREQUAL: 'GREATERTHANOREQUALS',
  GREATERTHANOREQUALS: 'GREATERTHANOREQUALS',
  ISTRUE: 'ISTRUE',
  ISFALSE: 'ISFALSE',
  ISNULL: 'ISNULL',
  ISNOTNULL: 'ISNOTNULL',
  REGEXMATCH: 'REGEXMATCH',
  NOTREGEXMATCH: 'NOTREGEXMATCH',
};

/**
 * The operator that a text names, or null for one that is not known: whoever meets it cannot evaluate the clause.
 * Only `EQUALS` was ever seen in Graph's own samples. provisioning-semantics.md 2.
 */
export const scopeOperator = (text: string): ScopeOperator | null =>
  spellings[text.toUpperCase().replace(/[\s_]/gu, '')] ?? null;
