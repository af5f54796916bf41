import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogFilter } from '../../src-main/contract/models/provisioning-event.ts';
import type { IssuePage } from '../../src-main/contract/models/issue.ts';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { getIssue, listIssues } from '../../src-main/services/issues/read-issues.ts';
import type { HistoryStore } from '../../src-main/services/ports.ts';
import { cycleId, logRecordOf, rowTimeMs, somePerson, type LogShape } from './support/log-rows.ts';
import { median, note, p95, printFigures, round, scale, timed, type Figure } from './support/measure.ts';

/*
 * The filters of docs/filters.md on a million stored log rows: first page, deep page by cursor, jumps, counts.
 * BENCH_LOG_FILE keeps the database for another run.
 */

const shape: LogShape = {
  rows: Math.round(1_000_000 * scale),
  days: 45,
  people: 20_000,
  endMs: Date.parse('2026-11-23T00:00:00Z'),
};
const kept = process.env['BENCH_LOG_FILE'];
const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-bench-'));
const file = kept ?? join(folder, 'history.sqlite');
const isNew = !existsSync(file);
const store = openSqliteHistory({ file });

const fill = async (): Promise<void> => {
  const batch = 1000;
  for (let start = 0; start < shape.rows; start += batch) {
    const rows = Array.from({ length: Math.min(batch, shape.rows - start) }, (_, index) =>
      logRecordOf(shape, start + index),
    );
    await store.log.save(rows);
    if (start % 100_000 === 0) note(`${start} rows stored`);
  }
};

const at = (part: number): string => new Date(rowTimeMs(shape, Math.floor(shape.rows * part))).toISOString();
const week = { from: at(0.5), to: at(0.7) };
const odd = { from: at(0.31).replace(':00.000Z', ':17.250Z'), to: at(0.52).replace(':00.000Z', ':43.500Z') };

const someIssue = (code: string): string => {
  for (let row = 0; ; row += 1) {
    const { errorCode, issueKey } = logRecordOf(shape, row);
    if (errorCode === code && issueKey !== null) return issueKey;
  }
};
const rareIssue = someIssue('TimeOut');

/** What the window offers: every filter alone, and its pairs. docs/filters.md. */
const offered: Record<string, LogFilter> = {
  everything: {},
  'time range': week,
  'time range inside hours': odd,
  status: { status: ['failure'] },
  'two statuses': { status: ['failure', 'warning'] },
  action: { action: ['delete'] },
  person: { entraId: somePerson(shape, 5) },
  cycle: { cycleId: cycleId(rowTimeMs(shape, Math.floor(shape.rows / 2))) },
  'error code': { errorCode: ['TimeOut'] },
  issue: { issue: rareIssue },
  'frequent issue': { issue: someIssue('EntryConflict') },
  benign: { benign: false },
  'text: name': { text: 'quill' },
  'text: person': { text: 'user4711@demo.example' },
  'text: id': { text: somePerson(shape, 9) },
  'text: error': { text: 'required attribute' },
  'time range + status': { ...week, status: ['failure'] },
  'time range + action': { ...week, action: ['delete'] },
  'time range + person': { ...week, entraId: somePerson(shape, 5) },
  'time range + error code': { ...week, errorCode: ['TimeOut'] },
  'time range + issue': { ...week, issue: rareIssue },
  'time range + cycle': { ...week, cycleId: cycleId(rowTimeMs(shape, Math.floor(shape.rows / 2))) },
  'time range + benign': { ...odd, benign: false },
  'time range + text': { ...week, text: 'quill' },
  'status + action': { status: ['failure'], action: ['delete'] },
  'status + benign': { status: ['skipped'], benign: false },
  'status + person': { status: ['failure'], entraId: somePerson(shape, 5) },
  'status + cycle': { status: ['failure'], cycleId: cycleId(rowTimeMs(shape, Math.floor(shape.rows / 2))) },
  'status + error code': { status: ['warning'], errorCode: ['TimeOut'] },
  'status + issue': { status: ['warning'], issue: rareIssue },
  'status + text': { status: ['failure'], text: 'quill' },
  'action + error code': { action: ['delete'], errorCode: ['SchemaInvalid'] },
  'action + text': { action: ['delete'], text: 'quill' },
  'action + benign': { action: ['delete'], benign: false },
  'action + person': { action: ['delete'], entraId: somePerson(shape, 5) },
  'action + cycle': { action: ['delete'], cycleId: cycleId(rowTimeMs(shape, Math.floor(shape.rows / 2))) },
  'person + text': { entraId: somePerson(shape, 5), text: 'quill' },
  'issue + text': { issue: rareIssue, text: 'quill' },
  'cycle + text': { cycleId: cycleId(rowTimeMs(shape, Math.floor(shape.rows / 2))), text: 'quill' },
  'error code + text': { errorCode: ['TimeOut'], text: 'quill' },
};

/** Everything else may take 2 s. */
const others: Record<string, LogFilter> = {
  'six at once': {
    ...odd,
    status: ['failure', 'skipped', 'warning'],
    action: ['update', 'delete'],
    benign: false,
    text: 'quill',
    errorCode: ['TimeOut', 'SchemaInvalid'],
  },
  'a word of every row, with a cycle': { text: 'demo.example', cycleId: cycleId(rowTimeMs(shape, 100)) },
  'nothing fits': { status: ['success'], errorCode: ['TimeOut'], text: 'quill' },
};

const limit = 100;

const measureFirst = async (filter: LogFilter): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) times.push((await timed(() => store.log.page(filter, { limit }))).ms);
  return p95(times);
};

const measureJumps = async (filter: LogFilter, total: number): Promise<number> => {
  const times: number[] = [];
  for (const part of [0.01, 0.2, 0.37, 0.5, 0.61, 0.77, 0.9, 0.999]) {
    const offset = Math.floor(total * part);
    times.push((await timed(() => store.log.page(filter, { limit, offset }))).ms);
  }
  return Math.max(...times);
};

const measureFacets = async (history: HistoryStore, filter: LogFilter): Promise<number> =>
  (
    await timed(() =>
      history.log.facets(filter, ['status', 'action', 'errorCode', 'benign'], { signal: new AbortController().signal }),
    )
  ).ms;

/** Failures grouped as issues: counted after each collection, so that the window only reads a few lines. */
const measureIssues = async (): Promise<void> => {
  const place = { store, clock: { now: () => new Date(shape.endMs) }, jobId: null };
  const list = (): Promise<IssuePage> => listIssues({ ...place, filter: {}, page: { limit, withTotal: true } });
  add('issues: first count', (await timed(() => store.issues.count())).ms, 5000);
  add('issues: count when nothing is new', (await timed(() => store.issues.count())).ms, 1000);
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) times.push((await timed(list)).ms);
  add('issues: list', p95(times), 100);
  const [first] = (await list()).rows;
  add('issues: one', (await timed(() => getIssue({ ...place, id: first?.id ?? '' }))).ms, 100);
};

const figures: Figure[] = [];
const add = (name: string, value: number, limitMs: number): void => {
  figures.push({ name, value: round(value), unit: 'ms', target: `< ${limitMs} ms`, met: value < limitMs });
  note(`${value < limitMs ? 'ok  ' : 'SLOW'} ${name}: ${round(value)} ms`);
};

try {
  if (isNew) note(`filled in ${Math.round((await timed(fill)).ms / 1000)} s`);
  for (const [name, filter] of Object.entries(offered)) {
    add(`first page, ${name}`, await measureFirst(filter), 50);
    const counted = await timed(() => store.log.page(filter, { limit: 1, withTotal: true }));
    add(`count, ${name} (${counted.value.total} rows)`, counted.ms, 2000);
    add(`jump, ${name}`, await measureJumps(filter, counted.value.total ?? 0), 100);
    add(`facets, ${name}`, await measureFacets(store, filter), 2000);
  }
  for (const [name, filter] of Object.entries(others)) {
    add(`first page, ${name}`, await measureFirst(filter), 2000);
    add(`facets, ${name}`, await measureFacets(store, filter), 2000);
  }
  await measureIssues();
  const pages = Math.min(10_000, Math.floor(shape.rows / limit));
  let cursor: string | null = null;
  for (let page = 1; page < pages; page += 1) {
    cursor = (await store.log.page({}, { limit, ...(cursor === null ? {} : { cursor }) })).nextCursor;
  }
  const first: number[] = [];
  const last: number[] = [];
  const deep = { limit, ...(cursor === null ? {} : { cursor }) };
  // By turns, so that whatever else the machine does concerns both alike.
  for (let round = 0; round < 200; round += 1) {
    first.push((await timed(() => store.log.page({}, { limit }))).ms);
    last.push((await timed(() => store.log.page({}, deep))).ms);
  }
  const ratio = median(last) / median(first);
  figures.push({
    name: `page ${pages} by cursor against page 1`,
    value: round(ratio),
    unit: 'times',
    target: '<= 1.5',
    met: ratio <= 1.5,
  });
  note(`page ${pages} by cursor: ${round(ratio)} times page 1`);
} finally {
  await store.close();
  await rm(folder, { recursive: true, force: true });
}
printFigures('log-queries', figures);
