import { cannotEvaluate, isEmpty, isUnknown, textOf, type Evaluated, type Read } from './evaluated.ts';
import { normalizeDiacritics } from './normalize-diacritics.ts';

/*
 * The functions of expression mappings that are evaluated, each as Microsoft documents it. Where the documentation
 * leaves open what an absent or odd argument gives, the answer is "cannot evaluate". A function that only rewrites one
 * text gives "no value" for no value: sent or not, it is empty either way.
 */

const undefinedArgument = cannotEvaluate('a function got an argument for which its result is not documented');
const tooFew = cannotEvaluate('a function has fewer arguments than it needs');
const badPattern = cannotEvaluate('a pattern is not understood');
const unknownLetter = cannotEvaluate('a letter has no documented plain form');

type Arguments<S> = readonly (Read<S> | null)[];
/** Checks the arguments once and gives the function that reads each subject. */
type Build = <S>(list: Arguments<S>) => Read<S>;

const always =
  (value: Evaluated) =>
  <S>(_subject: S): Evaluated =>
    value;

/** A function of one text; no value in, no value out. */
const rewrite =
  (change: (text: string) => Evaluated): Build =>
  ([source, ...rest]) => {
    if (!source || rest.length > 0) return always(tooFew);
    return (subject) => {
      const value = source(subject);
      if (value === null || isUnknown(value)) return value;
      return change(textOf(value));
    };
  };

const changeCase =
  (change: (text: string, culture: string | undefined) => string): Build =>
  ([source, culture]) => {
    if (!source) return always(tooFew);
    return (subject) => {
      const value = source(subject);
      if (value === null || isUnknown(value)) return value;
      const language = culture?.(subject) ?? '';
      if (typeof language !== 'string') return undefinedArgument;
      try {
        return change(textOf(value), language === '' ? undefined : language);
      } catch {
        // A culture that this computer does not know decides nothing.
        return undefinedArgument;
      }
    };
  };

const integerOf = (value: Evaluated): number | null => {
  if (typeof value !== 'string' || !/^\s*-?\d+\s*$/u.test(value)) return null;
  return Number(value);
};

const left: Build = ([source, count]) => {
  if (!source || !count) return always(tooFew);
  return (subject) => {
    const value = source(subject);
    const length = integerOf(count(subject));
    if (isUnknown(value)) return value;
    if (length === null) return undefinedArgument;
    if (value === null) return '';
    return length < 0 ? textOf(value) : textOf(value).slice(0, length);
  };
};

const right: Build = ([source, count]) => {
  if (!source || !count) return always(tooFew);
  return (subject) => {
    const value = source(subject);
    const length = integerOf(count(subject));
    if (value === null || isUnknown(value)) return value;
    if (length === null || length < 0) return undefinedArgument;
    return length === 0 ? '' : textOf(value).slice(-length);
  };
};

const mid: Build = ([source, start, count]) => {
  if (!source || !start || !count) return always(tooFew);
  return (subject) => {
    const value = source(subject);
    const from = integerOf(start(subject));
    const length = integerOf(count(subject));
    if (value === null || isUnknown(value)) return value;
    if (from === null || length === null || from < 1 || length < 0) return undefinedArgument;
    return textOf(value).slice(from - 1, from - 1 + length);
  };
};

const append: Build = ([source, suffix]) => {
  if (!source || !suffix) return always(tooFew);
  return (subject) => {
    const value = source(subject);
    const end = suffix(subject);
    if (isUnknown(value)) return value;
    if (isUnknown(end)) return end;
    return value === null || end === null ? undefinedArgument : textOf(value) + textOf(end);
  };
};

const join: Build = ([separator, ...sources]) => {
  if (!separator || sources.length === 0) return always(tooFew);
  return (subject) => {
    const between = separator(subject);
    if (isUnknown(between)) return between;
    const parts: string[] = [];
    for (const source of sources) {
      const value = source?.(subject) ?? null;
      if (isUnknown(value)) return value;
      if (isEmpty(value)) return undefinedArgument;
      parts.push(textOf(value));
    }
    return parts.join(between === null ? '' : textOf(between));
  };
};

const coalesce: Build = (list) => (subject) => {
  for (const source of list) {
    const value = source?.(subject) ?? null;
    if (value !== null) return value;
  }
  return null;
};

const not: Build = ([source]) => {
  if (!source) return always(tooFew);
  return (subject) => {
    const value = source(subject);
    if (isUnknown(value)) return value;
    return !(value === true || (typeof value === 'string' && value.toLowerCase() === 'true'));
  };
};

/** A null source is compared as the empty text, as Microsoft's own example for empty attributes does. */
const switchFunction: Build = <S>([source, otherwise, ...pairs]: Arguments<S>): Read<S> => {
  if (!source || pairs.length % 2 !== 0) return always(tooFew);
  return (subject) => {
    const value = source(subject);
    if (isUnknown(value)) return value;
    const wanted = value === null ? '' : textOf(value);
    for (let index = 0; index < pairs.length; index += 2) {
      const key = pairs[index]?.(subject) ?? null;
      if (isUnknown(key)) return key;
      if ((key === null ? '' : textOf(key)) === wanted) return pairs[index + 1]?.(subject) ?? null;
    }
    return otherwise?.(subject) ?? null;
  };
};

const iif: Build = ([condition, whenTrue, whenFalse]) => {
  if (!condition) return always(tooFew);
  return (subject) => {
    const value = condition(subject);
    if (isUnknown(value)) return value;
    if (value === true || value === 'True' || value === 'true') return whenTrue?.(subject) ?? null;
    if (value === false || value === 'False' || value === 'false') return whenFalse?.(subject) ?? null;
    return undefinedArgument;
  };
};

/** .NET writes some constructs otherwise; those that JavaScript would read in another sense are left alone. */
const patternOf = (pattern: string): RegExp | null => {
  if (/\(\?[a-z]+[:)]|\(\?>|\\[AZzG]|\(\?#/u.test(pattern)) return null;
  try {
    return new RegExp(pattern, 'gu');
  } catch {
    return null;
  }
};

/** `$1` and `${name}` of .NET as JavaScript writes them. */
const replacementOf = (text: string): string => text.replace(/\$\{(\w+)\}/gu, '$<$1>');

const replaceGroup = (text: string, pattern: RegExp, group: string, replacement: string): string =>
  text.replace(pattern, (match: string, ...rest: unknown[]) => {
    const found = (rest.at(-1) as Record<string, string | undefined> | undefined)?.[group];
    return found === undefined ? match : match.replace(found, () => replacement);
  });

/** The documented forms of Replace, told apart by which arguments are there. */
const replace: Build = (list) => {
  const [source, oldValue, regexPattern, regexGroupName, replacementValue, replacementAttributeName, template] = list;
  if (!source) return always(tooFew);
  return (subject) => {
    const value = source(subject);
    if (isUnknown(value)) return value;
    const argument = (read: Read<typeof subject> | null | undefined): Evaluated => read?.(subject) ?? null;
    const [old, pattern, group] = [argument(oldValue), argument(regexPattern), argument(regexGroupName)];
    const [replacement, attribute, frame] = [
      argument(replacementValue),
      argument(replacementAttributeName),
      argument(template),
    ];
    const unknown = [old, pattern, group, replacement, attribute, frame].find(isUnknown);
    if (unknown) return unknown;
    const text = value === null ? '' : textOf(value);

    if (typeof old === 'string' && old !== '' && pattern === null) {
      if (typeof frame === 'string' && replacement === null && attribute === null) {
        return value === null ? undefinedArgument : frame.split(old).join(text);
      }
      if (typeof replacement !== 'string' || frame !== null || attribute !== null) return undefinedArgument;
      return value === null ? null : text.split(old).join(replacement);
    }
    if (typeof pattern !== 'string' || old !== null || frame !== null) return undefinedArgument;
    const expression = patternOf(pattern);
    if (!expression) return badPattern;
    if (typeof group === 'string' && replacementAttributeName && replacement === null) {
      if (text !== '') return text;
      if (attribute === null) return null;
      return expression.exec(textOf(attribute as string | boolean))?.groups?.[group] ?? undefinedArgument;
    }
    if (typeof replacement !== 'string' || attribute !== null) return undefinedArgument;
    if (value === null) return null;
    return typeof group === 'string'
      ? replaceGroup(text, expression, group, replacement)
      : text.replace(expression, replacementOf(replacement));
  };
};

/** By the name in lower case. */
export const functions: Readonly<Record<string, Build>> = {
  append,
  coalesce,
  iif,
  join,
  left,
  mid,
  normalizediacritics: rewrite((text) => normalizeDiacritics(text) ?? unknownLetter),
  not,
  replace,
  right,
  stripspaces: rewrite((text) => text.replaceAll(' ', '')),
  switch: switchFunction,
  tolower: changeCase((text, culture) => (culture ? text.toLocaleLowerCase(culture) : text.toLowerCase())),
  toupper: changeCase((text, culture) => (culture ? text.toLocaleUpperCase(culture) : text.toUpperCase())),
  trim: rewrite((text) => text.trim()),
};
