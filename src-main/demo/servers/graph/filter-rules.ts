import type { Json } from '../../world.ts';
import type { Filter, Literal, Operand, Operator } from './filter-parser.ts';
import { badRequest } from './graph-error.ts';

/** Which filters a resource documents; everything else is refused with 400. */
export interface FilterRules {
  /** Operators by property path. Paths below `any` are written `targetResources/any/id`. */
  properties: Readonly<Record<string, readonly Operator[]>>;
  logic: readonly ('and' | 'or' | 'not')[];
  /** True for the logs (graph-provisioning.md 3), false for the directory. */
  caseSensitive: boolean;
  /** Whether `tolower(...)` may stand around a property. */
  lower: boolean;
  /** Wire names of properties that have another name in filters. */
  aliases?: Readonly<Record<string, string>>;
}

const unsupported = (path: string): Error =>
  badRequest(
    `Unsupported or invalid query filter clause specified for property '${path}'.`,
    'Request_UnsupportedQuery',
  );

/** Throws 400 unless every clause of the filter is documented for the resource. */
export const checkFilter = (filter: Filter, rules: FilterRules, within = ''): void => {
  const checkOperand = (operand: Operand, operator: Operator): void => {
    const path = within + operand.path;
    if (operand.lower && !rules.lower) throw unsupported(path);
    if (!rules.properties[path]?.includes(operator)) throw unsupported(path);
  };
  switch (filter.kind) {
    case 'and':
    case 'or':
      if (!rules.logic.includes(filter.kind)) throw badRequest(`The operator '${filter.kind}' is not supported.`);
      for (const part of filter.parts) checkFilter(part, rules, within);
      return;
    case 'not':
      if (!rules.logic.includes('not')) throw badRequest("The operator 'not' is not supported.");
      checkFilter(filter.part, rules, within);
      return;
    case 'test':
      checkOperand(filter.operand, filter.operator);
      return;
    case 'in':
      checkOperand(filter.operand, 'in');
      return;
    case 'any':
      if (!rules.properties[`${within}${filter.path}`]?.includes('any')) throw unsupported(filter.path);
      checkFilter(withoutVariable(filter.part, filter.variable), rules, `${filter.path}/any/`);
      return;
  }
};

/** The lambda's variable itself becomes `$it`, its properties lose the variable. */
const withoutVariable = (filter: Filter, variable: string): Filter => {
  const strip = (operand: Operand): Operand => {
    if (operand.path === variable) return { ...operand, path: '$it' };
    if (!operand.path.startsWith(`${variable}/`)) throw badRequest('Invalid filter clause');
    return { ...operand, path: operand.path.slice(variable.length + 1) };
  };
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, parts: filter.parts.map((part) => withoutVariable(part, variable)) };
    case 'not':
      return { ...filter, part: withoutVariable(filter.part, variable) };
    case 'any':
      throw badRequest('Invalid filter clause');
    default:
      return { ...filter, operand: strip(filter.operand) };
  }
};

const valueAt = (item: unknown, path: string): unknown => {
  if (path === '$it') return item;
  let value: unknown = item;
  for (const key of path.split('/')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Json)[key];
  }
  return value;
};

const order = (left: unknown, right: Literal): number | null => {
  if (typeof right === 'object' && right !== null) {
    const ms = typeof left === 'string' ? Date.parse(left) : Number.NaN;
    return Number.isNaN(ms) ? null : ms - right.timeMs;
  }
  return typeof left === 'number' && typeof right === 'number' ? left - right : null;
};

const isEqual = (left: unknown, right: Literal, fold: (text: string) => string): boolean => {
  if (right === null) return left === null || left === undefined;
  if (typeof right === 'object') return order(left, right) === 0;
  if (typeof left === 'string' && typeof right === 'string') return fold(left) === fold(right);
  return left === right;
};

const compare = (
  operator: Exclude<Operator, 'in' | 'any'>,
  left: unknown,
  right: Literal,
  fold: (text: string) => string,
): boolean => {
  switch (operator) {
    case 'eq':
      return isEqual(left, right, fold);
    case 'ne':
      return !isEqual(left, right, fold);
    case 'contains':
    case 'startswith':
    case 'endswith': {
      if (typeof left !== 'string' || typeof right !== 'string') return false;
      const text = fold(left);
      const part = fold(right);
      if (operator === 'contains') return text.includes(part);
      return operator === 'startswith' ? text.startsWith(part) : text.endsWith(part);
    }
    default: {
      const difference = order(left, right);
      if (difference === null) return false;
      if (operator === 'gt') return difference > 0;
      if (operator === 'ge') return difference >= 0;
      return operator === 'lt' ? difference < 0 : difference <= 0;
    }
  }
};

/** Whether an object fits a checked filter. */
export const fits = (filter: Filter, item: unknown, rules: FilterRules): boolean => {
  const fold = (text: string): string => (rules.caseSensitive ? text : text.toLowerCase());
  const read = (operand: Operand): unknown => {
    const value = valueAt(item, rules.aliases?.[operand.path] ?? operand.path);
    return operand.lower && typeof value === 'string' ? value.toLowerCase() : value;
  };
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => fits(part, item, rules));
    case 'or':
      return filter.parts.some((part) => fits(part, item, rules));
    case 'not':
      return !fits(filter.part, item, rules);
    case 'in':
      return filter.values.some((value) => isEqual(read(filter.operand), value, fold));
    case 'any': {
      const list = valueAt(item, filter.path);
      const part = withoutVariable(filter.part, filter.variable);
      return Array.isArray(list) && list.some((element) => fits(part, element, rules));
    }
    case 'test':
      return compare(filter.operator, read(filter.operand), filter.value, fold);
  }
};

/** Values that a property must equal, one of them, by clauses that every fitting object meets; null when none says so. */
export const requiredValues = (filter: Filter | null, path: string): Literal[] | null => {
  if (filter === null) return null;
  switch (filter.kind) {
    case 'test':
      return filter.operator === 'eq' && filter.operand.path === path ? [filter.value] : null;
    case 'in':
      return filter.operand.path === path ? filter.values : null;
    case 'and':
      for (const part of filter.parts) {
        const values = requiredValues(part, path);
        if (values) return values;
      }
      return null;
    case 'or': {
      const lists = filter.parts.map((part) => requiredValues(part, path));
      return lists.every((list) => list !== null) ? lists.flat() : null;
    }
    default:
      return null;
  }
};
