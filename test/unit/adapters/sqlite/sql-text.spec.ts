import { expect, test } from 'vitest';
import { oneStatement, sqlTokens } from '../../../../src-main/adapters/sqlite/console/sql-text.ts';

const texts = (sql: string): string[] => sqlTokens(sql).map(({ text }) => text);

test('splits a statement as SQLite does: strings, quoted names, comments', () => {
  expect(texts(`SELECT 'it''s; -- no' AS "a""b", [x y], \`z\` -- a comment; here\n/* and; here */ FROM v_log`)).toEqual(
    ['SELECT', `'it''s; -- no'`, 'AS', '"a""b"', ',', '[x y]', ',', '`z`', 'FROM', 'v_log'],
  );
});

test('an unclosed string or comment reaches to the end', () => {
  expect(texts(`SELECT 'open; SELECT 2`)).toEqual(['SELECT', `'open; SELECT 2`]);
  expect(texts('SELECT 1 /* open; SELECT 2')).toEqual(['SELECT', '1']);
});

test.each([
  ['SELECT 1;', 'SELECT 1'],
  ['  SELECT 1 ; -- the end\n', '  SELECT 1'],
  [`SELECT ';'`, `SELECT ';'`],
  ['SELECT 1 -- ; SELECT 2', 'SELECT 1'],
])('takes the one statement of %j', (sql, own) => {
  expect(oneStatement(sql)).toEqual({ sql: own });
});

test.each(['', ' ', ';', '-- nothing', '/* nothing */;;'])('finds no statement in %j', (sql) => {
  expect(oneStatement(sql)).toBeNull();
});

test('says where a second statement begins', () => {
  expect(oneStatement('SELECT 1; DROP TABLE runs')).toEqual({ secondAt: 10 });
  expect(oneStatement('; SELECT 1')).toEqual({ secondAt: 2 });
});
