import { namedCharacter } from './visible-text.ts';

/** Cells that a spreadsheet would run, also behind white space and in full-width form. */
const runs = /^[\s\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|]|^[\t\r\n]/;
const special = /[",\r\n]|^\s|\s$/;
/** Most cells: a letter or digit first, no white space last, and nothing in between that has to be looked at. */
const plain = /^[0-9A-Za-z](?:[^\u0000-\u001f",]*[!#-+\--~])?$/;
/** Between these, a first character begins neither a formula nor white space. */
const firstPlain = 'A'.charCodeAt(0);
const lastPlain = 0x9f;

/** One field of CSV after RFC 4180. An apostrophe in front keeps spreadsheets from running it; NUL ends a field in some readers. */
export const csvField = (given: string): string => {
  if (given === '' || plain.test(given)) return given;
  let text = given.includes('\u0000') ? given.replaceAll('\u0000', namedCharacter) : given;
  const first = text.charCodeAt(0);
  if ((first < firstPlain || first > lastPlain || first === 0x7c) && runs.test(text)) text = `'${text}`;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
