import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logRecordOf, type LogShape } from './support/log-rows.ts';
import { note, printFigures, round, scale } from './support/measure.ts';

/*
 * 250,000 rows of a portal download, the most that it gives, from a JSON file into an empty history, and four times as
 * many: the memory of both.
 */

interface Measured {
  inserted: number;
  ms: number;
  storingMs: number;
  rssMb: number;
}

const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-bench-'));

const measure = async (rows: number): Promise<Measured> => {
  const shape: LogShape = { rows, days: 30, people: 20_000, endMs: Date.parse('2026-11-23T00:00:00Z') };
  const file = join(folder, 'ProvisioningLogs.json');
  const database = join(folder, `history-${rows}.db`);
  const download = createWriteStream(file);
  for (let row = 0; row < rows; row += 1) {
    if (!download.write(`${row === 0 ? '[' : ','}${logRecordOf(shape, row).raw}`)) await once(download, 'drain');
  }
  download.end(']');
  await once(download, 'finish');
  note(`${rows} rows written`);
  const script = fileURLToPath(new URL('./support/import-process.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, database, file], {
    encoding: 'utf8',
    env: { ...process.env, SQLITE_TMPDIR: folder },
  });
  await rm(database);
  const measured = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured;
  if (measured.inserted !== rows) throw new Error(`${measured.inserted} of ${rows} rows were stored`);
  return measured;
};

try {
  const rows = Math.round(250_000 * scale);
  const usual = await measure(rows);
  const large = await measure(4 * rows);
  const growth = large.rssMb / usual.rssMb;
  printFigures('import', [
    {
      name: `import of ${rows} portal rows`,
      value: round(usual.ms / 1000),
      unit: 's',
      target: '< 60',
      met: usual.ms < 60_000 * scale,
    },
    { name: `of this, other writers wait`, value: round(usual.storingMs / 1000), unit: 's' },
    { name: `import of ${rows} rows: most memory`, value: round(usual.rssMb), unit: 'MB' },
    { name: `import of ${4 * rows} rows`, value: round(large.ms / 1000), unit: 's' },
    {
      name: `import of ${4 * rows} rows: most memory as a share of ${rows} rows`,
      value: round(growth),
      unit: 'of 1',
      target: '<= 1.15',
      met: growth <= 1.15,
    },
  ]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
