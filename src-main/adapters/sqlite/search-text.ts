/** A GUID, whole or its beginning as somebody types it: one word to search, not five. */
const guidLike = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){0,3}[0-9a-f]{0,12}(?![\w-])/gi;
const squeezeGuids = (text: string): string => text.replace(guidLike, (guid) => guid.replaceAll('-', ''));

/** What is written into a full-text index: the words of all texts, GUIDs without dashes. */
export const toIndexedText = (texts: readonly (string | null | undefined)[]): string =>
  squeezeGuids(texts.filter((text) => text).join('\n'));

/** Below this length a word is matched whole: a prefix of two letters would gather a good part of the index first. */
const prefixFrom = 3;
const maxTerms = 16;

/**
 * A full-text question from what somebody typed: every blank-separated term is a quoted phrase, its last word a
 * prefix from three letters on; all must fit. Quotes, operators and column names of FTS5 are ordinary text.
 * Null when nothing is left to look for: then nothing fits.
 */
export const toMatch = (typed: string): string | null => {
  const terms = squeezeGuids(typed.replaceAll('\u0000', ' ').toWellFormed())
    .split(/\s+/u)
    .filter((term) => /[\p{L}\p{N}\p{Co}]/u.test(term))
    .slice(0, maxTerms);
  if (terms.length === 0) return null;
  return terms
    .map((term) => {
      const lastWord = term.split(/[^\p{L}\p{M}\p{N}\p{Co}]+/u).findLast((word) => word !== '') ?? '';
      return `"${term.replaceAll('"', ' ')}"${[...lastWord].length >= prefixFrom ? '*' : ''}`;
    })
    .join(' AND ');
};

/** Case and accents apart, for sorting and for substring search. */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
