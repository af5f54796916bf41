import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  backUpHistory,
  restoreHistory,
  vacuumHistory,
} from '../../../src-main/adapters/sqlite/care/back-up-history.ts';
import { verifyHistory } from '../../../src-main/adapters/sqlite/care/verify-history.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { openDemoCollection, type DemoCollection } from '../../support/collect-demo.ts';
import { failureOf } from '../../support/failure-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-care-'));
const quiet = (): undefined => undefined;
let tenant: DemoTenant;
let collection: DemoCollection;
let backup: string;
let made = 0;

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 40, days: 4, seed: 7, now: '2026-11-20T12:00:00Z', throttling: false });
  collection = await openDemoCollection({ tenant });
  await collection.collect();
  await collection.crossCheck();
  backup = join(folder, 'backup.db');
  await backUpHistory(collection.databaseFile, backup, quiet);
}, 60_000);
afterAll(async () => {
  await collection.close();
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

const copy = (): string => {
  const file = join(folder, `history-${(made += 1)}.db`);
  copyFileSync(backup, file);
  return file;
};
const change = (file: string, sql: string): void => {
  const database = new Database(file);
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
};

describe('verify', () => {
  test('a collected history agrees with itself, and is not changed by the question', () => {
    const found = verifyHistory(collection.databaseFile, quiet);
    expect(found.checks.filter(({ good }) => !good)).toEqual([]);
    expect(found.good).toBe(true);
    const before = readFileSync(backup);
    verifyHistory(backup, quiet);
    expect(readFileSync(backup).equals(before)).toBe(true);
  });

  test.each([
    [
      'references',
      'DELETE FROM objects WHERE key = (SELECT object_key FROM current_versions LIMIT 1)',
      'rows? name others',
    ],
    ['log-words', 'DELETE FROM log_search WHERE rowid = (SELECT min(seq) FROM log_rows)', '1 row of the log'],
    [
      'person-words',
      'DELETE FROM person_names WHERE person_key = (SELECT min(person_key) FROM person_names)',
      '1 person',
    ],
    ['log-bodies', 'DELETE FROM log_bodies WHERE seq = (SELECT min(seq) FROM log_rows)', '1 row of the log'],
    [
      'log-counts',
      'UPDATE log_counts SET count = count + 1 WHERE hour = (SELECT min(hour) FROM log_counts)',
      'differ from the rows',
    ],
    ['list-sizes', `UPDATE snapshot_lists SET item_count = item_count + 1 WHERE name = 'users'`, 'another length'],
    [
      'runs',
      'UPDATE current_versions SET since_run = 99 WHERE object_key = (SELECT min(object_key) FROM current_versions)',
      '1 run',
    ],
    ['documents', `UPDATE findings SET json = '{' WHERE number = (SELECT min(number) FROM findings)`, '1 document'],
  ])('%s are compared', (id, sql, told) => {
    const file = copy();
    // The triggers of a table would read what is broken on purpose.
    change(file, `DROP TRIGGER close_finding; DROP TRIGGER close_verification; ${sql}`);
    const found = verifyHistory(file, quiet);
    expect(found.good).toBe(false);
    const check = found.checks.find((one) => one.id === id);
    expect(check?.good).toBe(false);
    expect(check?.sentence).toMatch(new RegExp(told, 'u'));
  });

  test('a damaged page is told', async () => {
    const file = copy();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, bytes.length - 40_000, bytes.length - 20_000);
    writeFileSync(file, bytes);
    const outcome = await Promise.resolve()
      .then(() => verifyHistory(file, quiet).checks.find(({ id }) => id === 'integrity')?.good)
      .catch((error: unknown) => error);
    // Whether the reading gets to its end depends on the page.
    if (outcome !== false) expect(outcome).toMatchObject({ failure: { code: 'store-damaged', file } });
  });
});

describe('backup and restore', () => {
  test('a backup is one file with all of it, taken while the history is open', async () => {
    expect(existsSync(`${backup}-wal`)).toBe(false);
    const store = openSqliteHistory({ file: copy() });
    expect(await store.counts()).toEqual(await collection.store.counts());
    await store.close();
  });

  test('a restored history is that of the backup, also for who has it open', async () => {
    const file = copy();
    const store = openSqliteHistory({ file });
    await store.runs.start('2026-11-21T00:00:00Z');
    await restoreHistory(backup, file, quiet);
    const runs = await store.runs.list({ limit: 10, withTotal: true });
    expect(runs.total).toBe((await collection.store.runs.list({ limit: 10, withTotal: true })).total);
    await store.close();
    expect(verifyHistory(file, quiet).good).toBe(true);
  });

  test.each([
    [
      'a text',
      (file: string) => writeFileSync(file, 'no database, but long enough to look at its beginning '.repeat(40)),
    ],
    ['another database', (file: string) => new Database(file).exec('CREATE TABLE x (y)').close()],
    ['half a backup', (file: string) => writeFileSync(file, readFileSync(backup).subarray(0, 100_000))],
  ])('%s is refused, and nothing is changed', async (_, make) => {
    const file = copy();
    const before = readFileSync(file);
    const bad = join(folder, `bad-${(made += 1)}.db`);
    make(bad);
    expect(await failureOf(restoreHistory(bad, file, quiet))).toMatchObject({ code: 'store-damaged', file: bad });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a backup of a newer version is refused', async () => {
    const newer = copy();
    change(newer, 'PRAGMA user_version = 99');
    expect(await failureOf(restoreHistory(newer, copy(), quiet))).toMatchObject({ code: 'store-newer', file: newer });
  });
});

test('vacuum gives back the room of what was deleted, and nothing of it is left in the file', () => {
  const file = copy();
  change(file, 'DELETE FROM log_bodies');
  const { bytesBefore, bytesAfter } = vacuumHistory(file);
  expect(bytesAfter).toBeLessThan(bytesBefore);
  expect(readFileSync(file).includes('"provisioningSteps"')).toBe(false);
});
