import type { ScopeGroup } from '../model/synchronization.ts';
import { scopePattern } from './compile-scope.ts';
import { scopeOperator } from './operators.ts';

/** What is wrong with a clause whoever it is asked of. `certain`: it cannot work; else nobody can tell here. */
export interface ClauseProblem {
  isCertain: boolean;
  /** A sentence part about the clause: "compares with a text that is no whole number". */
  text: string;
}

/**
 * Attributes that the service does not take in a scoping filter: computed ones, references and lists, and dates.
 * provisioning-semantics.md 2.
 */
const notUsable =
  /^(?:ismemberof|memberof|members|owners|manager|directreports|usertype|samaccountname|(?:\w*)approleassignments?\w*|proxyaddresses|othermails|imaddresses|grouptypes|.*date|.*datetime)$/iu;

const withoutOperand = new Set(['ISTRUE', 'ISFALSE', 'ISNULL', 'ISNOTNULL']);

const certain = (text: string): ClauseProblem => ({ isCertain: true, text });
const unclear = (text: string): ClauseProblem => ({ isCertain: false, text });

/** Null: nothing is wrong with it as it is written. */
export const findClauseProblem = (clause: ScopeGroup['clauses'][number]): ClauseProblem | null => {
  const attribute = clause.attribute.trim();
  if (attribute === '') return certain('names no attribute');
  if (notUsable.test(attribute)) return certain(`asks for "${attribute}", which cannot be used in a scoping filter`);
  const operator = scopeOperator(clause.operator);
  if (operator === null) return unclear(`uses the operator "${clause.operator}", which is not known here`);
  if (withoutOperand.has(operator)) return null;
  const [operand, ...others] = clause.values;
  if (operand === undefined) return certain('compares with nothing');
  if (others.length > 0) return unclear('compares with several values at once');
  if (operator === 'GREATERTHAN' || operator === 'GREATERTHANOREQUALS') {
    return /^\s*-?\d+\s*$/u.test(operand) ? null : certain('compares with a text that is no whole number');
  }
  const isPattern = operator === 'REGEXMATCH' || operator === 'NOTREGEXMATCH';
  return isPattern && scopePattern(operand) === null ? unclear('has a pattern that is not understood here') : null;
};
