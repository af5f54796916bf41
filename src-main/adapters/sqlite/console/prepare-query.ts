import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Authorizer } from './authorizer.ts';
import { queryRefused } from './query-failure.ts';
import { errorPosition, nameOfToken, oneStatement, sqlTokens } from './sql-text.ts';

const firstWords = new Set(['select', 'with', 'values', 'explain']);

/**
 * The one statement of the text, checked as far as that goes without SQLite. Throws `input-invalid` for none or
 * several, for one that does not begin like a question, and for parameters, which nobody could give.
 */
export const checkQueryText = (text: string): string => {
  const one = oneStatement(text);
  if (one === null) throw queryRefused('There is no statement.', null);
  if ('secondAt' in one) throw queryRefused('Only one statement is run at a time.', one.secondAt);
  const tokens = sqlTokens(one.sql);
  const [first] = tokens;
  if (first && !firstWords.has(first.text.toLowerCase())) {
    throw queryRefused('Queries only read: a statement begins with SELECT, WITH, VALUES or EXPLAIN.', first.at);
  }
  const parameter = tokens.find((token) => /^[?:@$]/u.test(token.text));
  if (parameter) throw queryRefused('A query has no parameters: write the value itself.', parameter.at);
  return one.sql;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const why = (database: DatabaseSync, sql: string, message: string, authorizer: Authorizer): Error => {
  const refusal = authorizer.refused();
  if (refusal !== null) {
    const place = sqlTokens(sql).find((token) => nameOfToken(token) === refusal.name?.toLowerCase());
    return queryRefused(`Queries only read the documented views: ${refusal.clause}.`, place?.at ?? null);
  }
  const messageOfPart = (part: string): string | null => {
    try {
      database.prepare(part);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  };
  return queryRefused(`SQLite refuses it: ${message}.`, errorPosition(sql, message, messageOfPart));
};

/** Prepares a statement whose rows are lists of values. Throws `input-invalid` with the position, where one is known. */
export const prepareQuery = (database: DatabaseSync, sql: string, authorizer: Authorizer): StatementSync => {
  authorizer.refused();
  try {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    return statement;
  } catch (error) {
    throw why(database, sql, messageOf(error), authorizer);
  }
};
