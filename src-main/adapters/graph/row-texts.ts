import { parseJson } from '../net/read-answer.ts';

/** An item of a page and its JSON as received. */
export interface RowText {
  value: unknown;
  text: string;
}

const tryParse = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
};

/** Enough for the lists inside the last row; a page where that is not enough is parsed whole. */
const endTries = 200;

/**
 * Cuts a page between its rows and parses each by itself, so that every row keeps its own text without being written
 * again. The cut is a guess by the first key of the first row; that every piece is valid JSON proves it, because a
 * quote inside a string is escaped and can be no part of a cut. Null when it does not prove: then the page has to be
 * parsed whole.
 */
const cutRows = (page: string): { envelope: object; rows: RowText[] } | null => {
  const key = '"value":[';
  const start = page.indexOf(key) + key.length;
  const colon = page.indexOf(':', start);
  if (start < key.length || page[start] !== '{' || colon < 0 || colon - start > 60) return null;
  const cut = `},${page.slice(start, colon + 1)}`;
  const rows: RowText[] = [];
  let from = start;
  for (let to = page.indexOf(cut, from); to >= 0; to = page.indexOf(cut, from)) {
    const text = page.slice(from, to + 1);
    const parsed = tryParse(text);
    if (!parsed) return null;
    rows.push({ value: parsed.value, text });
    from = to + 2;
  }
  let to = from;
  for (let tries = 0; tries < endTries; tries += 1) {
    to = page.indexOf('}]', to) + 1;
    if (to === 0) return null;
    const text = page.slice(from, to);
    const parsed = tryParse(text);
    if (!parsed) continue;
    rows.push({ value: parsed.value, text });
    const envelope = tryParse(page.slice(0, start) + page.slice(to))?.value;
    const isWhole =
      typeof envelope === 'object' &&
      envelope !== null &&
      'value' in envelope &&
      Array.isArray(envelope.value) &&
      envelope.value.length === 0;
    return isWhole ? { envelope, rows } : null;
  }
  return null;
};

/** A page whose `value` holds RowTexts. Anything but a page of rows is given as it is. Throws as `parseJson`. */
export const parseRowTexts = (text: string, contentType: string | null, source: string): unknown => {
  const cut = cutRows(text);
  if (cut) return { ...cut.envelope, value: cut.rows };
  const page = parseJson(text, contentType, source);
  if (typeof page !== 'object' || page === null || !('value' in page) || !Array.isArray(page.value)) return page;
  const rows = (page.value as unknown[]).map((value): RowText => ({ value, text: JSON.stringify(value) }));
  return { ...page, value: rows };
};
