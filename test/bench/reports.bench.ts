import { execFileSync } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { ReportFormat, ReportOptions } from '../../src-main/contract/models/report.ts';
import { logRecordOf, type LogShape } from './support/log-rows.ts';
import { note, printFigures, round, scale, timed, type Figure } from './support/measure.ts';

/*
 * A million rows of the provisioning log to CSV, beside the sqlite3 program with the same cells from the same file, and
 * 250,000 to a workbook; memory of the whole process.
 */

const shape: LogShape = {
  rows: Math.round(1_000_000 * scale),
  days: 45,
  people: 20_000,
  endMs: Date.parse('2026-11-23T00:00:00Z'),
};
const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-bench-'));
const file = join(folder, 'history.db');

const fill = async (): Promise<void> => {
  const store = openSqliteHistory({ file });
  const lot = 1000;
  for (let start = 0; start < shape.rows; start += lot) {
    const size = Math.min(lot, shape.rows - start);
    await store.log.save(Array.from({ length: size }, (_, index) => logRecordOf(shape, start + index)));
    if (start % 100_000 === 0) note(`${start} rows stored`);
  }
  await store.close();
};

interface Measured {
  ms: number;
  bytes: number;
  rows: number;
  rssMb: number;
}

const runReport = (format: ReportFormat, options: ReportOptions): Measured => {
  const script = fileURLToPath(new URL('./support/report-process.ts', import.meta.url));
  const output = execFileSync(
    process.execPath,
    // As much young memory as a job thread of the product has.
    ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=5', script, file, format, JSON.stringify(options)],
    { encoding: 'utf8', maxBuffer: 10_000_000, env: { ...process.env, TMPDIR: folder } },
  );
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured;
};

/** The sqlite3 program of the system, its CSV into a file. */
const runSqlite = async (sql: string): Promise<number> => {
  const target = openSync(join(folder, 'sqlite.csv'), 'w');
  try {
    const { ms } = await timed(() =>
      execFileSync('sqlite3', ['-readonly', '-csv', '-header', file, sql], { stdio: ['ignore', target, 'inherit'] }),
    );
    return ms;
  } finally {
    closeSync(target);
  }
};

const listColumns = [
  'at',
  'action',
  'status',
  'benign',
  'type',
  'name',
  'upn',
  'entraId',
  'scimId',
  'errorCode',
  'cycleId',
  'changeId',
  'logId',
];
const listCells = `r.at, c.action, c.status, c.benign, r.subject_type, r.source_name, r.source_upn, r.source_id,
  r.target_id, r.error_code, r.cycle_id, r.change_id, r.id`;
const from = 'FROM log_rows r JOIN log_classes c ON c.id = r.class_id';
const steps = `(SELECT group_concat((key + 1) || '. ' || (value ->> '$.provisioningStepType') || ' '
    || (value ->> '$.status') || ': ' || coalesce(value ->> '$.description', ''), char(10))
  FROM json_each(b.raw, '$.provisioningSteps'))`;
const changes = `(SELECT group_concat((value ->> '$.displayName') || ': ' || coalesce(value ->> '$.oldValue', '(nothing)')
    || ' -> ' || coalesce(value ->> '$.newValue', '(nothing)'), char(10))
  FROM json_each(b.raw, '$.modifiedProperties'))`;
const bodies = `JOIN log_bodies b ON b.seq = r.seq ORDER BY r.seq DESC`;

try {
  await fill();
  const rate = (ms: number, rows: number): number => round(rows / (ms / 1000));
  const list = runReport('csv', { kind: 'log', columns: listColumns });
  const listSqlite = await runSqlite(`SELECT ${listCells} ${from} ORDER BY r.seq DESC`);
  const whole = runReport('csv', { kind: 'log', columns: [...listColumns, 'steps', 'changes'] });
  const wholeSqlite = await runSqlite(`SELECT ${listCells}, ${steps}, ${changes} ${from} ${bodies}`);
  const book = runReport('xlsx', { kind: 'log', rowLimit: Math.round(250_000 * scale) });
  const speed = (name: string, ours: Measured, theirs: number): Figure => ({
    name: `${name}: speed as a share of sqlite3 .mode csv`,
    value: round(theirs / ours.ms),
    unit: 'of 1',
    target: '>= 0.5',
    met: theirs / ours.ms >= 0.5,
  });
  const memory = (name: string, { rssMb }: Measured): Figure => ({
    name: `${name}: most memory`,
    value: round(rssMb),
    unit: 'MB',
    target: '< 300',
    met: rssMb < 300,
  });
  printFigures('reports', [
    { name: `CSV of ${list.rows} rows, list columns`, value: rate(list.ms, list.rows), unit: 'rows/s' },
    speed('CSV, list columns', list, listSqlite),
    memory('CSV, list columns', list),
    { name: `CSV of ${whole.rows} rows with steps and properties`, value: rate(whole.ms, whole.rows), unit: 'rows/s' },
    speed('CSV with steps and properties', whole, wholeSqlite),
    memory('CSV with steps and properties', whole),
    {
      name: `workbook of ${book.rows} rows, every column`,
      value: round(book.ms / 1000),
      unit: 's',
      target: '< 60',
      met: book.ms < 60_000,
    },
    memory('workbook', book),
  ]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
