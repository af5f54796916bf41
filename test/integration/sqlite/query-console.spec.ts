import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as sqlite from 'node:sqlite';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleExamples, consoleViews } from '../../../src-main/adapters/sqlite/console/console-views.ts';
import { createQueryRunner, queryLimits } from '../../../src-main/adapters/sqlite/console/create-query-runner.ts';
import { executeQuery } from '../../../src-main/adapters/sqlite/console/execute-query.ts';
import { openConsole } from '../../../src-main/adapters/sqlite/console/open-console.ts';
import type { FromQuery } from '../../../src-main/adapters/sqlite/console/query-protocol.ts';
import { toQueryFailure } from '../../../src-main/adapters/sqlite/console/query-failure.ts';
import type { QueryNarrowing } from '../../../src-main/contract/models/query.ts';
import { isAppError } from '../../../src-main/core/app-error.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { openDemoCollection, type DemoCollection } from '../../support/collect-demo.ts';
import { failureOf } from '../../support/failure-of.ts';

const processUrl = new URL('../../../src-main/adapters/sqlite/console/query-process.ts', import.meta.url);
let tenant: DemoTenant;
let collection: DemoCollection;
let file: string;

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 60, days: 6, seed: 7, now: '2026-11-20T12:00:00Z', throttling: false });
  collection = await openDemoCollection({ tenant });
  await collection.collect();
  await collection.crossCheck();
  file = collection.databaseFile;
}, 60_000);
afterAll(async () => {
  await collection.close();
  await tenant.close();
});

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The query in this process: the same rules, without the time that starting one takes. */
const ask = async (
  sql: string,
  options: { narrowing?: QueryNarrowing[]; facets?: number[]; rows?: number; characters?: number } = {},
): Promise<FromQuery[]> => {
  const { database, authorizer } = openConsole(sqlite, file);
  const said: FromQuery[] = [];
  const query = { sql, narrowing: [], facets: null, rows: 1_000, characters: 1_000_000, ...options };
  try {
    await executeQuery(database, query, authorizer, async (message) => void said.push(message));
  } catch (error) {
    throw toQueryFailure(error, file);
  } finally {
    database.close();
  }
  return said;
};
const rowsOf = (said: FromQuery[]): unknown[][] =>
  said.flatMap((message) => (message.type === 'rows' ? message.rows : []));
const columnsOf = (said: FromQuery[]): string[] => said.flatMap((one) => (one.type === 'columns' ? one.columns : []));
const cutOf = (said: FromQuery[]): unknown => said.flatMap((one) => (one.type === 'end' ? [one.cut] : []))[0];

describe('the views', () => {
  test.each(consoleViews.map((view) => [view.name, view] as const))(
    '%s has the documented columns',
    async (name, view) => {
      expect(columnsOf(await ask(`SELECT * FROM ${name} LIMIT 1`))).toEqual(view.columns.map(([column]) => column));
    },
  );

  test.each([
    ['v_people', 'SELECT count(*) FROM people'],
    ['v_log', 'SELECT count(*) FROM log_rows'],
    ['v_findings', 'SELECT count(*) FROM findings'],
    ['v_runs', 'SELECT count(*) FROM runs'],
    ['v_sources', 'SELECT count(*) FROM run_sources'],
    ['v_audit', 'SELECT count(*) FROM audit_events'],
    ['v_members', 'SELECT count(*) FROM current_members'],
    ['v_links', 'SELECT count(*) FROM links'],
    ['v_accounts', `SELECT count(*) FROM current_versions JOIN objects ON key = object_key WHERE list = 6`],
  ])('%s has a row for each that is stored', async (view, stored) => {
    const database = new Database(file, { readonly: true });
    const count = database.prepare(stored).pluck().get();
    database.close();
    expect(count).toBeGreaterThan(0);
    expect(rowsOf(await ask(`SELECT count(*) FROM ${view}`))).toEqual([[count]]);
  });

  test('people are the same as those that the window lists', async () => {
    const { rows } = await collection.store.people.page({}, { limit: 1_000 });
    const asked = rowsOf(
      await ask(
        'SELECT person_id, name, user_principal_name, user_name, active, source_state, target_state, open_findings FROM v_people',
      ),
    );
    const listed = rows.map((person) => [
      person.id,
      person.name,
      person.entra?.userPrincipalName ?? null,
      person.scim?.userName ?? null,
      person.scim?.active === undefined || person.scim.active === null ? null : Number(person.scim.active),
      person.state.source,
      person.state.target,
      person.findings.length,
    ]);
    const byId = (left: unknown[], right: unknown[]): number => (String(left[0]) < String(right[0]) ? -1 : 1);
    expect(asked.toSorted(byId)).toEqual(listed.toSorted(byId));
  });

  test.each(consoleExamples.map(({ title, sql }) => [title, sql]))('the example "%s" runs', async (_, sql) => {
    const said = await ask(sql);
    expect(columnsOf(said).length).toBeGreaterThan(1);
  });
});

describe('nothing but reading the views is possible', () => {
  test.each([
    ['DROP TABLE runs', 0],
    [`VACUUM INTO 'copy.db'`, 0],
    [`ATTACH 'other.db' AS other`, 0],
    ['PRAGMA user_version', 0],
    ['BEGIN', 0],
    ['DELETE FROM v_people', 0],
    ['SELECT 1; DROP TABLE runs', 10],
    ['WITH x AS (SELECT 1) INSERT INTO runs SELECT * FROM x', null],
    ['WITH x AS (SELECT 1) DELETE FROM runs', null],
    ['SELECT * FROM delta_links', 14],
    ['SELECT count(*) FROM delta_links', 21],
    ['WITH v_people AS (SELECT link FROM delta_links) SELECT * FROM v_people', 35],
    ['SELECT * FROM (SELECT link FROM delta_links) AS v_people', 32],
    ['SELECT * FROM sqlite_schema', null],
    ['SELECT count(*) FROM sqlite_schema', 21],
    [`SELECT * FROM pragma_table_info('runs')`, 14],
    ['SELECT * FROM dbstat', 14],
    ['SELECT count(*) FROM dbstat', 21],
    [`SELECT load_extension('x')`, 7],
    [`SELECT fts3_tokenizer('x')`, 7],
    [`SELECT readfile('/etc/passwd')`, 7],
    [`SELECT writefile('x', 'y')`, 7],
    ['SELECT zeroblob(1000000000)', 7],
    ['SELECT hex(randomblob(8000000))', 11],
    ['SELECT * FROM v_log WHERE reason MATCH 1', null],
    ['SELECT ?', 7],
    ['SELECT :name', 7],
    ['', null],
  ])('%s', async (sql, position) => {
    const before = digest(file);
    const failure = await failureOf(ask(sql));
    expect(failure).toMatchObject({ code: 'input-invalid', fields: [{ field: 'sql' }] });
    if (position !== null) expect(failure.position).toBe(position);
    expect(failure.message).toMatch(/\.$/u);
    expect(digest(file)).toBe(before);
    expect(readdirSync(dirname(file)).filter((name) => !name.startsWith('history.db'))).toEqual([]);
  });

  test.each([`SELECT printf('%.*c', 1000000000, 'x')`, `SELECT replace(printf('%.*c', 9000000, 'x'), 'x', 'xxx')`])(
    'no value is longer than a result may be: %s',
    async (sql) => {
      expect(await failureOf(ask(sql))).toMatchObject({
        code: 'input-invalid',
        message: expect.stringContaining('too big'),
      });
    },
  );
});

describe('errors say where', () => {
  test.each([
    ['SELECT nme FROM v_people', 7],
    ['SELECT name FROM v_peopel', 17],
    ['SELECT name, FROM v_people', 13],
    [`SELECT 'from' AS "from", name from from v_people`, 35],
    ['SELECT nothing_like_it(1)', 7],
    ['SELECT (1', 9],
    ['SELECT name FROM v_people WHERE p.nope = 1', 32],
  ])('%s', async (sql, position) => {
    expect(await failureOf(ask(sql))).toMatchObject({ code: 'input-invalid', position });
  });
});

describe('results', () => {
  test('values keep what they are', async () => {
    const said = await ask(
      `SELECT 9007199254740993, 9007199254740991, 1e999, x'0102', NULL, 1 = 1, 'é' AS a, 'b' AS a`,
    );
    expect(rowsOf(said)).toEqual([['9007199254740993', 9007199254740991, 'Infinity', `x'0102'`, null, 1, 'é', 'b']]);
    expect(columnsOf(said).slice(-2)).toEqual(['a', 'a']);
  });

  test('says which limit cut, and that nothing was cut when it just fits', async () => {
    const numbers = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10) SELECT i FROM n';
    expect(cutOf(await ask(numbers, { rows: 10 }))).toBeNull();
    const cut = await ask(numbers, { rows: 9 });
    expect([cutOf(cut), rowsOf(cut).length]).toEqual(['rows', 9]);
    const short = await ask(numbers, { characters: 30 });
    expect([cutOf(short), rowsOf(short).length]).toEqual(['characters', 3]);
  });

  test('narrows by a column, nothing and equal names included', async () => {
    const sql = 'SELECT source_state AS a, target_state AS a, scim_id FROM v_people -- the end';
    const narrowed = rowsOf(
      await ask(sql, {
        narrowing: [
          { column: 1, value: 'absent' },
          { column: 2, value: null },
        ],
      }),
    );
    expect(narrowed.length).toBeGreaterThan(0);
    expect(narrowed.every(([, state, id]) => state === 'absent' && id === null)).toBe(true);
  });

  test('counts a column over the whole result, not only the rows that are shown', async () => {
    const said = await ask('SELECT status, action FROM v_log', { facets: [0], rows: 1 });
    const [facet] = said.flatMap((one) => (one.type === 'facet' ? [one] : []));
    const counted = rowsOf(await ask('SELECT status, count(*) FROM v_log GROUP BY 1 ORDER BY 2 DESC, 1'));
    expect(facet?.facet.values.map(({ value, count }) => [value, count])).toEqual(counted);
    expect(facet?.facet.distinct).toBe(counted.length);
    expect(facet?.total).toBe(counted.reduce((sum, [, count]) => sum + Number(count), 0));
  });

  test('a column that is not there, and an explanation that is to be counted, are refused', async () => {
    expect(await failureOf(ask('SELECT 1', { facets: [1] }))).toMatchObject({ code: 'input-invalid' });
    expect(await failureOf(ask('EXPLAIN SELECT 1', { facets: [0] }))).toMatchObject({ code: 'input-invalid' });
    expect(rowsOf(await ask('EXPLAIN QUERY PLAN SELECT * FROM v_runs')).length).toBeGreaterThan(0);
  });
});

describe('the process', () => {
  const endless = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';
  const never = new AbortController().signal;
  const runner = createQueryRunner(processUrl, { ...queryLimits, timeMs: 700, memoryBytes: 160 * 1024 * 1024 });

  test('lists, streams and counts as the same query does here', async () => {
    const sql = 'SELECT log_id, status FROM v_log ORDER BY log_id';
    const patient = createQueryRunner(processUrl);
    const listed = await patient.list(file, { sql, narrowing: [] }, { signal: never });
    expect(listed.rows).toEqual(rowsOf(await ask(sql)));
    const streamed: unknown[] = [];
    for await (const piece of patient.stream(file, { sql, narrowing: [] }, { signal: never })) {
      if ('rows' in piece) streamed.push(...piece.rows);
    }
    expect(streamed).toEqual(listed.rows);
    const counted = await patient.count(file, { sql, narrowing: [], facets: [1] }, { signal: never });
    expect(counted.total).toBe(listed.rows.length);
  });

  test('a query without an end is stopped at the limit of time', async () => {
    expect(await failureOf(runner.list(file, { sql: endless, narrowing: [] }, { signal: never }))).toMatchObject({
      code: 'query-stopped',
      message: expect.stringContaining('0.7 s'),
    });
  });

  test('a query that fills the memory is stopped at its limit', async () => {
    const sql = `WITH RECURSIVE n (i, s) AS (SELECT 1, printf('%.*c', 3000000, 'x') UNION ALL SELECT i + 1, s FROM n LIMIT 9999)
      SELECT * FROM n ORDER BY s`;
    const greedy = createQueryRunner(processUrl, { ...queryLimits, memoryBytes: 160 * 1024 * 1024 });
    expect(await failureOf(greedy.list(file, { sql, narrowing: [] }, { signal: never }))).toMatchObject({
      code: 'query-stopped',
      message: expect.stringContaining('160 MiB'),
    });
  });

  test('a query is stopped when it is cancelled, before and while it runs', async () => {
    const patient = createQueryRunner(processUrl);
    const query = { sql: endless, narrowing: [] };
    expect(await failureOf(patient.list(file, query, { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'cancelled',
    });
    const startedAt = performance.now();
    expect(await failureOf(patient.list(file, query, { signal: AbortSignal.timeout(400) }))).toMatchObject({
      code: 'cancelled',
    });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('whoever leaves a stream early leaves no process behind', async () => {
    const endlessRows = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
    const patient = createQueryRunner(processUrl);
    const children = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
    // Those of the tests before have been told to end.
    await expect.poll(children).toBe(0);
    let running = 0;
    for await (const piece of patient.stream(file, { sql: endlessRows, narrowing: [] }, { signal: never })) {
      if (!('rows' in piece)) continue;
      running = children();
      break;
    }
    expect(running).toBe(1);
    await expect.poll(children).toBe(0);
  });

  test('a file that is no history is named', async () => {
    const other = new URL(import.meta.url).pathname;
    const failure = await failureOf(
      createQueryRunner(processUrl).list(other, { sql: 'SELECT 1', narrowing: [] }, { signal: never }),
    );
    expect(failure).toMatchObject({ code: 'store-damaged', file: other });
  });

  test('a process that breaks in a way that nobody foresaw says so at once', async () => {
    const startedAt = performance.now();
    const query = { sql: 'SELECT ?', narrowing: [] };
    // No path that a disk could have: what opens files refuses it before SQLite can say anything of it.
    const work = createQueryRunner(processUrl).list('no\0path', query, { signal: never, timeMs: 20_000 });
    await expect(work).rejects.toThrow(/ended early: TypeError.*null bytes/u);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  }, 30_000);

  test('a host that cannot start it has no console', async () => {
    expect(await createQueryRunner(processUrl).isAvailable()).toBe(true);
    expect(await createQueryRunner(new URL('./no-such-process.ts', import.meta.url)).isAvailable()).toBe(false);
  });
});

test('the error of a query is one of ours', async () => {
  const error: unknown = await ask('SELECT').catch((thrown: unknown) => thrown);
  expect(isAppError(error)).toBe(true);
});
