import { namedAttribute } from '../errors/named-attribute.ts';
import { parseReason } from '../errors/parse-reason.ts';

/** What tells issues apart stands at the beginning; the patterns below are slow on long words. */
const longestReason = 2_000;

const replacements: readonly [RegExp, string][] = [
  [/[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*/g, '@'],
  [/'[^']*'|"[^"]*"|“[^”]*”|‘[^’]*’/g, '*'],
  [/\bhttps?:\/\/\S+/gi, 'url'],
  [/[\w-]*\d[\w:.-]*/g, '#'],
];

/** Two 32-bit multiplications mixed to 53 bits: short, stable across machines, and no library in the core. */
const hash = (text: string): string => {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
};

/** As much of a code as stands readable in a key: keys travel in addresses. */
const longestCode = 100;

/** A name of fewer letters could be a part of any sentence. */
const shortestName = 3;

const endsInWord = /[\p{L}\p{N}]$/u;
const beginsWithWord = /^[\p{L}\p{N}]/u;

/** A name where it stands as words of its own. By hand: a pattern made for every name takes longer than storing its row. */
const withoutName = (words: string, name: string): string => {
  let rest = '';
  let from = 0;
  for (let at = words.indexOf(name); at !== -1;) {
    const end = at + name.length;
    // Two units each: a letter outside of the basic plane takes both.
    if (endsInWord.test(words.slice(Math.max(0, at - 2), at)) || beginsWithWord.test(words.slice(end, end + 2))) {
      at = words.indexOf(name, at + 1);
      continue;
    }
    rest += `${words.slice(from, at)}*`;
    from = end;
    at = words.indexOf(name, end);
  }
  return rest + words.slice(from);
};

/** Takes the names of a row's own subject out of its reason; services write them without quotes, too. */
const withoutNames = (words: string, names: readonly (string | null)[]): string => {
  // The longest first: one may begin another.
  const telling = names.filter((name) => name !== null).toSorted((one, other) => other.length - one.length);
  let rest = words;
  for (const name of telling) if (name.length >= shortestName) rest = withoutName(rest, name);
  return rest;
};

/** A reason without what differs from person to person: names, ids, addresses, numbers, dates, quoted values. */
const normaliseReason = (reason: string, names: readonly (string | null)[]): string => {
  const { httpStatus, scimType, scimDetail, message } = parseReason(reason);
  const whole = (scimDetail === null ? message : `${message} ${scimDetail}`).slice(0, longestReason);
  let words = withoutNames(whole, names);
  for (const [pattern, mark] of replacements) words = words.replace(pattern, mark);
  return `${httpStatus ?? ''} ${scimType ?? ''} ${words}`.replace(/\s+/g, ' ').trim().toLowerCase();
};

/**
 * The key of an issue: rows with the same code, the same normalised reason and the same attribute are one issue,
 * whoever they concern. Readable code, then a hash, such as `EntryConflict.1x9k3v0b2c`.
 *
 * @param names what the row's person or group is called: those words tell nothing about the cause
 */
export const issueKey = (
  code: string | null,
  reason: string | null,
  names: readonly (string | null)[] = [],
): string => {
  // Quoted, an attribute's name is gone from the normalised reason as any quoted value is.
  const parts = reason === null ? ['', ''] : [normaliseReason(reason, names), namedAttribute(reason) ?? ''];
  return `${(code ?? 'NoCode').slice(0, longestCode).toWellFormed()}.${hash([code ?? '', ...parts].join('|'))}`;
};
