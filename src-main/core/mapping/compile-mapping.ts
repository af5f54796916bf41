import type { DirectoryGroup } from '../model/directory.ts';
import type { AttributeMapping } from '../model/synchronization.ts';
import { compileExpression } from './compile-expression.ts';
import { readGroupAttribute, readUserAttribute, type UserSubject } from './directory-attribute.ts';
import { cannotEvaluate, type Read } from './evaluated.ts';
import { sourceExpression } from './source-expression.ts';

const notUnderstood = cannotEvaluate('the expression is not understood');

/**
 * What a user mapping would send for a user, before any default value. A mapping without a source yields no value: all
 * it ever gives is its default, at creation.
 */
export const compileUserMapping = ({ source }: AttributeMapping): Read<UserSubject> => {
  if (!source) return () => null;
  const expression = sourceExpression(source);
  if (!expression) return () => notUnderstood;
  const inExpression = expression.kind !== 'attribute';
  return compileExpression(expression, (name) => readUserAttribute(name, { inExpression }));
};

/** The same for a group. */
export const compileGroupMapping = ({ source }: AttributeMapping): Read<DirectoryGroup> => {
  if (!source) return () => null;
  const expression = sourceExpression(source);
  return expression ? compileExpression(expression, readGroupAttribute) : () => notUnderstood;
};
