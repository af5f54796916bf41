import { importLog } from '../../../src-main/adapters/import/import-log.ts';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';

/*
 * One import in a process of its own, so that its memory is its own: database and file as arguments; the last line says
 * how long it took, how long other writers had to wait, and how much memory the process ever had.
 */

const [database = '', file = ''] = process.argv.slice(2);
const store = openSqliteHistory({ file: database });
const startedAt = performance.now();
let storingAt: number | null = null;
const { inserted } = await importLog({
  store,
  files: [file],
  origin: { tenantId: 'contoso.example', servicePrincipalId: null, importedAt: '2026-11-23T00:00:00Z' },
  progress(note) {
    if (note === 'Storing rows') storingAt ??= performance.now();
  },
});
const endedAt = performance.now();
await store.close();
process.stdout.write(
  `${JSON.stringify({
    inserted,
    ms: endedAt - startedAt,
    storingMs: endedAt - (storingAt ?? endedAt),
    // Kilobytes on Linux.
    rssMb: process.resourceUsage().maxRSS / 1024,
  })}\n`,
);
