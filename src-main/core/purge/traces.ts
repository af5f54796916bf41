/** What a text that points to a person is: an id, an address or user name, or a name. */
export type TraceSort = 'id' | 'address' | 'name';

/** One text by which the history calls a person. */
export interface Trace {
  sort: TraceSort;
  text: string;
}

/**
 * What stands where a person was named. An address stays an address and an id a word with a digit, so that a reason
 * still normalises to the same issue (`core/log/issue-key.ts`).
 */
export const purgedText: Readonly<Record<TraceSort, string>> = {
  id: 'purged-0',
  address: 'purged@purged.invalid',
  name: '(purged)',
};

/** One spelling of an id, an address or a name: case and composition of accents do not matter. */
export const foldTrace = (text: string): string => text.normalize('NFC').trim().toLowerCase();

const shortestWord = 6;
const shortestNumber = 8;
const shortestName = 8;

/**
 * Whether a text points to one person wherever it stands. Short words, short numbers and single short names also stand
 * in sentences that are about nobody: those are only taken where a field holds nothing else.
 */
export const isTelling = ({ sort, text }: Trace): boolean => {
  const folded = foldTrace(text);
  if (folded.includes('@')) return true;
  if (sort === 'name') return folded.length >= shortestName || /\S\s+\S/u.test(folded);
  return folded.length >= (/^\d+$/u.test(folded) ? shortestNumber : shortestWord);
};
