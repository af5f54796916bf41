import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importLog } from '../../src-main/adapters/import/import-log.ts';
import { openSqliteHistory } from '../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { logRecordOf, type LogShape } from './support/log-rows.ts';
import { note, printFigures, round, scale } from './support/measure.ts';

/* 250,000 rows of a portal download, the most that it gives, from a JSON file into an empty history. */

const shape: LogShape = {
  rows: Math.round(250_000 * scale),
  days: 30,
  people: 20_000,
  endMs: Date.parse('2026-11-23T00:00:00Z'),
};
const folder = await mkdtemp(join(tmpdir(), 'unifi-monitor-bench-'));
const file = join(folder, 'ProvisioningLogs.json');

const download = createWriteStream(file);
for (let row = 0; row < shape.rows; row += 1) {
  if (!download.write(`${row === 0 ? '[' : ','}${logRecordOf(shape, row).raw}`)) await once(download, 'drain');
}
download.end(']');
await once(download, 'finish');
note(`${shape.rows} rows written`);

const store = openSqliteHistory({ file: join(folder, 'history.db') });
const startedAt = performance.now();
const report = await importLog({
  store,
  files: [file],
  origin: { tenantId: 'contoso.example', servicePrincipalId: null, importedAt: new Date(shape.endMs).toISOString() },
  progress: () => undefined,
});
const seconds = (performance.now() - startedAt) / 1000;
if (report.inserted !== shape.rows) throw new Error(`${report.inserted} of ${shape.rows} rows were stored`);
await store.close();
await rm(folder, { recursive: true, force: true });

printFigures('import', [
  {
    name: `import of ${shape.rows} portal rows`,
    value: round(seconds),
    unit: 's',
    target: '< 60',
    met: seconds < 60 * scale,
  },
]);
