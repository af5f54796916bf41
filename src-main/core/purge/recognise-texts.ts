import type { Recognise } from './erase-json.ts';
import { foldTrace, isTelling, purgedText, type Trace, type TraceSort } from './traces.ts';

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
const unaccented = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
/** As JSON inside of a string may write it. */
const escaped = (text: string): string =>
  text.replaceAll(/[^\u0020-\u007e]/gu, (letter) =>
    Array.from({ length: letter.length }, (_, unit) => letter.charCodeAt(unit))
      .map((code) => `\\u${code.toString(16).padStart(4, '0')}`)
      .join(''),
  );
const undashed = (text: string): string | null =>
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu.test(text) ? text.replaceAll('-', '') : null;

/** Every way in which a text is written somewhere: composed, decomposed, without accents, escaped, without dashes. */
export const spellingsOf = (text: string): string[] => {
  const plain = [text, text.normalize('NFC'), text.normalize('NFD'), unaccented(text), undashed(text)];
  const known = plain.flatMap((one) => (one === null || one.trim() === '' ? [] : [one.trim().toLowerCase()]));
  return [...new Set([...known, ...known.map(escaped)])];
};

/**
 * What may not stand beside a text: `ada@a.example` is no part of `nada@a.example` or of `m.ada@a.example`, and Ada Brandt
 * is not Ada Brandt-Nord. An id is found in whatever it was made a part of.
 */
const bounds: Readonly<Record<TraceSort, readonly [before: string, after: string]>> = {
  id: ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'],
  address: ['(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}][.+-])', '(?![\\p{L}\\p{N}_]|[.-][\\p{L}\\p{N}])'],
  name: ['(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}]-)', '(?![\\p{L}\\p{N}]|-[\\p{L}\\p{N}])'],
};

const sortOrder = ['address', 'id', 'name'] as const;

/** Recognises a person by the texts themselves. */
export interface RecogniseTexts extends Recognise {
  /** False when nothing in the text (a sentence or JSON) can point to the person: quick, to leave the rest unread. */
  mayHold(text: string): boolean;
}

/** Recognises a person by the texts themselves, in any case and spelling, as words of their own. */
export const recogniseTexts = (traces: readonly Trace[]): RecogniseTexts => {
  const sorts = new Map<string, TraceSort>();
  for (const { sort, text } of traces) for (const one of spellingsOf(text)) sorts.set(one, sorts.get(one) ?? sort);
  const telling = new Map<string, TraceSort>();
  for (const { sort, text } of traces.filter(isTelling)) {
    for (const one of spellingsOf(text)) telling.set(one, telling.get(one) ?? sort);
  }
  const partOf = (sort: TraceSort): string[] => {
    const words = [...telling].filter(([, of]) => of === sort).map(([word]) => word);
    if (words.length === 0) return [];
    // The longest first: one may begin another.
    const longestFirst = words.toSorted((one, other) => other.length - one.length).map(literal);
    const [before, after] = bounds[sort];
    return [`${before}(?:${longestFirst.join('|')})${after}`];
  };
  const parts = sortOrder.flatMap(partOf);
  const pattern = parts.length === 0 ? null : new RegExp(parts.join('|'), 'giu');
  // A short text counts only where a value of JSON holds nothing else.
  const anywhere = [
    ...telling.keys(),
    ...[...sorts.keys()].filter((one) => !telling.has(one)).map((one) => `"${one}"`),
  ];
  const held = anywhere.length === 0 ? null : new RegExp(anywhere.map(literal).join('|'), 'iu');
  return {
    mayHold: (text) => held?.test(text) ?? false,
    whole: (text) => sorts.get(foldTrace(text)) ?? sorts.get(text.trim().toLowerCase()) ?? null,
    inside: (text) =>
      pattern === null
        ? text
        : text.replaceAll(pattern, (found) => purgedText[telling.get(found.toLowerCase()) ?? 'name']),
  };
};
