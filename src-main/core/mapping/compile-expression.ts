import { cannotEvaluate, isEmpty, isUnknown, textOf, type Evaluated, type Read } from './evaluated.ts';
import type { ComparisonOperator, Expression } from './expression.ts';
import { functions } from './functions.ts';

/** The documentation: a condition on an empty or absent attribute fails. What then flows it does not say. */
const emptyCondition = cannotEvaluate('a condition compares an attribute without a value');
const notNumbers = cannotEvaluate('a condition compares texts by size');

const wholeNumber = /^-?\d+(?:\.\d+)?$/u;

const compare = (operator: ComparisonOperator, left: string, right: string): Evaluated => {
  if (operator === '=') return left === right;
  if (operator === '<>') return left !== right;
  if (!wholeNumber.test(left) || !wholeNumber.test(right)) return notNumbers;
  const difference = Number(left) - Number(right);
  switch (operator) {
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
  }
};

/**
 * Turns an expression into a function that is called for each object. A function that is not evaluated gives "cannot
 * evaluate" wherever its value is needed, so that `Coalesce([mail], CStr([x]))` still works for those who have a mail.
 */
export const compileExpression = <S>(expression: Expression, attribute: (name: string) => Read<S>): Read<S> => {
  switch (expression.kind) {
    case 'attribute':
      return attribute(expression.name);
    case 'text': {
      const { value } = expression;
      return () => value;
    }
    case 'number': {
      const value = String(expression.value);
      return () => value;
    }
    case 'comparison': {
      const left = compileExpression(expression.left, attribute);
      const right = compileExpression(expression.right, attribute);
      const { operator } = expression;
      return (subject) => {
        const one = left(subject);
        const other = right(subject);
        if (isUnknown(one)) return one;
        if (isUnknown(other)) return other;
        return isEmpty(one) || isEmpty(other) ? emptyCondition : compare(operator, textOf(one), textOf(other));
      };
    }
    case 'call': {
      const name = expression.name.toLowerCase();
      const build = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!build) {
        const problem = cannotEvaluate(`the function ${expression.name} is not evaluated`);
        return () => problem;
      }
      return build(expression.arguments.map((argument) => argument && compileExpression(argument, attribute)));
    }
  }
};
