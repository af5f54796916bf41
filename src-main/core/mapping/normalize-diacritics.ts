/** Letters of the documented table that do not come apart into a base letter and marks. */
const whole: Readonly<Record<string, string>> = {
  æ: 'ae',
  Æ: 'AE',
  ø: 'oe',
  Ø: 'OE',
  œ: 'oe',
  Œ: 'OE',
  ß: 'ss',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
};

const plain = /^[\x20-\x7e]*$/u;
const latinWithMarks = /([a-z])\p{M}+/giu;
const wholeLetter = /[æÆøØœŒßłŁı]\p{M}*/gu;
const stillMarked = /\p{M}|[đĐħĦþÞðÐŧŦŋŊ]/u;

/**
 * Function NormalizeDiacritics: Latin letters lose their marks, and the letters of the documented table that do not
 * come apart become what it says. Null when a letter is left whose plain form the table does not tell.
 */
export const normalizeDiacritics = (text: string): string | null => {
  if (plain.test(text)) return text;
  const replaced = text
    .normalize('NFD')
    .replace(wholeLetter, (letter) => whole[letter.charAt(0)] ?? letter)
    .replace(latinWithMarks, '$1');
  return stillMarked.test(replaced) ? null : replaced.normalize('NFC');
};
