import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { ReportFormat, ReportOptions } from '../../../src-main/contract/models/report.ts';
import { openReportMaker } from '../../support/report-maker.ts';

/*
 * One report in a process of its own, so that its memory is its own: database, format and options as arguments; the
 * last line says how long it took and how much memory the process ever had.
 */

const [file = '', format = 'csv', options = '{}'] = process.argv.slice(2);
const store = openSqliteHistory({ file, frozen: true });
const maker = await openReportMaker(store, { now: '2026-11-23T00:00:00.000Z' });
const start = performance.now();
const { bytes, tables } = await maker.make(JSON.parse(options) as ReportOptions, format as ReportFormat);
const ms = performance.now() - start;
await maker.close();
await store.close();
// Kilobytes on Linux.
const rssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ ms, bytes, rows: tables[0]?.rows ?? 0, rssMb })}\n`);
