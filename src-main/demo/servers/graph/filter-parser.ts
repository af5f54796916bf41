import { badRequest } from './graph-error.ts';

export type Literal = string | number | boolean | null | { timeMs: number };

/** A property path such as `servicePrincipal/id`; `lower` for `tolower(...)`. */
export interface Operand {
  path: string;
  lower: boolean;
}

export const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export const textFunctions = ['contains', 'startswith', 'endswith'] as const;
export type Operator = (typeof comparisons)[number] | (typeof textFunctions)[number] | 'in' | 'any';

/** The parsed `$filter`. */
export type Filter =
  | { kind: 'and' | 'or'; parts: Filter[] }
  | { kind: 'not'; part: Filter }
  | { kind: 'test'; operator: Exclude<Operator, 'in' | 'any'>; operand: Operand; value: Literal }
  | { kind: 'in'; operand: Operand; values: Literal[] }
  | { kind: 'any'; path: string; variable: string; part: Filter };

const token =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<time>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)(?![\w-])|(?<number>-?\d+(?:\.\d+)?)(?![\w-])|(?<name>[A-Za-z_@][\w@./-]*)|(?<sign>[(),:]))/uy;

interface Token {
  kind: 'text' | 'time' | 'number' | 'name' | 'sign' | 'end';
  value: string;
}

const invalid = (): Error => badRequest('Invalid filter clause', 'BadRequest');

const tokens = (text: string): Token[] => {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const groups = token.exec(text)?.groups;
    if (!groups) throw invalid();
    for (const kind of ['text', 'time', 'number', 'name', 'sign'] as const) {
      const value = groups[kind];
      if (value !== undefined) found.push({ kind, value });
    }
  }
  return [...found, { kind: 'end', value: '' }];
};

const isOneOf = <T extends string>(values: readonly T[], value: string): value is T =>
  (values as readonly string[]).includes(value);

/** Parses a `$filter`: `and`, `or`, `not`, comparisons, text functions, `in` and `any`. Throws 400 like Graph. */
export const parseFilter = (text: string): Filter => {
  const all = tokens(text);
  let position = 0;

  const peek = (): Token => all[position] ?? { kind: 'end', value: '' };
  const next = (): Token => {
    const current = peek();
    position += 1;
    return current;
  };
  const isSign = (sign: string): boolean => peek().kind === 'sign' && peek().value === sign;
  const isName = (name: string): boolean => peek().kind === 'name' && peek().value === name;
  const expectSign = (sign: string): void => {
    if (!isSign(sign)) throw invalid();
    next();
  };
  const name = (): string => {
    const current = next();
    if (current.kind !== 'name') throw invalid();
    return current.value;
  };

  const literal = (): Literal => {
    const current = next();
    switch (current.kind) {
      case 'text':
        return current.value.slice(1, -1).replaceAll("''", "'");
      case 'number':
        return Number(current.value);
      case 'time': {
        const timeMs = Date.parse(current.value);
        if (Number.isNaN(timeMs)) throw invalid();
        return { timeMs };
      }
      case 'name':
        if (current.value === 'true') return true;
        if (current.value === 'false') return false;
        if (current.value === 'null') return null;
        throw invalid();
      default:
        throw invalid();
    }
  };

  const operand = (): Operand => {
    const first = name();
    if (first !== 'tolower' || !isSign('(')) return { path: first, lower: false };
    next();
    const path = name();
    expectSign(')');
    return { path, lower: true };
  };

  const values = (): Literal[] => {
    expectSign('(');
    const list = [literal()];
    while (isSign(',')) {
      next();
      list.push(literal());
    }
    expectSign(')');
    return list;
  };

  const any = (path: string): Filter => {
    next();
    expectSign('(');
    const variable = name();
    expectSign(':');
    const part = or();
    expectSign(')');
    return { kind: 'any', path, variable, part };
  };

  const test = (): Filter => {
    if (isSign('(')) {
      next();
      const inner = or();
      expectSign(')');
      return inner;
    }
    if (isName('not')) {
      next();
      return { kind: 'not', part: test() };
    }
    const first = peek();
    if (first.kind === 'name' && isOneOf(textFunctions, first.value)) {
      const operator = first.value;
      next();
      expectSign('(');
      const left = operand();
      expectSign(',');
      const value = literal();
      expectSign(')');
      return { kind: 'test', operator, operand: left, value };
    }
    if (first.kind === 'name' && first.value.endsWith('/any')) return any(first.value.slice(0, -'/any'.length));
    const left = operand();
    const operator = name();
    if (operator === 'in') return { kind: 'in', operand: left, values: values() };
    if (!isOneOf(comparisons, operator)) throw invalid();
    return { kind: 'test', operator, operand: left, value: literal() };
  };

  const chain = (word: 'and' | 'or', part: () => Filter): Filter => {
    const first = part();
    const parts = [first];
    while (isName(word)) {
      next();
      parts.push(part());
    }
    return parts.length === 1 ? first : { kind: word, parts };
  };
  const and = (): Filter => chain('and', test);
  const or = (): Filter => chain('or', and);

  const filter = or();
  if (peek().kind !== 'end') throw invalid();
  return filter;
};
