import { open } from 'node:fs/promises';
import type { ImportFormat, ImportOrigin, ImportReport, ImportedFile } from '../../contract/models/import.ts';
import { bag, text } from '../../core/log/json-fields.ts';
import { readLogRecord } from '../../core/log/read-log-record.ts';
import type { LogRecord } from '../../core/model/log.ts';
import type { HistoryStore } from '../../services/ports.ts';
import { csvRows, openCsv, type CsvFile } from './csv-rows.ts';
import { importRefused, importUnreadable } from './import-failure.ts';
import { arrayRows, lineRows, type TextRow } from './json-rows.ts';

export interface ImportLog {
  store: Pick<HistoryStore, 'imports' | 'issues'>;
  files: readonly string[];
  origin: ImportOrigin;
  progress(note: string, items: number): void;
}

/** Files that belong together, and how their rows are read, as often as is needed. */
interface Download {
  files: string[];
  format: ImportFormat;
  rows(): AsyncIterable<TextRow>;
}

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;
const headBytes = 4_096;
const rowsAtOnce = 2_000;

/** The first characters that say something; null for a file without any. */
const headOf = async (file: string): Promise<string | null> => {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw importUnreadable(file, error);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\ufeff/u, '')
      .trimStart();
    return head === '' ? null : head;
  } catch (error) {
    throw importUnreadable(file, error);
  } finally {
    await handle.close();
  }
};

/** One object over several lines is JSON; a line that is an object by itself is NDJSON. */
const isLines = (head: string): boolean => {
  const [first = ''] = head.split('\n');
  try {
    const value: unknown = JSON.parse(first);
    return typeof value === 'object' && value !== null && !('value' in value);
  } catch {
    // A line longer than what was read of it: rows of the log are, objects over several lines are not.
    return !head.includes('\n') && !/^\{\s*"(?:@odata|value)/u.test(head);
  }
};

const downloadsOf = async (files: readonly string[]): Promise<Download[]> => {
  const downloads: Download[] = [];
  const csv: CsvFile[] = [];
  for (const file of files) {
    const head = await headOf(file);
    if (head === null) throw importRefused(file, 'it is empty');
    if (head.startsWith('[')) downloads.push({ files: [file], format: 'portal-json', rows: () => arrayRows(file) });
    else if (!head.startsWith('{')) csv.push(await openCsv(file));
    else if (isLines(head)) downloads.push({ files: [file], format: 'ndjson', rows: () => lineRows(file) });
    else downloads.push({ files: [file], format: 'portal-json', rows: () => arrayRows(file) });
  }
  const [log, secondLog] = csv.filter(({ kind }) => kind === 'log');
  const [steps, secondSteps] = csv.filter(({ kind }) => kind === 'steps');
  const [changes, secondChanges] = csv.filter(({ kind }) => kind === 'changes');
  const second = secondLog ?? secondSteps ?? secondChanges;
  if (second) throw importRefused(second.file, 'another file of the same kind is given; import one download at a time');
  const alone = steps ?? changes;
  if (!log && alone)
    throw importRefused(alone.file, 'the main file (ProvisioningLogs) that it belongs to is not given');
  if (log) {
    const parts = { log, ...(steps ? { steps } : {}), ...(changes ? { changes } : {}) };
    downloads.push({ files: csv.map(({ file }) => file), format: 'portal-csv', rows: () => csvRows(parts) });
  }
  return downloads;
};

/** Null for lines of a report that hold no row. */
const rowTextOf = (file: string, { text: given, place }: TextRow): { value: unknown; raw: string } | null => {
  const parse = (json: string): unknown => {
    try {
      return JSON.parse(json) as unknown;
    } catch (error) {
      throw importRefused(file, `${place} is no whole JSON, or is cut off`, error);
    }
  };
  const value = parse(given);
  const { type, report, values } = bag(value);
  // A report of the log: its head, sections, rows and seal are lines of their own.
  if (type === 'report') {
    if (bag(bag(report)['redaction'])['on'] === true) throw importRefused(file, 'it is a redacted report');
    return null;
  }
  if (typeof type === 'string' && type !== 'row') return null;
  const body = type === 'row' ? bag(values)['body'] : bag(value)['body'];
  if (type === 'row' && typeof body !== 'string') {
    throw importRefused(file, `${place} has no column "body"; write the report of the log with it`);
  }
  return typeof body === 'string' ? { value: parse(body), raw: body } : { value, raw: given };
};

/** What decides whether a row can be stored, without reading the rest of it. */
interface RowHead {
  value: unknown;
  raw: string;
  at: string;
  isOther: boolean;
  isTooOld: boolean;
}

/** Checks a row; null for a line that holds none. Throws `input-invalid` naming the place. */
const headOfRow = (file: string, row: TextRow, origin: ImportOrigin): RowHead | null => {
  const found = rowTextOf(file, row);
  if (found === null) return null;
  const bare = bag(found.value);
  const at = text(bare['activityDateTime']);
  if (text(bare['id']) === null || at === null || at.startsWith('0001-') || Number.isNaN(Date.parse(at))) {
    throw importRefused(file, `${row.place} has no id or no time, and is no row of the provisioning log`);
  }
  const tenant = text(bare['tenantId']);
  if (tenant !== null && guid.test(origin.tenantId) && tenant.toLowerCase() !== origin.tenantId.toLowerCase()) {
    throw importRefused(file, `${row.place} is of another tenant (${tenant})`);
  }
  const own = origin.servicePrincipalId?.toLowerCase() ?? null;
  const application = text(bag(bare['servicePrincipal'])['id'])?.toLowerCase() ?? null;
  const isTooOld = typeof origin.keptFrom === 'string' && Date.parse(at) < Date.parse(origin.keptFrom);
  return { ...found, at, isTooOld, isOther: application !== null && own !== null && application !== own };
};

interface Checked extends ImportedFile {
  download: Download;
}

/** Reads a download whole, and stores nothing. */
const check = async (download: Download, { origin, progress }: ImportLog): Promise<Checked> => {
  const [file = ''] = download.files;
  const found: Checked = {
    download,
    files: download.files,
    format: download.format,
    rows: 0,
    inserted: 0,
    otherApplications: 0,
    from: null,
    to: null,
  };
  for await (const row of download.rows()) {
    const head = headOfRow(file, row, origin);
    if (head === null) continue;
    if (head.isTooOld) found.tooOld = (found.tooOld ?? 0) + 1;
    else if (head.isOther) found.otherApplications += 1;
    else {
      found.rows += 1;
      if (found.from === null || head.at < found.from) found.from = head.at;
      if (found.to === null || head.at > found.to) found.to = head.at;
    }
    if ((found.rows + found.otherApplications) % rowsAtOnce === 0) progress('Checking the files', found.rows);
  }
  if (found.rows === 0) {
    throw importRefused(
      file,
      found.tooOld
        ? 'all its rows are older than this connection keeps its log'
        : found.otherApplications > 0
          ? 'all its rows are of other applications'
          : 'it holds no row of the log',
    );
  }
  return found;
};

const store = async (
  checked: Checked,
  options: ImportLog,
  storedBefore: number,
): Promise<{ inserted: number; withheld: number }> => {
  const { origin, progress } = options;
  const { imports } = options.store;
  const [file = ''] = checked.files;
  const names = checked.files.map((path) => path.split(/[\\/]/u).at(-1) ?? path);
  const id = await imports.start({ at: origin.importedAt, files: names, format: checked.format });
  // Rows without an id of their own go by their change: one that was collected with its id is the same.
  const known = checked.format === 'portal-csv' ? await imports.changeIds() : null;
  let inserted = 0;
  let withheld = 0;
  let read = storedBefore;
  let lot: LogRecord[] = [];
  const flush = async (): Promise<void> => {
    const saved = await imports.save(id, lot);
    inserted += saved.inserted;
    withheld += saved.withheld;
    read += lot.length;
    lot = [];
    progress('Storing rows', read);
  };
  for await (const row of checked.download.rows()) {
    const head = headOfRow(file, row, origin);
    if (head === null || head.isOther || head.isTooOld) continue;
    const record = readLogRecord(head.value, head.raw.trim());
    if (record === null) throw importRefused(file, `${row.place} is no row of the provisioning log`);
    if (known !== null && record.id.startsWith('change:') && record.changeId !== null && known.has(record.changeId))
      continue;
    lot.push(record);
    if (lot.length === rowsAtOnce) await flush();
  }
  if (lot.length > 0) await flush();
  return { inserted, withheld };
};

/**
 * Takes downloads of the portal, and NDJSON of our own, over into the log. Every file is read whole and checked before
 * the first row is stored. Rows that are there already stay as they were collected; those that come from a file are
 * marked by it. Throws `input-invalid` naming the file and its line, `file-unreadable`, and the store's failures.
 */
export const importLog = async (options: ImportLog): Promise<ImportReport> => {
  const checked: Checked[] = [];
  for (const download of await downloadsOf(options.files)) checked.push(await check(download, options));
  const report: ImportReport = { imports: [], rows: 0, inserted: 0, known: 0 };
  let left = 0;
  for (const one of checked) {
    const { inserted, withheld } = await store(one, options, report.rows);
    const { download: _, ...file } = one;
    report.imports.push({ ...file, inserted, ...(withheld > 0 ? { withheld } : {}) });
    left += withheld;
    report.rows += one.rows;
    report.inserted += inserted;
  }
  report.known = report.rows - report.inserted - left;
  if (report.inserted > 0) await options.store.issues.count();
  return report;
};
