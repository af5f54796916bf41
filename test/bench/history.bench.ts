import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { DiffSection, DiffSummary } from '../../src-main/contract/models/history-diff.ts';
import { diffStates } from '../../src-main/services/history/diff-states.ts';
import type { HistoryReads, HistoryStore } from '../../src-main/services/ports.ts';
import { createCompany } from './support/cross-check-rows.ts';
import { fillHistory } from './support/fill-history.ts';
import { diffInDuckDb, writeStateCsv } from './support/history-duckdb.ts';
import { evaluate, growByOneDay, runTime, startGrowth } from './support/history-runs.ts';
import { median, note, p95, printFigures, round, scale, timed } from './support/measure.ts';

/*
 * A year of daily runs with 0.5 % of users, and as many accounts, changing a day: how the file grows, how quickly any
 * date is read, and how quickly two runs are compared; the comparison beside DuckDB, which loads both states from CSV
 * files and joins them.
 */

const people = Math.round(100_000 * scale);
const groups = Math.max(10, Math.round(2000 * scale));
const runs = Math.max(10, Number(process.env['BENCH_RUNS'] ?? '365'));
const share = 0.005;
const place = mkdtempSync(join(tmpdir(), 'history-bench-'));
const file = join(place, 'history.sqlite');
const clock = { now: (): Date => new Date(runTime(runs + 1)) };

/** Bytes of a copy without its full text, vacuumed. */
const sizeWithoutText = (source: string): number => {
  const copy = join(place, 'copy.sqlite');
  copyFileSync(source, copy);
  const database = new Database(copy);
  for (const table of ['person_search', 'log_search']) database.exec(`DROP TABLE ${table}`);
  database.exec('VACUUM');
  database.pragma('journal_mode = DELETE');
  database.close();
  const { size } = statSync(copy);
  rmSync(copy);
  return size;
};

const readWhole = async (store: HistoryReads): Promise<number> => {
  let read = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.people.page>> = await store.people.page(
      {},
      { limit: 1000, ...(cursor === null ? {} : { cursor }) },
    );
    read += page.rows.length;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return read;
};

const compare = (store: HistoryStore, from: number, to: number): Promise<DiffSummary> =>
  diffStates(store, {
    clock,
    jobId: null,
    from: String(from),
    to: String(to),
    signal: new AbortController().signal,
  });

const names: Record<string, DiffSection> = {
  users: 'people',
  accounts: 'accounts',
  groups: 'groups',
  members: 'group-members',
  target_members: 'target-group-members',
};

const isSame = (summary: DiffSummary, theirs: Record<string, Record<string, number>>): boolean =>
  Object.entries(names).every(([list, section]) => {
    const ours = Object.entries(summary.counts.find((entry) => entry.section === section)?.kinds ?? {});
    const other = Object.entries(theirs[list] ?? {});
    return JSON.stringify(ours.sort()) === JSON.stringify(other.sort());
  });

try {
  const company = createCompany(people, groups);
  let store = openSqliteHistory({ file });
  const first = await fillHistory(store, company);
  const growing = startGrowth(company);
  await evaluate(store, first, growing, 0);
  await store.close();
  const fullBytes = sizeWithoutText(file);
  store = openSqliteHistory({ file });
  for (let day = 1; day < runs; day += 1) {
    await growByOneDay(store, growing, day, share);
    if (day % 50 === 0) note(`${day} runs stored`);
  }
  await store.close();
  const grownBytes = sizeWithoutText(file);
  const growth = grownBytes / fullBytes;

  store = openSqliteHistory({ file });
  const pages: number[] = [];
  for (let round_ = 0; round_ < 60; round_ += 1) {
    // Dates all over the year, hardly ever the same twice running: each is opened anew.
    const run = ((round_ * 97) % runs) + 1;
    const offset = (round_ * 1009) % Math.max(1, people - 200);
    pages.push((await timed(() => store.at(String(run)).people.page({}, { limit: 100, offset }))).ms);
  }
  const wholes: number[] = [];
  for (const part of [0, 0.3, 0.6, 0.95]) {
    const run = String(Math.floor((runs - 1) * part) + 1);
    wholes.push((await timed(() => readWhole(store.at(run)))).ms);
  }
  note(`pages ${Math.round(p95(pages))} ms, whole ${wholes.map(Math.round).join(', ')} ms`);

  const diffs: number[] = [];
  const pairs = [0, 0.2, 0.5, 0.8, 0.99].map((part): [number, number] => [Math.floor((runs - 2) * part) + 1, runs]);
  for (const [from, to] of pairs) diffs.push((await timed(() => compare(store, from, to))).ms);
  const theirs: number[] = [];
  const ours: number[] = [];
  let same = true;
  await writeStateCsv(place, 'a', store.at('1'));
  await writeStateCsv(place, 'b', store.at(String(runs)));
  await store.close();
  for (let round_ = 0; round_ < 3; round_ += 1) {
    // Opened anew each time: what the comparison before kept would help it.
    const fresh = openSqliteHistory({ file, readOnly: true });
    const compared = await timed(() => compare(fresh, 1, runs));
    await fresh.close();
    const peer = await diffInDuckDb(place);
    ours.push(compared.ms);
    theirs.push(peer.ms);
    same &&= isSame(compared.value, peer.counts);
    note(`ours ${Math.round(compared.ms)} ms, DuckDB ${Math.round(peer.ms)} ms`);
  }
  const ratio = median(ours) / median(theirs);
  printFigures('history', [
    { name: 'people', value: people, unit: 'people' },
    { name: 'runs', value: runs, unit: 'runs' },
    { name: 'one full snapshot', value: round(fullBytes / 1e6), unit: 'MB' },
    { name: 'all runs', value: round(grownBytes / 1e6), unit: 'MB' },
    { name: 'all runs to one snapshot', value: round(growth), unit: 'times', target: '< 3', met: growth < 3 },
    {
      name: 'page of 100 on any date, opening included, p95',
      value: round(p95(pages)),
      unit: 'ms',
      target: '< 300',
      met: p95(pages) < 300,
    },
    {
      name: 'everybody on any date, slowest',
      value: round(Math.max(...wholes)),
      unit: 'ms',
      target: '< 2000',
      met: Math.max(...wholes) < 2000,
    },
    {
      name: 'difference of any two runs, slowest',
      value: round(Math.max(...diffs)),
      unit: 'ms',
      target: '< 1000',
      met: Math.max(...diffs) < 1000,
    },
    { name: 'difference of the first and the last run', value: round(median(ours)), unit: 'ms' },
    { name: 'DuckDB, loading included', value: round(median(theirs)), unit: 'ms' },
    { name: 'ratio to DuckDB', value: round(ratio), unit: 'times', target: '<= 2', met: ratio <= 2 },
    { name: 'same counts as DuckDB', value: same ? 1 : 0, unit: 'yes', target: '1', met: same },
  ]);
} finally {
  rmSync(place, { recursive: true, force: true });
}
