import type { Recognise } from './erase-json.ts';
import { foldTrace, isTelling, purgedText, type TraceSort } from './traces.ts';

/** Whatever separates words in sentences, JSON and addresses of the web; not what ids and addresses are made of. */
const separators = /[\s"'`‘’“”„,;:()<>[\]{}|=/\\?&!]+/u;
const withSeparators = /([\s"'`‘’“”„,;:()<>[\]{}|=/\\?&!]+)/u;
/** Longer texts are no ids and no addresses. */
const longest = 320;
const dots = /^[.*#-]+|[.*#-]+$/gu;

const sortOf = (text: string): TraceSort => (text.includes('@') ? 'address' : 'id');

/**
 * Recognises people by hashes of their ids and addresses alone. `isKnown` says whether the folded text has one of the
 * hashes. Names are not hashed: others bear them, too.
 */
export const recogniseHashes = (isKnown: (folded: string) => boolean): Recognise => {
  const knows = (text: string): boolean => text.length >= 1 && text.length <= longest && isKnown(foldTrace(text));
  const word = (text: string): string => {
    const bare = text.replaceAll(dots, '');
    const sort = sortOf(bare);
    return bare !== '' && isTelling({ sort, text: bare }) && knows(bare)
      ? text.replace(bare, () => purgedText[sort])
      : text;
  };
  return {
    whole: (text) => (knows(text) ? sortOf(text) : null),
    inside: (text) =>
      text.length < 6 || !separators.test(text) ? word(text) : text.split(withSeparators).map(word).join(''),
  };
};
