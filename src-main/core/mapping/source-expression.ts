import type { MappingSource } from '../model/synchronization.ts';
import type { Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';

/** Names of Replace's parameters in the order of its arguments; in the tree they may come in any order. */
const replaceParameters = [
  'source',
  'oldvalue',
  'regexpattern',
  'regexgroupname',
  'replacementvalue',
  'replacementattributename',
  'template',
];

const unquoted = (text: string): string => {
  const parsed = parseExpression(text);
  return parsed?.kind === 'text' ? parsed.value : text;
};

const fromParameters = (source: MappingSource): Expression | null => {
  if (!source.name) return null;
  const list = source.parameters.map(({ key, value }) => ({ key: key.toLowerCase(), value: sourceExpression(value) }));
  if (list.some(({ value }) => value === null)) return null;
  const named = source.name.toLowerCase() === 'replace' && list.every(({ key }) => replaceParameters.includes(key));
  return {
    kind: 'call',
    name: source.name,
    arguments: named
      ? replaceParameters.map((name) => list.find(({ key }) => key === name)?.value ?? null)
      : list.map(({ value }) => value),
  };
};

/**
 * The expression behind a mapping's source. An attribute and a constant are taken by their name when they have no
 * text; a function by its text, else by its tree of parameters. Null when neither can be read.
 */
export const sourceExpression = (source: MappingSource): Expression | null => {
  const parsed = source.expression ? parseExpression(source.expression) : null;
  switch (source.type) {
    case 'Attribute':
      if (parsed?.kind === 'attribute') return parsed;
      return source.name ? { kind: 'attribute', name: source.name } : null;
    case 'Constant': {
      const value = source.expression ?? source.name;
      return value === null ? null : { kind: 'text', value: unquoted(value) };
    }
    case 'Function':
    case 'unknown':
      return parsed ?? fromParameters(source);
  }
};
