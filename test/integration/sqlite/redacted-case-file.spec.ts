import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pseudonymsOf } from '../../../src-main/adapters/files/redaction-key.ts';
import { writeCaseFile } from '../../../src-main/adapters/sqlite/case-file/write-case-file.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { openDemoCollection, type DemoCollection } from '../../support/collect-demo.ts';

/*
 * A stranger reads a redacted case file with every tool there is: rows, full-text index, bytes. What must not be found
 * is taken from the whole history, attribute by attribute, and not from what the redaction knows.
 */

const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-redacted-'));
const file = join(folder, 'redacted.db');
const redaction = pseudonymsOf(Buffer.alloc(32, 3));
const former = 'Wilhelmine Achterberg-Quandt';
let tenant: DemoTenant;
let collection: DemoCollection;
let words: Set<string>;
let texts: { place: string; text: string }[];

const dayMs = 86_400_000;
/** Attributes by which nobody is told apart; everything else that is kept of a person identifies. */
const telling = /^(?:accountEnabled|active|country|department|employeeType|jobTitle|usageLocation|userType)$/u;

interface Version {
  list: number;
  json: string;
}
type Item = Record<string, unknown> & { attributes?: Record<string, unknown> };

const open = (): Database.Database => new Database(collection.databaseFile);

/** Sentences that hold what only attributes know, in every place of a history that takes text from outside. */
const writeProse = (database: Database.Database): void => {
  const people = database
    .prepare<[], Version & { id: string }>(
      `SELECT o.id, o.list, c.json FROM current_versions c JOIN objects o ON o.key = c.object_key WHERE o.list = 1`,
    )
    .all()
    .map(({ json }) => JSON.parse(json) as Item);
  const key = database.prepare('SELECT min(key) FROM objects WHERE list = 1').pluck().get();
  const closed = { ...people[0], displayName: former, attributes: { surname: 'Oldenkott' } };
  database
    .prepare('INSERT INTO closed_versions (object_key, valid_from, valid_to, json) VALUES (?, 0, 1, ?)')
    .run(key, JSON.stringify(closed));
  const rows = database.prepare('SELECT seq FROM log_rows ORDER BY seq').pluck().all() as number[];
  const reason = database.prepare('UPDATE log_rows SET reason = ? WHERE seq = ?');
  const body = database.prepare(
    `UPDATE log_bodies SET raw = json_set(raw, '$.provisioningSteps[0].description', ?, '$.note', ?) WHERE seq = ?`,
  );
  const group = String(
    database
      .prepare(
        `SELECT json ->> '$.displayName' FROM current_versions c JOIN objects o
    ON o.key = c.object_key WHERE o.list = 3 AND json ->> '$.displayName' LIKE '% %' LIMIT 1`,
      )
      .pluck()
      .get(),
  );
  const host = new URL(tenant.scimBaseUrl).host;
  for (const [index, { attributes = {}, ...person }] of people.entries()) {
    const { surname, givenName, employeeId } = attributes as Record<string, string>;
    const domain = String(person['userPrincipalName']).split('@')[1] ?? '';
    const sentences = [
      `Renamed: was ${former} and Oldenkott, is ${surname}; ask ${givenName} (${employeeId}) of ${group.replace(' ', '  ')}.`,
      `No ${String(surname).toUpperCase()} at ${domain}, https://scim.${domain}/v2 or http://${host}/scim, tenant ${tenant.ids.tenantId}.`,
      `${String(surname).normalize('NFD')} of sso.${domain}: job customappsso.${tenant.ids.tenantId.replaceAll('-', '')}.1`,
    ];
    reason.run(sentences[index % 3], rows[index]);
    body.run(sentences[(index + 1) % 3], sentences[(index + 2) % 3], rows[index]);
  }
  const told = `${String(people[1]?.attributes?.['surname'])} of contoso production was ${former}, ${tenant.ids.tenantId}`;
  database
    .prepare(
      `UPDATE audit_events SET properties = json_array(json_object('name', 'x', 'newValue', ?))
    WHERE id = (SELECT min(id) FROM audit_events)`,
    )
    .run(told);
  database
    .prepare(
      `INSERT INTO issue_mutes (issue_key, muted_at, muted_by, note, affected, rows_per_week)
    SELECT issue_key, '2026-11-20T12:00:00Z', ?, ?, 1, 1 FROM issues LIMIT 1`,
    )
    .run(former, told);
  database
    .prepare(
      `UPDATE run_sources SET failure = json_object('code', 'graph-rejected', 'message', ?, 'advice', ?)
    WHERE run_id = 1 AND source = 'users'`,
    )
    .run(told, told);
  database
    .prepare(`INSERT INTO log_imports (id, at, files, format) VALUES (1, '2026-11-20T12:00:00Z', ?, 'portal-json')`)
    .run(JSON.stringify([`/home/achterberg/Downloads/${String(people[2]?.attributes?.['surname'])}.json`]));
};

/** Everything of the history by which a person, a group or the tenant could be recognised, lower case. */
const secretsOf = (database: Database.Database): Set<string> => {
  const found = new Set<string>();
  const add = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(add);
    else if (typeof value === 'string' && value.trim().length > 1) found.add(value.trim().toLowerCase());
  };
  const versions = database.prepare<[], Version>(`SELECT o.list, v.json FROM objects o JOIN (
    SELECT object_key, json FROM current_versions UNION ALL SELECT object_key, json FROM closed_versions
  ) v ON v.object_key = o.key WHERE o.list IN (1, 2, 3, 6, 7)`);
  for (const { list, json } of versions.iterate()) {
    const { id, displayName, userPrincipalName, mail, userName, externalId, attributes } = JSON.parse(json) as Item;
    for (const value of [id, displayName, userPrincipalName, mail, userName, externalId]) add(value);
    for (const [name, value] of Object.entries(attributes ?? {})) if (!telling.test(name)) add(value);
    // A group is a whole: its single words are words of every sentence.
    if (list === 3 || list === 7) continue;
    if (typeof displayName === 'string') displayName.split(/[\s,]+/u).forEach(add);
    for (const address of [userPrincipalName, mail, userName]) {
      if (typeof address === 'string' && address.includes('@')) add(address.slice(address.lastIndexOf('@') + 1));
    }
  }
  const rows = database.prepare<[], Record<string, string | null>>(
    'SELECT DISTINCT source_id, source_name, source_upn, target_id, target_name FROM log_rows',
  );
  for (const row of rows.iterate()) Object.values(row).forEach(add);
  for (const actor of database
    .prepare(`SELECT DISTINCT initiated_by FROM audit_events WHERE initiated_by LIKE '%@%'`)
    .pluck()
    .all()) {
    add(actor);
  }
  const { tenantId, clientId, servicePrincipalId, jobId } = tenant.ids;
  for (const id of [tenantId, tenantId.replaceAll('-', ''), clientId, servicePrincipalId, jobId]) add(id);
  for (const url of [tenant.scimBaseUrl, tenant.graph, tenant.authority]) add(new URL(url).host);
  for (const text of ['contoso production', former, 'achterberg']) add(text);
  // Words of the service for everybody's accounts, and of every sentence.
  for (const word of ['user', 'group', 'unifi']) found.delete(word);
  return found;
};

const textsOf = (database: Database.Database): typeof texts => {
  const tables = database
    .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all() as string[];
  const found: typeof texts = [];
  for (const table of tables) {
    for (const row of database.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).iterate()) {
      for (const [column, value] of Object.entries(row)) {
        if (typeof value === 'string') found.push({ place: `${table}.${column}`, text: value.toLowerCase() });
      }
    }
  }
  for (const index of ['log_search', 'person_search']) {
    database.exec(`CREATE VIRTUAL TABLE temp.${index}_words USING fts5vocab('main', '${index}', 'row')`);
    const terms = database.prepare(`SELECT term FROM temp.${index}_words`).pluck().all() as string[];
    found.push({ place: index, text: terms.join('\n') });
  }
  return found;
};

/** As a word of its own, in the spelling that it was asked for. */
const standsIn = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const isWhole = (next: string | undefined): boolean => next === undefined || !/[\p{L}\p{N}\p{M}]/u.test(next);
    if (isWhole(text[at - 1]) && isWhole(text[at + word.length])) return true;
  }
  return false;
};

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 80, days: 8, seed: 7, now: '2026-11-20T12:00:00Z', throttling: false });
  collection = await openDemoCollection({ tenant });
  for (const _ of [1, 2, 3]) {
    await collection.collect();
    await collection.crossCheck();
    await tenant.advanceTo(tenant.nowMs + dayMs);
  }
  const database = open();
  writeProse(database);
  words = secretsOf(database);
  database.close();
  const { tenantId, jobId } = tenant.ids;
  writeCaseFile({
    source: collection.databaseFile,
    target: file,
    scope: { what: 'all' },
    redaction,
    about: { version: '0.1.0', connection: 'Contoso production', tenantId, jobId, writtenAt: '2026-11-20T12:00:00Z' },
    progress: () => undefined,
  });
  const written = new Database(file);
  texts = textsOf(written);
  written.close();
}, 120_000);
afterAll(async () => {
  await collection.close();
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a redacted case file of a whole history', () => {
  test('is judged by enough words, which do stand in the history', () => {
    expect(words.size).toBeGreaterThan(500);
    const database = open();
    const before = textsOf(database);
    database.close();
    const missing = [...words].filter((word) => !before.some(({ text }) => text.includes(word)));
    // Not of the history but of the connection: the addresses that it reaches, and its client.
    expect(missing.length).toBeLessThan(6);
    expect(texts.length).toBeGreaterThan(before.length / 2);
  });

  test('holds no name, address, id or number of anybody in a row or in the full-text index', () => {
    const all = texts.map(({ text }) => text).join('\n');
    const composed = all.normalize('NFC');
    const found = [...words].flatMap((word) => {
      if (!standsIn(all, word) && !standsIn(composed, word)) return [];
      const where = texts.find(({ text }) => standsIn(text, word) || standsIn(text.normalize('NFC'), word));
      return where ? [`${word} in ${where.place}: ${where.text.slice(0, 200)}`] : [];
    });
    expect(found).toEqual([]);
  });

  test('holds none of them in its bytes', () => {
    const bytes = readFileSync(file).toString('utf8').toLowerCase();
    // Shorter ones come about by chance where numbers are stored.
    expect([...words].filter((word) => word.length > 4 && standsIn(bytes, word))).toEqual([]);
  });
});
