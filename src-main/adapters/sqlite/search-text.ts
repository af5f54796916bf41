/** A GUID, whole or its beginning as somebody types it: one word to search, not five. */
const guidLike = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){0,3}[0-9a-f]{0,12}(?![\w-])/gi;
const squeezeGuids = (text: string): string => text.replace(guidLike, (guid) => guid.replaceAll('-', ''));

/** What is written into a full-text index: the words of all texts, GUIDs without dashes. */
export const toIndexedText = (texts: readonly (string | null | undefined)[]): string =>
  squeezeGuids(texts.filter((text) => text).join('\n'));

/** Below this length a word is matched whole: a prefix of two letters would gather a good part of the index first. */
const prefixFrom = 3;
const maxTerms = 16;

const wordBreak = /[^\p{L}\p{M}\p{N}\p{Co}]+/u;

/** One blank-separated piece of what somebody typed. */
interface Term {
  /** A quoted phrase: quotes, operators and column names of FTS5 inside it are ordinary text. */
  phrase: string;
  /** The phrase with its last word as a prefix; null for a short last word, which is matched whole. */
  prefix: string | null;
  /** Of several words held together by punctuation, such as an address: all but the last one as a phrase; else null. */
  head: string | null;
}

/** A text that has to occur as it stands, as a quoted phrase; null when it holds no word. */
export const toPhrase = (text: string): string | null =>
  /[\p{L}\p{N}\p{Co}]/u.test(text) ? `"${squeezeGuids(text.toWellFormed()).replace(/["\u0000]/g, ' ')}"` : null;

const toTerm = (text: string): Term | null => {
  const phrase = toPhrase(text);
  if (phrase === null) return null;
  const words = squeezeGuids(text)
    .split(wordBreak)
    .filter((word) => word !== '');
  const isLong = [...(words.at(-1) ?? '')].length >= prefixFrom;
  const head = words.length > 1 ? toPhrase(words.slice(0, -1).join(' ')) : null;
  return { phrase, prefix: isLong ? `${phrase}*` : null, head };
};

/**
 * A full-text question from what somebody typed: all blank-separated terms must fit, each as a phrase whose last word
 * is a prefix from three letters on. A compound term that occurs as it stands (`occurs` says so) is taken so: the last
 * word of an address is in every row, and gathering everything that begins like it would take longer than the rest. For
 * the same reason nothing is gathered where not even the words before the last one occur: then nothing fits. Null when
 * nothing fits, or nothing is left to look for.
 */
export const toMatch = (
  typed: string,
  occurs: (phrase: string) => boolean,
): { match: string; hasPrefix: boolean } | null => {
  const terms = typed
    .replaceAll('\u0000', ' ')
    .split(/\s+/u)
    .flatMap((text) => toTerm(text) ?? [])
    .slice(0, maxTerms);
  if (terms.length === 0) return null;
  const chosen: string[] = [];
  for (const { phrase, prefix, head } of terms) {
    if (prefix === null || (head !== null && occurs(phrase))) chosen.push(phrase);
    else if (head === null || occurs(head)) chosen.push(prefix);
    else return null;
  }
  return { match: chosen.join(' AND '), hasPrefix: chosen.some((term) => term.endsWith('*')) };
};

/** Case and accents apart, for sorting and for substring search. */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
