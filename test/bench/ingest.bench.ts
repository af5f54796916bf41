import Database from 'better-sqlite3';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { searchWords } from '../../src-main/adapters/sqlite/log/search-words.ts';
import { migrate } from '../../src-main/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../src-main/adapters/sqlite/open-database.ts';
import { readLogRecord } from '../../src-main/core/log/read-log-record.ts';
import { note, printFigures, round, scale, type Figure } from './support/measure.ts';

/*
 * Ingest: the log from the demo tenant's HTTP (in a process of its own) into the store by the product's own path,
 * against plain better-sqlite3 that inserts the same ready-made rows into the same tables, sorted, in large
 * transactions: once in a file as SQLite makes it, and once in a file with the product's page size and checkpoints.
 * Peak memory is that of the ingesting process.
 */

const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-bench-'));
const figures: Figure[] = [];

/** Runs a script of `support/` in a process of its own, and gives its first message. */
const runScript = async <T>(name: string, args: string[]): Promise<{ child: ChildProcess; message: T }> => {
  const child = fork(fileURLToPath(new URL(`./support/${name}.ts`, import.meta.url)), args, {
    // The job thread of the product has a young generation of 16 MB (run-job.ts): three semi-spaces.
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=5'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${String(code)} and no word`);
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [T];
  return { child, message };
};

/** Ingests all rows in a fresh process, so that its memory is its own. */
const ingest = async (rows: number, file: string): Promise<{ ms: number; peakMb: number }> => {
  const tenant = await runScript<unknown>('log-tenant', [String(rows)]);
  try {
    const ran = await runScript<{ ms: number; peakMb: number; stored: number }>('ingest-process', [
      file,
      JSON.stringify(tenant.message),
    ]);
    ran.child.disconnect();
    if (ran.message.stored !== rows) throw new Error(`${ran.message.stored} of ${rows} rows arrived`);
    return ran.message;
  } finally {
    tenant.child.disconnect();
  }
};

type Row = unknown[];

/** The same rows into a fresh file, as fast as plain statements go; only the inserting is timed. */
const insertPlainly = (from: string, to: string, settings: readonly string[]): number => {
  const source = new Database(from, { readonly: true });
  const target = new Database(to);
  for (const setting of settings) target.pragma(setting);
  migrate(target, to);
  target.pragma('journal_mode = WAL');
  target.pragma('synchronous = NORMAL');
  target.pragma('cache_size = -32768');
  let ms = 0;
  const insertAll = (table: string, columns: string, chunk: Row[]): void => {
    const marks = columns
      .split(',')
      .map(() => '?')
      .join(', ');
    const statement = target.prepare(`INSERT INTO ${table} (${columns}) VALUES (${marks})`);
    for (const row of chunk) statement.run(...row);
  };
  const columnsOf = (table: string): string =>
    source
      .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map((column) => column.name)
      .join(', ');
  const inTime = (work: () => void): void => {
    const start = performance.now();
    target.transaction(work)();
    ms += performance.now() - start;
  };
  for (const table of ['log_classes', 'log_counts', 'links', 'scope_hints']) {
    const rows = source.prepare<[], Row>(`SELECT * FROM ${table}`).raw().all();
    inTime(() => insertAll(table, columnsOf(table), rows));
  }
  const size = 5000;
  for (let after = 0; ;) {
    const rows = source
      .prepare<[number, number], Row>('SELECT * FROM log_rows WHERE seq > ? ORDER BY seq LIMIT ?')
      .raw()
      .all(after, size);
    const last = rows.at(-1)?.[0] as number | undefined;
    if (last === undefined) break;
    const bodies = source
      .prepare<[number, number], [number, string]>('SELECT seq, raw FROM log_bodies WHERE seq > ? AND seq <= ?')
      .raw()
      .all(after, last);
    const classes = new Map(rows.map((row) => [row[0], `k${String(row[3])}`]));
    const words = bodies.map(([seq, raw]): Row => {
      const record = readLogRecord(JSON.parse(raw), raw);
      return [seq, record ? searchWords(record) : '', classes.get(seq)];
    });
    const columns = columnsOf('log_rows');
    inTime(() => {
      insertAll('log_rows', columns, rows);
      insertAll('log_bodies', 'seq, raw', bodies);
      insertAll('log_search', 'rowid, words, class', words);
    });
    after = last;
  }
  target.close();
  source.close();
  return ms;
};

/** A setting of a database that the product opened. */
const settingOf = (name: string): unknown => {
  const opened = openDatabase({ file: join(folder, 'settings.sqlite') });
  const value = opened.pragma(name, { simple: true });
  opened.close();
  return value;
};

try {
  const rows = Math.round(200_000 * scale);
  const file = join(folder, 'ingested.sqlite');
  const ours = await ingest(rows, file);
  note(`${rows} rows ingested in ${Math.round(ours.ms)} ms, peak ${Math.round(ours.peakMb)} MB`);
  const plainMs = insertPlainly(file, join(folder, 'plain.sqlite'), []);
  note(`plain inserts: ${Math.round(plainMs)} ms`);
  const sameSettings = ['page_size', 'wal_autocheckpoint'].map((name) => `${name} = ${String(settingOf(name))}`);
  const tunedMs = insertPlainly(file, join(folder, 'tuned.sqlite'), sameSettings);
  note(`plain inserts with the product's settings of the file: ${Math.round(tunedMs)} ms`);
  const share = (plainMs / ours.ms) * 100;
  const perSecond = (ms: number): number => Math.round((rows / ms) * 1000);
  const memory = (peakMb: number): Pick<Figure, 'value' | 'unit' | 'target' | 'met'> => ({
    value: round(peakMb),
    unit: 'MB',
    target: '< 300 MB',
    met: peakMb < 300,
  });
  figures.push(
    { name: `ingest of ${rows} rows over HTTP`, value: perSecond(ours.ms), unit: 'rows/s' },
    { name: 'plain inserts of the same rows', value: perSecond(plainMs), unit: 'rows/s' },
    { name: 'ingest against plain inserts', value: round(share), unit: '%', target: '>= 50 %', met: share >= 50 },
    {
      name: 'plain inserts of the same rows, page size and checkpoints as in the product',
      value: perSecond(tunedMs),
      unit: 'rows/s',
    },
    { name: `peak memory, ${rows} rows`, ...memory(ours.peakMb) },
  );
  const many = Math.round(1_000_000 * scale);
  const large = await ingest(many, join(folder, 'many.sqlite'));
  note(`${many} rows ingested in ${Math.round(large.ms)} ms, peak ${Math.round(large.peakMb)} MB`);
  figures.push({ name: `peak memory, ${many} rows`, ...memory(large.peakMb) });
} finally {
  await rm(folder, { recursive: true, force: true });
}
printFigures('ingest', figures);
