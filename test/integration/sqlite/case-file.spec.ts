import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pseudonymsOf } from '../../../src-main/adapters/files/redaction-key.ts';
import { caseTables, madeAgain } from '../../../src-main/adapters/sqlite/case-file/case-tables.ts';
import { readCaseFile } from '../../../src-main/adapters/sqlite/case-file/read-case-file.ts';
import { writeCaseFile } from '../../../src-main/adapters/sqlite/case-file/write-case-file.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { CaseManifest, CaseScope } from '../../../src-main/contract/models/case-file.ts';
import type { Person } from '../../../src-main/contract/models/person.ts';
import { AppError } from '../../../src-main/core/app-error.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { investigate } from '../../../src-main/services/investigate.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { openDemoCollection, type DemoCollection } from '../../support/collect-demo.ts';
import { failureOf } from '../../support/failure-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-case-'));
const redaction = pseudonymsOf(Buffer.alloc(32, 3));
const quiet = (): undefined => undefined;
let tenant: DemoTenant;
let collection: DemoCollection;
let people: Person[];
let made = 0;

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 60, days: 6, seed: 7, now: '2026-11-20T12:00:00Z', throttling: false });
  collection = await openDemoCollection({ tenant });
  await collection.collect();
  await collection.crossCheck();
  people = (await collection.store.people.page({}, { limit: 1_000 })).rows;
}, 60_000);
afterAll(async () => {
  await collection.close();
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

const place = (): string => join(folder, `case-${(made += 1)}.db`);

const write = (
  scope: CaseScope,
  options: { redact?: boolean; jobId?: string } = {},
): { file: string; manifest: CaseManifest } => {
  const file = place();
  const manifest = writeCaseFile({
    source: collection.databaseFile,
    target: file,
    scope,
    redaction: options.redact ? redaction : null,
    about: {
      version: '0.1.0',
      connection: 'contoso',
      tenantId: 't-1',
      jobId: options.jobId ?? null,
      writtenAt: '2026-11-20T12:00:00Z',
    },
    progress: quiet,
  });
  return { file, manifest };
};
const read = (file: string): { history: string; manifest: CaseManifest } => {
  const history = place();
  return { history, manifest: readCaseFile({ file, name: file, target: history, progress: quiet }) };
};
const rowsOf = (file: string, sql: string): unknown[] => {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(sql).raw().all();
  } finally {
    database.close();
  }
};
let whole: string | undefined;
const copyOfWhole = (): string => {
  whole ??= write({ what: 'all' }).file;
  const copy = place();
  copyFileSync(whole, copy);
  return copy;
};
/** Changes a case file as somebody else could, and gives why it is refused. */
const refusalAfter = async (change: (database: Database.Database) => void): Promise<string> => {
  const file = copyOfWhole();
  const database = new Database(file);
  database.unsafeMode(true);
  change(database);
  database.close();
  const failure = await failureOf(Promise.resolve().then(() => read(file)));
  expect(failure).toMatchObject({ code: 'store-damaged', file });
  return failure.message;
};

test('every table of a history is taken over, or is known to be made again', () => {
  const tables = rowsOf(
    collection.databaseFile,
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'`,
  );
  expect([...caseTables.map(({ name }) => name), ...madeAgain].toSorted()).toEqual(tables.flat().toSorted());
  for (const { name, columns } of caseTables) {
    const stored = rowsOf(collection.databaseFile, `SELECT name FROM pragma_table_info('${name}')`).flat();
    expect(Object.keys(columns), name).toEqual(stored);
  }
});

describe('a case file of everything', () => {
  test('holds every row, and opens as the same history', async () => {
    const { file, manifest } = write({ what: 'all' });
    const { history, manifest: said } = read(file);
    expect(said).toEqual(manifest);
    for (const { name, order, columns } of caseTables) {
      const sql = `SELECT ${Object.keys(columns).join(', ')} FROM ${name} ORDER BY ${order}`;
      expect(rowsOf(history, sql), name).toEqual(rowsOf(collection.databaseFile, sql));
    }
    const store = openSqliteHistory({ file: history, readOnly: true });
    try {
      expect((await store.people.page({}, { limit: 1_000 })).rows).toEqual(people);
      expect(await store.counts()).toEqual(await collection.store.counts());
      const [someone] = people.filter((person) => person.entra?.userPrincipalName);
      const text = someone?.entra?.userPrincipalName ?? '';
      for (const list of ['people', 'log'] as const) {
        const page = { limit: 50, withTotal: true };
        const found = await store[list].page({ text }, page);
        const wanted = await collection.store[list].page({ text }, page);
        expect([list, found.total]).toEqual([list, wanted.total]);
      }
    } finally {
      await store.close();
    }
  });

  test('holds no links of Graph', () => {
    expect(rowsOf(collection.databaseFile, 'SELECT * FROM delta_links')).not.toEqual([]);
    const { file } = write({ what: 'all' });
    expect(rowsOf(file, 'SELECT * FROM delta_links')).toEqual([]);
    expect(rowsOf(file, `SELECT open_windows FROM log_positions`)).toEqual([['[]']]);
    expect(readFileSync(file).includes('deltatoken')).toBe(false);
  });
});

describe('a redacted case file', () => {
  test('holds nothing by which anybody could be recognised, in no byte', () => {
    const { file, manifest } = write({ what: 'all' }, { redact: true });
    expect(manifest).toMatchObject({ redacted: true, redactionKeyId: redaction.id });
    const bytes = readFileSync(file).toString('utf8').toLowerCase();
    const telling = people.flatMap(({ name, entra, scim }) => [
      name,
      entra?.id,
      entra?.userPrincipalName,
      entra?.mail,
      scim?.userName,
      scim?.externalId,
    ]);
    const found = telling.filter((text) => text && text.length > 3 && bytes.includes(text.toLowerCase()));
    expect(found).toEqual([]);
    const surnames = people.flatMap(({ name }) => name.split(' ').slice(-1)).filter((name) => name.length > 5);
    // The words of the program itself may hold a syllable of a name; a whole word of a sentence may not.
    expect(surnames.filter((name) => new RegExp(`[^a-z]${name.toLowerCase()}[^a-z]`, 'u').test(bytes))).toEqual([]);
  });

  test('still tells the same story: the same findings, states and joins under other names', async () => {
    const { history } = read(write({ what: 'all' }, { redact: true }).file);
    const store = openSqliteHistory({ file: history, readOnly: true });
    try {
      const { rows } = await store.people.page({}, { limit: 1_000 });
      const told = (person: Person): string =>
        JSON.stringify([person.joinedBy, person.state, person.findings.map(({ kind }) => kind).toSorted()]);
      expect(rows.map(told).toSorted()).toEqual(people.map(told).toSorted());
      for (const person of rows) expect(person.name).toMatch(/^(?:name|address|id)-[0-9a-z]{10}$/u);
      // A filter of the set-up still compares with what the people have.
      const departments = rowsOf(
        history,
        `SELECT DISTINCT json ->> '$.attributes.department' FROM current_versions
          WHERE json ->> '$.attributes.department' IS NOT NULL`,
      ).flat();
      const schema = String(rowsOf(history, `SELECT json FROM documents WHERE name = 'schema'`).flat()[0]);
      expect(departments.filter((department) => schema.includes(String(department))).length).toBeGreaterThan(2);
      const [finding] = (await store.findings.page({ state: ['open'] }, { limit: 1 })).rows;
      const id = finding?.subject.entraId ?? finding?.subject.scimId ?? '';
      expect(rows.some(({ entra, scim }) => entra?.id === id || scim?.id === id)).toBe(true);
      const log = await store.log.page({ entraId: rows.find(({ entra }) => entra)?.entra?.id ?? '' }, { limit: 5 });
      expect(log.rows.length).toBeGreaterThan(0);
    } finally {
      await store.close();
    }
  });
});

test('a redacted case file comes to the same verdicts as the original', async () => {
  const verdicts = async (store: HistoryStore, jobId: string | null, list: Person[]): Promise<string[]> => {
    const found: string[] = [];
    for (const { id } of list) {
      const { question, verdict } = await investigate({ store, clock, jobId, who: id });
      found.push(`${question} ${verdict.cause} ${verdict.certainty}`);
    }
    return found.toSorted();
  };
  const clock = { now: () => new Date('2026-11-20T12:00:00Z') };
  const { history, manifest } = read(write({ what: 'all' }, { redact: true, jobId: tenant.ids.jobId }).file);
  const store = openSqliteHistory({ file: history, readOnly: true });
  try {
    const { rows } = await store.people.page({ withFindings: true }, { limit: 100 });
    const wanted = people.filter(({ findings }) => findings.length > 0);
    expect(await verdicts(store, manifest.jobId, rows)).toEqual(
      await verdicts(collection.store, tenant.ids.jobId, wanted),
    );
  } finally {
    await store.close();
  }
});

describe('a case file of a part', () => {
  test('about one person holds that person, and nobody else', async () => {
    const person = people.find(({ entra, scim, findings }) => entra && scim && findings.length > 0);
    if (!person?.entra) throw new Error('nobody has a finding on both sides');
    const { history } = read(write({ what: 'person', id: person.id }).file);
    const store = openSqliteHistory({ file: history, readOnly: true });
    try {
      const { rows } = await store.people.page({}, { limit: 100 });
      expect(rows).toEqual([person]);
      const whole = await collection.store.log.page({ entraId: person.entra.id }, { limit: 1, withTotal: true });
      const part = await store.log.page({}, { limit: 1_000, withTotal: true });
      expect(part.total).toBe(whole.total);
      expect(new Set(part.rows.map(({ subject }) => subject.entraId))).toEqual(new Set([person.entra.id]));
    } finally {
      await store.close();
    }
    // Who changed something about the person is part of the case.
    const actors = new Set(rowsOf(history, 'SELECT initiated_by FROM audit_events').flat());
    const others = people.filter(
      ({ id, entra }) => id !== person.id && entra?.userPrincipalName && !actors.has(entra.userPrincipalName),
    );
    expect(others.length).toBeGreaterThan(people.length / 2);
    const bytes = readFileSync(history).toString('utf8');
    expect(others.filter(({ entra }) => bytes.includes(entra?.userPrincipalName ?? '-'))).toEqual([]);
  });

  test('about one finding holds the finding', async () => {
    const [finding] = (await collection.store.findings.page({ state: ['open'] }, { limit: 1 })).rows;
    const { history } = read(write({ what: 'finding', id: finding?.id ?? '' }).file);
    const ids = rowsOf(history, 'SELECT id FROM findings').flat();
    expect(ids).toContain(finding?.id);
    expect(ids.length).toBeLessThan(Number(rowsOf(collection.databaseFile, 'SELECT count(*) FROM findings').flat()[0]));
  });

  test('about a period holds the log of that period', () => {
    const period = { from: '2026-11-18T00:00:00Z', to: '2026-11-19T00:00:00Z' };
    const { history } = read(write({ what: 'period', ...period }).file);
    const count = `SELECT count(*), min(at) >= '${period.from}', max(at) < '${period.to}' FROM log_rows`;
    const stored = rowsOf(
      collection.databaseFile,
      `SELECT count(*) FROM log_rows WHERE at >= '${period.from}' AND at < '${period.to}'`,
    ).flat()[0];
    expect(stored).toBeGreaterThan(0);
    expect(rowsOf(history, count)).toEqual([[stored, 1, 1]]);
    expect(rowsOf(history, 'SELECT sum(count) FROM log_counts').flat()).toEqual([stored]);
  });

  test.each([{ what: 'person', id: 'nobody' } as const, { what: 'finding', id: 'none' } as const])(
    'about what is not stored is refused: %j',
    async (scope) => {
      expect(await failureOf(Promise.resolve().then(() => write(scope)))).toMatchObject({ code: 'input-invalid' });
    },
  );
});

describe('a case file is hostile until it proves otherwise', () => {
  test.each([
    ['a trigger', 'CREATE TRIGGER evil AFTER INSERT ON runs BEGIN DELETE FROM runs; END', '"evil"'],
    [
      'a view in place of a table',
      'DROP TABLE log_gaps; CREATE VIEW log_gaps AS SELECT 1 AS from_at, 2 AS to_at',
      'log_gaps',
    ],
    ['another column', 'ALTER TABLE log_gaps ADD COLUMN more TEXT', 'log_gaps'],
    ['a table more', 'CREATE TABLE more (x)', '"more"'],
    ['a table less', 'DROP TABLE issue_mutes', 'issue_mutes'],
    ['an index less', 'DROP INDEX run_sources_by_run', 'run_sources_by_run'],
    [
      'a changed row',
      `UPDATE log_rows SET at = '2020-01-01T00:00:00Z' WHERE seq = (SELECT min(seq) FROM log_rows)`,
      'log_rows',
    ],
    ['a row less', 'DELETE FROM run_sources WHERE source = (SELECT min(source) FROM run_sources)', 'run_sources'],
    [
      'a changed manifest',
      `UPDATE case_manifest SET json = replace(json, 'contoso', 'fabrikam')`,
      'says about itself was changed',
    ],
    [
      'a job that no connection could have',
      `UPDATE case_manifest SET json = json_set(json, '$.jobId', 'a b')`,
      'says about itself cannot be read',
    ],
    ['a manifest that is none', `UPDATE case_manifest SET json = '{}'`, 'says about itself cannot be read'],
    ['an older version', 'PRAGMA user_version = 0', 'older version'],
    ['write-ahead mode', 'PRAGMA journal_mode = WAL', 'no finished case file'],
  ])('%s is named', async (_, sql, told) => {
    expect(await refusalAfter((database) => database.exec(sql))).toContain(told);
  });

  test('a schema that was edited as text is named', async () => {
    const told = await refusalAfter((database) => {
      database.pragma('writable_schema = ON');
      database.exec(
        `UPDATE sqlite_schema SET sql = replace(sql, 'to_at TEXT NOT NULL', 'to_at TEXT DEFAULT (load_extension(1))') WHERE name = 'log_gaps'`,
      );
    });
    expect(told).toContain('log_gaps');
  });

  test('a file of a newer version, no database, an empty file and half a file are named', async () => {
    const file = copyOfWhole();
    const newer = copyOfWhole();
    const database = new Database(newer);
    database.pragma('user_version = 99');
    database.close();
    expect(await failureOf(Promise.resolve().then(() => read(newer)))).toMatchObject({ code: 'store-newer' });
    const bytes = readFileSync(file);
    for (const content of [
      'no database at all, but a text that is longer than the header of one '.repeat(3),
      '',
      bytes.subarray(0, bytes.length / 2),
    ]) {
      const broken = place();
      writeFileSync(broken, content);
      const failure = await failureOf(Promise.resolve().then(() => read(broken)));
      expect(failure).toMatchObject({ code: 'store-damaged', file: broken });
    }
  });

  test('a file whose sums fit but whose documents do not is refused, not opened', async () => {
    const file = copyOfWhole();
    const database = new Database(file);
    database.exec(`UPDATE log_bodies SET raw = 'no JSON' WHERE seq = (SELECT min(seq) FROM log_bodies)`);
    database.close();
    const { sumTables } = await import('../../../src-main/adapters/sqlite/case-file/copy-history.ts');
    const { sumOfManifest } = await import('../../../src-main/adapters/sqlite/case-file/case-manifest.ts');
    const { createStatements } = await import('../../../src-main/adapters/sqlite/statements.ts');
    const again = new Database(file);
    const { sha256: _, ...manifest } = JSON.parse(
      String(again.prepare('SELECT json FROM case_manifest').pluck().get()),
    ) as CaseManifest;
    const changed = { ...manifest, tables: sumTables(createStatements(again)) };
    again
      .prepare('UPDATE case_manifest SET json = ?')
      .run(JSON.stringify({ ...changed, sha256: sumOfManifest(changed) }));
    again.close();
    const failure = await failureOf(Promise.resolve().then(() => read(file)));
    expect(failure).toMatchObject({ code: 'store-damaged', file });
  });
});

test('failures are ours', () => {
  expect(() => read(place())).toThrow(Error);
  expect(() => write({ what: 'person', id: 'nobody' })).toThrow(AppError);
});
