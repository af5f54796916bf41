import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caseSchema } from '../../../src-main/adapters/sqlite/case-file/case-schema.ts';
import { sumOfManifest } from '../../../src-main/adapters/sqlite/case-file/case-manifest.ts';
import { sumTables } from '../../../src-main/adapters/sqlite/case-file/copy-history.ts';
import { readCaseFile } from '../../../src-main/adapters/sqlite/case-file/read-case-file.ts';
import { migrate, migrations } from '../../../src-main/adapters/sqlite/migrate.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { createStatements } from '../../../src-main/adapters/sqlite/statements.ts';
import type { CaseManifest } from '../../../src-main/contract/models/case-file.ts';
import { makeFolder } from './store-fixture.ts';

/** A history as the first version wrote it, with a collection, a row and a mark whose row was forgotten. */
const writeFirstVersion = (file: string): Database.Database => {
  const database = new Database(file);
  migrate(database, file, migrations.slice(0, 1));
  database.exec(`
    INSERT INTO runs (id, started_at, ended_at) VALUES (1, '2026-11-01T06:00:00Z', '2026-11-01T06:10:00Z');
    INSERT INTO run_sources VALUES (1, 'users', 'complete', 1, 1, 1, 0, 0, NULL, NULL, '2026-11-01T06:00:00Z', '2026-11-01T06:05:00Z', NULL);
    INSERT INTO objects (key, list, id) VALUES (1, 1, 'user-1');
    INSERT INTO current_versions VALUES (1, 1, '{"id":"user-1","userPrincipalName":"mara@demo.example","mail":null,"displayName":"Mara Quill","accountEnabled":true,"createdAt":null,"deletedAt":null,"attributes":{}}');
    UPDATE snapshot_lists SET item_count = 1, first_full_run = 1 WHERE id = 1;
    INSERT INTO person_names VALUES (1, 'mara quill');
    INSERT INTO person_search (rowid, words) VALUES (1, 'Mara Quill');
    INSERT INTO log_classes VALUES (1, 'success', 'create', 0);
    INSERT INTO log_rows (seq, id, at, class_id, subject_type) VALUES (1, 'row-1', '2026-11-01T00:00:00Z', 1, 'user');
    INSERT INTO log_bodies VALUES (1, '{}');
    INSERT INTO log_imports VALUES (1, '2026-11-01T00:00:00Z', '[]', 'portal-json');
    INSERT INTO imported_rows VALUES ('row-1', 1);
  `);
  return database;
};

test('a history of the first version is brought up to date with what it holds', async () => {
  const file = join(await makeFolder(), 'history.db');
  const first = writeFirstVersion(file);
  first.exec(`INSERT INTO imported_rows VALUES ('forgotten', 1)`);
  first.close();
  // Opened only to be read, as the history of a case file is.
  const store = openSqliteHistory({ file, readOnly: true });
  expect((await store.runs.latest())?.sources).toMatchObject([{ source: 'users', items: 1 }]);
  expect((await store.snapshots.read('users', { after: null, limit: 5 })).items).toHaveLength(1);
  expect(await store.purges.list()).toEqual([]);
  await store.close();
  const database = new Database(file, { readonly: true });
  expect(database.pragma('user_version', { simple: true })).toBe(2);
  expect(database.prepare('SELECT log_id FROM imported_rows').pluck().all()).toEqual(['row-1']);
  database.close();
});

test('a case file of the first version opens, to the letter of that version', async () => {
  const folder = await makeFolder();
  const [file, target] = [join(folder, 'case.db'), join(folder, 'history.db')];
  const first = writeFirstVersion(file);
  first.exec(caseSchema);
  const manifest: Omit<CaseManifest, 'sha256'> = {
    format: 1,
    version: '0.1.0',
    connection: 'contoso',
    tenantId: 't-1',
    jobId: null,
    writtenAt: '2026-11-02T00:00:00.000Z',
    collectedAt: null,
    scope: { what: 'all' },
    redacted: false,
    redactionKeyId: null,
    tables: sumTables(createStatements(first), 1),
  };
  const whole = { ...manifest, sha256: sumOfManifest(manifest) };
  first.prepare('INSERT INTO case_manifest (id, json) VALUES (1, ?)').run(JSON.stringify(whole));
  first.close();
  expect(readCaseFile({ file, name: 'case.db', target, progress: () => undefined })).toEqual(whole);
  const store = openSqliteHistory({ file: target });
  expect((await store.runs.latest())?.sources).toMatchObject([{ source: 'users', items: 1 }]);
  expect((await store.snapshots.read('users', { after: null, limit: 5 })).items).toHaveLength(1);
  await store.close();

  // A table of the second version is strange in a file of the first.
  const changed = new Database(file);
  changed.exec('CREATE TABLE purges (id TEXT)');
  changed.close();
  expect(() =>
    readCaseFile({ file, name: 'case.db', target: join(folder, 'other.db'), progress: () => undefined }),
  ).toThrow('"purges" is not what');
});
