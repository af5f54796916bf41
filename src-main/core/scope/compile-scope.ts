import { isEmpty, isUnknown, textOf, type Evaluated, type Read } from '../mapping/evaluated.ts';
import type { ScopeGroup } from '../model/synchronization.ts';
import { scopeOperator, type ScopeOperator } from './operators.ts';

/** Passes, fails, or cannot be told. */
export type ScopeAnswer = 'pass' | 'fail' | 'unknown';

type Test<S> = (subject: S) => ScopeAnswer;
type Clause = ScopeGroup['clauses'][number];

/** Entra compares exactly; what would be different otherwise tells a slip of the pen. provisioning-semantics.md 2. */
export type LetterCase = 'exact' | 'ignored';

/** Graph names them, but the service does not take them in a filter. provisioning-semantics.md 2. */
const notInFilters = /^(?:.*date.*|.*datetime)$/iu;

const answer = (passes: boolean): ScopeAnswer => (passes ? 'pass' : 'fail');
const integer = /^\s*-?\d+\s*$/u;

const flagOf = (value: string | boolean): boolean | null => {
  if (typeof value === 'boolean') return value;
  const word = value.toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : null;
};

/** .NET and JavaScript agree on most patterns; constructs that only .NET knows are errors here, so "unknown". */
export const scopePattern = (pattern: string, letterCase: LetterCase = 'exact'): RegExp | null => {
  if (/\(\?[a-z]+[:)]|\(\?>|\\[AZzG]|\(\?#/u.test(pattern)) return null;
  try {
    return new RegExp(pattern, letterCase === 'exact' ? 'u' : 'iu');
  } catch {
    return null;
  }
};

/** A comparison of a value that is there with the operand; null when the clause cannot be understood. */
const comparison = (
  operator: ScopeOperator,
  operand: string,
  letterCase: LetterCase,
): ((value: string | boolean) => ScopeAnswer) | null => {
  const plain = (text: string): string => (letterCase === 'exact' ? text : text.toLowerCase());
  const wanted = plain(operand);
  /** Whether a Boolean equals a text in another casing than Entra's own is not documented. */
  const equal = (value: string | boolean): ScopeAnswer =>
    typeof value === 'boolean' && operand !== 'True' && operand !== 'False' && flagOf(operand) !== null
      ? 'unknown'
      : answer(plain(textOf(value)) === wanted);
  switch (operator) {
    case 'EQUALS':
      return equal;
    case 'NOTEQUALS':
      return (value) => {
        const same = equal(value);
        return same === 'unknown' ? same : answer(same === 'fail');
      };
    case 'INCLUDES':
      return (value) => answer(plain(textOf(value)).includes(wanted));
    case 'ENDSWITH':
      return (value) => answer(plain(textOf(value)).endsWith(wanted));
    case 'GREATERTHAN':
    case 'GREATERTHANOREQUALS': {
      const bound = integer.test(operand) ? BigInt(operand.trim()) : null;
      return (value) => {
        const text = textOf(value);
        if (bound === null || !integer.test(text)) return 'fail';
        const number = BigInt(text.trim());
        return answer(operator === 'GREATERTHAN' ? number > bound : number >= bound);
      };
    }
    case 'REGEXMATCH':
    case 'NOTREGEXMATCH': {
      const pattern = scopePattern(operand, letterCase);
      return pattern && ((value) => answer(pattern.test(textOf(value)) === (operator === 'REGEXMATCH')));
    }
    default:
      return null;
  }
};

const unknown = (): ScopeAnswer => 'unknown';

const compileClause = <S>(clause: Clause, attribute: (name: string) => Read<S>, letterCase: LetterCase): Test<S> => {
  const operator = scopeOperator(clause.operator);
  if (operator === null || clause.attribute === '' || notInFilters.test(clause.attribute)) return unknown;
  const read = attribute(clause.attribute);
  const known =
    (test: (value: Exclude<Evaluated, { problem: string }>) => ScopeAnswer): Test<S> =>
    (subject) => {
      const value = read(subject);
      return isUnknown(value) ? 'unknown' : test(value);
    };
  switch (operator) {
    case 'ISNULL':
      return known((value) => answer(isEmpty(value)));
    case 'ISNOTNULL':
      return known((value) => answer(!isEmpty(value)));
    case 'ISTRUE':
    case 'ISFALSE':
      return known((value) => answer(!isEmpty(value) && flagOf(value) === (operator === 'ISTRUE')));
    default: {
      const [operand, ...others] = clause.values;
      const test = operand === undefined || others.length > 0 ? null : comparison(operator, operand, letterCase);
      if (!test) return unknown;
      // An empty value makes every clause false, the negative ones too.
      return known((value) => (isEmpty(value) ? 'fail' : test(value)));
    }
  }
};

/**
 * Compiles a scoping filter: clauses of one group all have to pass, of the groups one. No group lets everyone pass.
 * What is certain decides: a failing clause fails its group whatever the others say, a passing group passes the
 * filter. provisioning-semantics.md 2. An operator that is not known, a list of operands, a pattern that JavaScript
 * does not understand, or an attribute that cannot be read gives `unknown`, never a guess.
 */
export const compileScope = <S>(
  groups: readonly ScopeGroup[],
  attribute: (name: string) => Read<S>,
  letterCase: LetterCase = 'exact',
): Test<S> => {
  if (groups.length === 0) return () => 'pass';
  const compiled = groups.map((group) => group.clauses.map((clause) => compileClause(clause, attribute, letterCase)));
  return (subject) => {
    let filter: ScopeAnswer = 'fail';
    for (const clauses of compiled) {
      let group: ScopeAnswer = 'pass';
      for (const clause of clauses) {
        const result = clause(subject);
        if (result === 'fail') {
          group = 'fail';
          break;
        }
        if (result === 'unknown') group = 'unknown';
      }
      if (group === 'pass') return 'pass';
      if (group === 'unknown') filter = 'unknown';
    }
    return filter;
  };
};
