import Database from 'better-sqlite3';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCaseFile } from '../../../src-main/adapters/sqlite/case-file/read-case-file.ts';
import { writeCaseFile } from '../../../src-main/adapters/sqlite/case-file/write-case-file.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { CaseManifest } from '../../../src-main/contract/models/case-file.ts';
import { pseudonymsOf } from '../../../src-main/adapters/files/redaction-key.ts';
import { verifyHistory } from '../../../src-main/adapters/sqlite/care/verify-history.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import type { HistoryReads, HistoryStore, SnapshotName } from '../../../src-main/services/ports.ts';
import { onlyHeld } from '../../../src-main/hosts/case-file-connection.ts';
import { findState, readChoices } from '../../../src-main/services/history/find-state.ts';
import { failureOf } from '../../support/failure-of.ts';
import { openDemoCollection, type DemoCollection } from '../../support/collect-demo.ts';
import { RandomHistory, type CopiedRun } from '../../support/random-history.ts';
import { makeFolder } from './store-fixture.ts';

const page = { limit: 500, withTotal: true };
const quiet = (): undefined => undefined;
let made = 0;

/** Writes a period of a history and takes it over, as somebody without access would. */
const take = (
  folder: string,
  source: string,
  period: { from: string; to: string },
  redact = false,
): { history: string; manifest: CaseManifest } => {
  made += 1;
  const target = join(folder, `case-${String(made)}.db`);
  const history = join(folder, `history-${String(made)}.db`);
  writeCaseFile({
    source,
    target,
    scope: { what: 'period', ...period },
    redaction: redact ? pseudonymsOf(Buffer.alloc(32, 5)) : null,
    about: { version: '0.1.0', connection: 'c', tenantId: 't', jobId: null, writtenAt: '2026-12-01T00:00:00Z' },
    progress: quiet,
  });
  return { history, manifest: readCaseFile({ file: target, name: target, target: history, progress: quiet }) };
};

const lists = [
  'users',
  'deleted-users',
  'groups',
  'group-members',
  'assignments',
  'scim-users',
  'scim-groups',
] as const satisfies SnapshotName[];
/** Members have no order. */
const sorted = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, list: unknown) => (/Ids$/u.test(key) ? (list as string[] | null)?.toSorted() : list)),
  );

/** What a reader sees of people, findings and lists in one state. */
const ask = async (store: HistoryReads, at: string): Promise<Record<string, unknown>> => {
  const answers: Record<string, unknown> = {
    people: await store.people.page({}, page),
    found: await store.people.page({ text: 'mara' }, page),
    facets: await store.people.facets({}, ['source', 'target', 'withFindings']),
    person: await store.people.get('user-2'),
    findings: await store.findings.page({}, page),
    findingFacets: await store.findings.facets({}, ['kind', 'state', 'severity']),
    evaluation: await store.findings.evaluation(),
    // How far the logs reach is the period's own.
    freshness: (await store.runs.freshness()).map(({ from: _from, ...reading }) => reading),
    jobs: await store.snapshots.document('jobs'),
  };
  for (const name of lists) {
    const { items } = await store.snapshots.read(name, { after: null, limit: 500 });
    answers[name] = items.map(sorted);
    const closed = await store.snapshots.closedSince(name, at);
    answers[`closed ${name}`] = closed.map(sorted);
  }
  return answers;
};

describe('random histories', () => {
  test('every state of the period answers as it does in the whole history, and nobody else is in the file', async () => {
    const folder = await makeFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.record({ seed: fc.nat(), runs: fc.integer({ min: 2, max: 6 }), from: fc.nat(6), length: fc.nat(3) }),
        async ({ seed, runs, from, length }) => {
          made += 1;
          const file = join(folder, `source-${String(made)}.db`);
          const store = openSqliteHistory({ file });
          const random = new RandomHistory(store, seed);
          for (let run = 0; run < runs; run += 1) await random.run();
          const copies = random.runs;
          const first = copies[Math.min(from, copies.length - 1)] as CopiedRun;
          const last = copies[Math.min(copies.indexOf(first) + length, copies.length - 1)] as CopiedRun;
          const period = { from: first.at, to: new Date(Date.parse(last.at) + 1000).toISOString() };
          const { history, manifest } = take(folder, file, period);
          expect(manifest.states).toEqual({
            first: { run: first.id, at: first.at },
            last: { run: last.id, at: last.at },
          });
          const part = openSqliteHistory({ file: history, readOnly: true });
          const held = copies.slice(copies.indexOf(first), copies.indexOf(last) + 1);
          expect(await ask(part, first.at)).toEqual(await ask(store.at(last.id), first.at));
          for (const { id } of held) {
            expect(await ask(part.at(id), first.at)).toEqual(await ask(store.at(id), first.at));
          }
          const range = { from: first.id, to: last.id };
          const differences = async (of: HistoryStore): Promise<unknown> =>
            first === last ? [] : (await of.differences.page(range, {}, { limit: 500 })).rows;
          expect(await differences(part)).toEqual(await differences(store));
          const ids = new Set(held.flatMap((copy) => Object.values(copy.lists).flatMap((list) => [...list.keys()])));
          const database = new Database(history, { readonly: true });
          const people = database
            .prepare(`SELECT id FROM objects WHERE list IN (1, 2, 3, 6, 7)`)
            .pluck()
            .all() as string[];
          database.close();
          // Members and people may name whoever stands in no list any more.
          const named = new Set([
            ...held.flatMap((copy) => copy.findings.map(({ subject }) => subject.entraId)),
            ...held.flatMap((copy) => copy.people.flatMap(({ entraId, scimId }) => [entraId, scimId])),
            ...held.flatMap(({ lists: { 'group-members': members, 'scim-groups': groups } }) => [
              ...[...members.values()].flatMap(({ userIds, groupIds }) => [...userIds, ...groupIds]),
              ...[...groups.values()].flatMap(({ memberIds }) => memberIds ?? []),
            ]),
          ]);
          expect(people.filter((id) => !ids.has(id) && !named.has(id))).toEqual([]);
          expect(verifyHistory(history, quiet).checks.filter(({ good }) => !good)).toEqual([]);
          await part.close();
          await store.close();
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});

describe('a demo tenant of several days', () => {
  let folder: string;
  let tenant: DemoTenant;
  let collection: DemoCollection;
  const moments: string[] = [];
  const dayMs = 86_400_000;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-period-'));
    tenant = await startDemoTenant({ people: 60, days: 6, seed: 7, now: '2026-11-20T12:00:00Z', throttling: false });
    collection = await openDemoCollection({ tenant });
    for (let day = 0; day < 4; day += 1) {
      if (day > 0) await tenant.advanceTo(tenant.nowMs + dayMs);
      await collection.collect();
      await collection.crossCheck();
      moments.push(new Date(tenant.nowMs).toISOString());
    }
  }, 120_000);
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await collection.close();
    await tenant.close();
  });

  /** From the second collection to just after the third. */
  const middle = (): { from: string; to: string } => ({
    from: new Date(Date.parse(moments[1] ?? '') + 1000).toISOString(),
    to: new Date(Date.parse(moments[2] ?? '') + 3_600_000).toISOString(),
  });
  const countOf = (file: string, sql: string, ...values: unknown[]): unknown => {
    const database = new Database(file, { readonly: true });
    const found = database
      .prepare(sql)
      .pluck()
      .get(...values);
    database.close();
    return found;
  };

  test('a period holds the people and findings of its end, not those of now, and those that its beginning found', async () => {
    const { history, manifest } = take(folder, collection.databaseFile, middle());
    expect(manifest.states).toMatchObject({ first: { run: '2' }, last: { run: '3' } });
    expect(manifest.collectedAt).toBe(manifest.states?.last.at);
    const part = openSqliteHistory({ file: history, readOnly: true });
    const whole = collection.store;
    const { first, last } = manifest.states ?? { first: { run: '', at: '' }, last: { run: '', at: '' } };
    const then = await ask(whole.at('3'), first.at);
    expect(await ask(part, first.at)).toEqual(then);
    expect(await ask(part.at('2'), first.at)).toEqual(await ask(whole.at('2'), first.at));
    expect((await ask(whole, first.at))['findings']).not.toEqual(then['findings']);
    expect((await part.runs.marks()).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(Date.parse(last.at)).toBeLessThan(Date.parse(middle().to));
    await part.close();
  });

  test('a state before the period is refused, not shown in part', async () => {
    const { history, manifest } = take(folder, collection.databaseFile, middle());
    const part = onlyHeld(openSqliteHistory({ file: history, readOnly: true }), { caseFile: manifest });
    const choices = await readChoices(part.runs, { now: () => new Date('2026-12-01T00:00:00Z') });
    const at = (choice: string) => findState(part.runs, choices, { choice, field: 'asOf' });
    expect((await at('first')).run.id).toBe('2');
    expect((await at('2026-11-25')).run.id).toBe('3');
    for (const choice of ['1', moments[0] ?? '']) {
      expect(await failureOf(at(choice))).toMatchObject({ code: 'run-unknown' });
    }
    await part.close();
  });

  test('its log, audit log and issues are those of the period, and say that they reach no further', async () => {
    const period = middle();
    const { history } = take(folder, collection.databaseFile, period);
    const part = openSqliteHistory({ file: history, readOnly: true });
    const wanted = await collection.store.log.page(period, page);
    const found = await part.log.page({}, page);
    expect(found.total).toBeGreaterThan(0);
    expect([found.total, found.rows]).toEqual([wanted.total, wanted.rows]);
    expect(await part.log.position()).toMatchObject({ completeFrom: period.from });
    const until = (await part.log.position()).completeTo ?? '';
    expect(Date.parse(until)).toBeLessThanOrEqual(Date.parse(period.to));
    const audit = (await part.runs.freshness()).find(({ source }) => source === 'audit');
    expect(audit?.from).toBe(period.from);
    expect(countOf(history, 'SELECT count(*) FROM audit_events')).toBe(
      countOf(
        collection.databaseFile,
        'SELECT count(*) FROM audit_events WHERE at_ms >= ? AND at_ms < ?',
        Date.parse(period.from),
        Date.parse(period.to),
      ),
    );
    const failing = `SELECT count(*) FROM log_rows WHERE issue_key IS NOT NULL`;
    expect(countOf(history, failing)).toBeGreaterThan(0);
    expect(countOf(history, 'SELECT sum(row_count) FROM issues')).toBe(countOf(history, failing));
    await part.close();
  });

  test('a period before the first collection holds its log and no state, and says so', () => {
    const { history, manifest } = take(folder, collection.databaseFile, {
      from: '2026-11-17T00:00:00Z',
      to: '2026-11-19T00:00:00Z',
    });
    expect(manifest).toMatchObject({ states: null, collectedAt: null });
    expect(countOf(history, 'SELECT count(*) FROM log_rows')).toBeGreaterThan(0);
    for (const table of ['objects', 'people', 'findings', 'finding_states', 'current_versions', 'documents', 'runs']) {
      expect(countOf(history, `SELECT count(*) FROM ${table}`), table).toBe(0);
    }
  });

  test('whoever came after the period is in no byte of it', () => {
    const database = new Database(collection.databaseFile);
    const late = `late.comer@studio-nord.example`;
    const run = database.prepare('SELECT max(id) FROM runs').pluck().get();
    database.exec(`INSERT INTO objects (key, list, id) VALUES (99999, 1, 'late-comer-id');
      INSERT INTO person_names (person_key, sort_name) VALUES (99999, 'late comer');
      INSERT INTO current_versions (object_key, since_run, json) VALUES (99999, ${String(run)}, json_object('id', 'late-comer-id',
        'userPrincipalName', '${late}', 'displayName', 'Late Comer', 'attributes', json('{}')));
      INSERT INTO people (person_key, source_state, target_state, since_run) VALUES (99999, 'in-scope', 'absent', ${String(run)});
      INSERT INTO links (source_id, target_id, seq, at, log_id) VALUES ('late-comer-id', 'u-late', 9e15, '2026-11-23T12:00:00Z', 'x')`);
    database.close();
    const { history } = take(folder, collection.databaseFile, middle());
    const bytes = readFileSync(history).toString('utf8').toLowerCase();
    expect(['late-comer-id', late, 'late comer', 'u-late'].filter((text) => bytes.includes(text))).toEqual([]);
  });

  test('a redacted period is a period as well', async () => {
    const { history, manifest } = take(folder, collection.databaseFile, middle(), true);
    expect(manifest.states).toMatchObject({ first: { run: '2' }, last: { run: '3' } });
    const part = openSqliteHistory({ file: history, readOnly: true });
    const kinds = async (store: HistoryReads): Promise<unknown> =>
      store.findings.facets({}, ['kind', 'state', 'severity']);
    expect(await kinds(part)).toEqual(await kinds(collection.store.at('3')));
    await part.close();
  });
});
