import { expect, test } from 'vitest';
import { cannotEvaluate, type Evaluated } from '../../../../src-main/core/mapping/evaluated.ts';
import type { ScopeGroup } from '../../../../src-main/core/model/synchronization.ts';
import { compileScope, type ScopeAnswer } from '../../../../src-main/core/scope/compile-scope.ts';

const values: Record<string, Evaluated> = {
  department: 'Design',
  level: '12',
  big: '9007199254740993',
  enabled: true,
  off: false,
  none: null,
  empty: '',
  list: cannotEvaluate('a list'),
};
type Clause = [attribute: string, operator: string, ...operands: string[]];
const groupOf = (...clauses: Clause[]): ScopeGroup => ({
  name: 'group',
  clauses: clauses.map(([attribute, operator, ...operands]) => ({ attribute, operator, values: operands })),
});
const evaluate = (...groups: ScopeGroup[]): ScopeAnswer =>
  compileScope<null>(groups, (name) => () => values[name] ?? null)(null);

test.each([
  ['department', 'EQUALS', 'Design', 'pass'],
  ['department', 'EQUALS', 'design', 'fail'],
  ['department', 'NOT EQUALS', 'Sales', 'pass'],
  ['department', 'NotEquals', 'Design', 'fail'],
  ['department', 'Includes', 'sig', 'pass'],
  ['department', 'INCLUDES', 'SIG', 'fail'],
  ['department', 'ENDS_WITH', 'ign', 'pass'],
  ['level', 'Greater_Than', '9', 'pass'],
  ['level', 'GREATER THAN', '12', 'fail'],
  ['level', 'Greater_Than_OR_EQUALS', '12', 'pass'],
  ['big', 'Greater_Than', '9007199254740992', 'pass'],
  ['department', 'Greater_Than', '1', 'fail'],
  ['enabled', 'IS TRUE', '', 'pass'],
  ['off', 'is_false', '', 'pass'],
  ['department', 'IS TRUE', '', 'fail'],
  ['enabled', 'EQUALS', 'True', 'pass'],
  ['enabled', 'EQUALS', 'true', 'unknown'],
  ['none', 'IS NULL', '', 'pass'],
  ['empty', 'IS NULL', '', 'pass'],
  ['department', 'IS NULL', '', 'fail'],
  ['department', 'IS NOT NULL', '', 'pass'],
  ['department', 'REGEX MATCH', '^Des.*n$', 'pass'],
  ['department', 'NOT REGEX MATCH', '^Sal', 'pass'],
  ['department', 'REGEX MATCH', '(?i)design', 'unknown'],
  ['department', 'REGEX MATCH', '(', 'unknown'],
  ['department', '&', 'Design', 'unknown'],
  ['department', 'SOUNDS LIKE', 'Design', 'unknown'],
  ['createdDateTime', 'EQUALS', '2026-01-01', 'unknown'],
  ['list', 'EQUALS', 'x', 'unknown'],
] as const)('%s %s %s: %s', (attribute, operator, operand, expected) => {
  expect(evaluate(groupOf([attribute, operator, ...(operand === '' ? [] : [operand])]))).toBe(expected);
});

test.each([
  'EQUALS',
  'NOT EQUALS',
  'INCLUDES',
  'ENDS WITH',
  'REGEX MATCH',
  'NOT REGEX MATCH',
  'IS NOT NULL',
  'IS FALSE',
])('an absent or empty value makes %s false', (operator) => {
  const operand = operator.startsWith('IS') ? [] : ['x'];
  expect(evaluate(groupOf(['none', operator, ...operand]))).toBe('fail');
  expect(evaluate(groupOf(['empty', operator, ...operand]))).toBe('fail');
});

test('a comparison with several operands, or none, cannot be told', () => {
  expect(evaluate(groupOf(['department', 'EQUALS', 'Design', 'Sales']))).toBe('unknown');
  expect(evaluate(groupOf(['department', 'EQUALS']))).toBe('unknown');
});

const yes: Clause = ['department', 'EQUALS', 'Design'];
const no: Clause = ['department', 'EQUALS', 'Sales'];
const maybe: Clause = ['department', 'SOUNDS LIKE', 'x'];

test('clauses are joined by AND, groups by OR, and what is certain decides', () => {
  expect(evaluate()).toBe('pass');
  expect(evaluate(groupOf(yes, yes))).toBe('pass');
  expect(evaluate(groupOf(yes, no))).toBe('fail');
  expect(evaluate(groupOf(no), groupOf(yes))).toBe('pass');
  expect(evaluate(groupOf(maybe, no))).toBe('fail');
  expect(evaluate(groupOf(maybe, yes))).toBe('unknown');
  expect(evaluate(groupOf(maybe), groupOf(yes))).toBe('pass');
  expect(evaluate(groupOf(maybe), groupOf(no))).toBe('unknown');
});
