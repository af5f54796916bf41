/** A longer expression or clause is cut off inside a sentence. */
const longestInSentence = 160;

/** A text from the mappings as it fits into a sentence. */
export const shorten = (text: string): string =>
  text.length <= longestInSentence ? text : `${text.slice(0, longestInSentence)}…`;
