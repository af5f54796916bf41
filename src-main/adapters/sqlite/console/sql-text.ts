/** A piece of SQL that is neither blank nor comment. `at` counts UTF-16 units from the beginning of the text. */
export interface SqlToken {
  text: string;
  at: number;
}

/**
 * SQLite's own rules for strings, quoted names, comments and words, as far as finding their ends needs. An unclosed
 * string or comment reaches to the end. https://www.sqlite.org/lang_comment.html, lang_keywords.html
 */
const pattern =
  /(?<skip>\s+|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$))|(?<token>'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)|[\p{L}\p{N}_$\u0080-\uffff]+|[^])/gu;

/** The tokens of a text, in order. */
export const sqlTokens = (sql: string): SqlToken[] =>
  [...sql.matchAll(pattern)].flatMap((match) =>
    match.groups?.['token'] === undefined ? [] : [{ text: match.groups['token'], at: match.index }],
  );

/**
 * The one statement of a text, without the semicolon at its end. Null when there is none; the position of the second
 * one when there are several.
 */
export const oneStatement = (sql: string): { sql: string } | { secondAt: number } | null => {
  const tokens = sqlTokens(sql);
  const end = tokens.findIndex(({ text }) => text === ';');
  const own = end === -1 ? tokens : tokens.slice(0, end);
  const after = end === -1 ? [] : tokens.slice(end).filter(({ text }) => text !== ';');
  const last = own.at(-1);
  if (last === undefined) return after[0] ? { secondAt: after[0].at } : null;
  if (after[0]) return { secondAt: after[0].at };
  return { sql: sql.slice(0, last.at + last.text.length) };
};

const unquoted = (text: string): string => text.replace(/^["'`[]|["'`\]]$/gu, '').toLowerCase();

/** The name that a token means, in lower case, without quotes. */
export const nameOfToken = (token: SqlToken | undefined): string | null => (token ? unquoted(token.text) : null);

/**
 * Where in a statement an error of SQLite lies, from its message: the token that it names. Of several tokens with the
 * same text the first after which a shortened statement fails in the same way (`messageOf` prepares it) is the one.
 * Null when the message names none.
 */
export const errorPosition = (
  sql: string,
  message: string,
  messageOf: (sql: string) => string | null,
): number | null => {
  const tokens = sqlTokens(sql);
  const near = /^near "([^]*)": syntax error$/u.exec(message)?.[1];
  if (near !== undefined) {
    const places = tokens.filter(({ text }) => text === near);
    if (places.length < 2) return places[0]?.at ?? null;
    const broken = places.find((place) => messageOf(sql.slice(0, place.at + place.text.length)) === message);
    return (broken ?? places.at(-1))?.at ?? null;
  }
  if (/^incomplete input$/u.test(message)) return sql.length;
  const named =
    /^(?:no such (?:column|table|function|collation sequence)|ambiguous column name|wrong number of arguments to function|unrecognized token|misuse of (?:aggregate|window function)):? "?(?<name>[^]*?)"?(?:\(\))?(?: - should this be a string literal in single-quotes\?)?$/u.exec(
      message,
    )?.groups?.['name'];
  if (named === undefined) return null;
  const parts = named.split('.').flatMap((part, index) => (index === 0 ? [unquoted(part)] : ['.', unquoted(part)]));
  const begins = (at: number): boolean => parts.every((part, offset) => nameOfToken(tokens[at + offset]) === part);
  return (tokens.find(({ text }) => text === named) ?? tokens[tokens.findIndex((_, at) => begins(at))])?.at ?? null;
};
