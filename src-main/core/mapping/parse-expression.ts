import type { ComparisonOperator, Expression } from './expression.ts';

/** Longer ones are refused by the service itself. provisioning-semantics.md 3. */
const longestExpression = 10_000;
const deepestNesting = 50;

const token = /\s*(?:\[([^\]]*)\]|"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?)|([a-z]\w*)|(<>|>=|<=|[=<>(),]))/iuy;

type Token = { kind: 'attribute' | 'text' | 'word' | 'sign'; value: string } | { kind: 'number'; value: number };

const tokensOf = (text: string): Token[] | null => {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const match = token.exec(text);
    if (!match) return null;
    const [, attribute, quoted, number, word, sign] = match;
    if (attribute !== undefined) tokens.push({ kind: 'attribute', value: attribute.trim() });
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replace(/\\(.)/gsu, '$1') });
    else if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
  }
  return tokens;
};

const comparisons: readonly string[] = ['=', '<>', '>', '>=', '<', '<='];

/**
 * Reads the text of an expression mapping: functions, `[attributes]`, `"texts"` with backslash escapes, whole and
 * decimal numbers, and the comparisons of IIF. Null when the text is anything else, is longer than the service allows,
 * or nests too deep. Functions are not checked here.
 */
export const parseExpression = (text: string): Expression | null => {
  if (text.length > longestExpression) return null;
  const tokens = tokensOf(text);
  if (!tokens) return null;
  let position = 0;

  const isSign = (value: string): boolean => {
    const next = tokens[position];
    return next?.kind === 'sign' && next.value === value;
  };
  const take = (value: string): boolean => {
    if (!isSign(value)) return false;
    position += 1;
    return true;
  };

  const readArguments = (depth: number): (Expression | null)[] | null => {
    if (take(')')) return [];
    const list: (Expression | null)[] = [];
    for (;;) {
      if (isSign(',') || isSign(')')) list.push(null);
      else {
        const argument = readComparison(depth + 1);
        if (!argument) return null;
        list.push(argument);
      }
      if (take(')')) return list;
      if (!take(',')) return null;
    }
  };

  const readOne = (depth: number): Expression | null => {
    const next = tokens[position];
    if (!next || depth > deepestNesting) return null;
    position += 1;
    switch (next.kind) {
      case 'attribute':
        return { kind: 'attribute', name: next.value };
      case 'text':
        return { kind: 'text', value: next.value };
      case 'number':
        return { kind: 'number', value: next.value };
      case 'word': {
        const list = take('(') ? readArguments(depth) : null;
        return list && { kind: 'call', name: next.value, arguments: list };
      }
      case 'sign':
        return null;
    }
  };

  const readComparison = (depth: number): Expression | null => {
    const left = readOne(depth);
    const next = tokens[position];
    if (!left || next?.kind !== 'sign' || !comparisons.includes(next.value)) return left;
    position += 1;
    const right = readOne(depth);
    return right && { kind: 'comparison', operator: next.value as ComparisonOperator, left, right };
  };

  const expression = readComparison(0);
  return position === tokens.length ? expression : null;
};
