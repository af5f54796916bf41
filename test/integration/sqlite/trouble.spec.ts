import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open as openFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLogStore } from '../../../src-main/adapters/sqlite/log/log-store.ts';
import { mapFailures } from '../../../src-main/adapters/sqlite/map-failures.ts';
import { openDatabase } from '../../../src-main/adapters/sqlite/open-database.ts';
import { migrate, migrations } from '../../../src-main/adapters/sqlite/migrate.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { createStatements } from '../../../src-main/adapters/sqlite/statements.ts';
import { failureOf } from '../../support/failure-of.ts';
import { logRecord } from './log-record.ts';
import { makeFile, makeFolder, openHistory } from './store-fixture.ts';

const opening = (file: string): ReturnType<typeof failureOf> =>
  failureOf(Promise.resolve().then(() => openSqliteHistory({ file, busyTimeoutMs: 100 })));

const rows = (count: number, prefix = 'row', text = 'x'.repeat(2000)): ReturnType<typeof logRecord>[] =>
  Array.from({ length: count }, (_, index) => logRecord({ id: `${prefix}-${index}`, raw: JSON.stringify({ text }) }));

const fill = async (file: string, count: number): Promise<void> => {
  const store = openSqliteHistory({ file });
  await store.log.save(rows(count));
  await store.close();
};

describe('a history file', () => {
  test('is made from nothing, and opened again as it is', async () => {
    const file = await makeFile();
    await fill(file, 3);
    const before = new Database(file, { readonly: true });
    const schema = before.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
    expect(before.pragma('user_version', { simple: true })).toBe(migrations.length);
    before.close();
    const store = await openHistory(file);
    expect((await store.counts()).logRows).toBe(3);
    const after = new Database(file, { readonly: true });
    onTestFinished(() => void after.close());
    expect(after.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all()).toEqual(schema);
    expect(after.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(after.pragma('foreign_key_check')).toEqual([]);
  });

  test('that only lacks later steps gets them, each whole or not at all', async () => {
    const file = await makeFile();
    const database = new Database(file);
    onTestFinished(() => void database.close());
    const steps = [...migrations, 'CREATE TABLE later (id INTEGER) STRICT', 'CREATE TABLE broken (; nonsense'];
    expect(() => migrate(database, file, steps)).toThrow();
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
    expect(database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'later'").get()).toEqual({ n: 1 });
    migrate(database, file, [...steps.slice(0, -1), 'CREATE TABLE mended (id INTEGER) STRICT']);
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.length + 2);
  });

  test('of a newer version is refused and left as it is', async () => {
    const file = await makeFile();
    await fill(file, 1);
    const database = new Database(file);
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    const before = await readFile(file);
    expect(await opening(file)).toMatchObject({ code: 'store-newer', file });
    expect(await readFile(file)).toEqual(before);
  });

  test('of another program is refused and left as it is', async () => {
    const file = await makeFile();
    const database = new Database(file);
    database.exec('CREATE TABLE places (id TEXT)');
    database.close();
    const before = await readFile(file);
    expect(await opening(file)).toMatchObject({ code: 'store-damaged', file });
    expect(await readFile(file)).toEqual(before);
  });

  test('whose head is damaged is refused and left as it is', async () => {
    const file = await makeFile();
    await fill(file, 50);
    const handle = await openFile(file, 'r+');
    await handle.write(Buffer.alloc(100, 7), 0, 100, 0);
    await handle.close();
    const before = await readFile(file);
    expect(await opening(file)).toMatchObject({ code: 'store-damaged', file });
    expect(await readFile(file)).toEqual(before);
  });

  test('with damaged pages says so when they are read, and takes no further harm', async () => {
    const file = await makeFile();
    await fill(file, 400);
    const { size } = await stat(file);
    const handle = await openFile(file, 'r+');
    for (let at = 4096 * 2; at < size; at += 4096) await handle.write(Buffer.alloc(4096, 0xee), 0, 4096, at);
    await handle.close();
    const failure = await failureOf(
      Promise.resolve().then(async () => {
        const store = await openHistory(file);
        await store.log.save(rows(50, 'late'));
        await store.log.page({}, { limit: 100, withTotal: true });
      }),
    );
    expect(failure).toMatchObject({ code: 'store-damaged', file });
  });

  test('that was cut off is refused, and a stranger in its place too', async () => {
    const file = await makeFile();
    await fill(file, 400);
    await truncate(file, 4096 * 3 + 100);
    const failure = await failureOf(
      Promise.resolve().then(async () => (await openHistory(file)).log.page({}, { limit: 10 })),
    );
    expect(failure.code).toBe('store-damaged');
    const text = await makeFile();
    await writeFile(text, 'Dear diary, '.repeat(500));
    expect((await opening(text)).code).toBe('store-damaged');
    expect((await opening(await makeFolder())).code).toBe('file-unreadable');
  });

  test('that another program writes to is locked for writing, not for reading, and goes on afterwards', async () => {
    const file = await makeFile();
    const store = await openHistory(file);
    await store.log.save(rows(2));
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    expect(await failureOf(store.log.save(rows(3, 'new')))).toMatchObject({ code: 'store-locked', file });
    expect((await store.log.page({}, { limit: 10 })).rows).toHaveLength(2);
    other.exec('ROLLBACK');
    expect(await store.log.save(rows(3, 'new'))).toEqual({ inserted: 3, updated: 0 });
  });

  test('two histories of one file write by turns', async () => {
    const file = await makeFile();
    const first = await openHistory(file);
    const second = await openHistory(file);
    for (let turn = 0; turn < 5; turn += 1) {
      await first.log.save(rows(10, `first-${turn}`));
      await second.log.save(rows(10, `second-${turn}`));
    }
    expect((await first.log.page({}, { limit: 1, withTotal: true })).total).toBe(100);
  });

  test('on a full disk keeps what it has, and goes on when there is room', async () => {
    const file = await makeFile();
    await fill(file, 20);
    const database = openDatabase({ file });
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 40}`);
    const log = mapFailures(createLogStore(createStatements(database)), file);
    expect(await failureOf(log.save(rows(500, 'many')))).toMatchObject({ code: 'store-full', file });
    expect((await log.page({}, { limit: 50, withTotal: true })).total).toBe(20);
    database.close();
    const again = await openHistory(file);
    expect(await again.log.save(rows(500, 'many'))).toEqual({ inserted: 500, updated: 0 });
  });

  test('can be opened to read only', async () => {
    const file = await makeFile();
    await fill(file, 2);
    const store = openSqliteHistory({ file, readOnly: true });
    onTestFinished(() => store.close());
    expect((await store.counts()).logRows).toBe(2);
    expect((await failureOf(store.log.save(rows(1, 'no')))).code).toBe('file-unwritable');
    expect(
      (await failureOf(Promise.resolve().then(() => openSqliteHistory({ file: `${file}-none`, readOnly: true })))).code,
    ).toBe('file-unreadable');
  });
});

test('a program killed at any moment leaves a history that opens, is whole, and goes on', async () => {
  const file = await makeFile();
  const program = fileURLToPath(new URL('./endless-writer.ts', import.meta.url));
  let stored = 0;
  for (const delayMs of [30, 90, 170, 260]) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    child.kill('SIGKILL');
    await exited;
    const database = new Database(file);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.exec("INSERT INTO log_search (log_search) VALUES ('integrity-check')");
    const counts = database
      .prepare(
        `SELECT (SELECT count(*) FROM log_rows) AS rows, (SELECT count(*) FROM log_bodies) AS bodies,
          (SELECT sum(count) FROM log_counts) AS counted, (SELECT count(*) FROM log_search_docsize) AS searched,
          (SELECT count(*) FROM current_versions) AS users, (SELECT item_count FROM snapshot_lists WHERE id = 1) AS list`,
      )
      .get() as Record<string, number>;
    database.close();
    expect(counts['bodies']).toBe(counts['rows']);
    expect(counts['counted']).toBe(counts['rows']);
    expect(counts['searched']).toBe(counts['rows']);
    expect(counts['users']).toBe(counts['list']);
    expect(counts['rows']).toBeGreaterThan(stored);
    stored = counts['rows'] ?? 0;
  }
  const store = await openHistory(file);
  expect(await store.log.save(rows(1, 'after'))).toEqual({ inserted: 1, updated: 0 });
});
