import type { ImportOrigin, ImportReport, ImportedFile } from '../../contract/models/import.ts';
import type { HistoryStore } from '../../services/ports.ts';
import { headOfRow } from './check-row.ts';
import { importRefused } from './import-failure.ts';
import { openDownloads, type Download } from './open-downloads.ts';

export interface ImportLog {
  store: Pick<HistoryStore, 'imports'>;
  files: readonly string[];
  origin: ImportOrigin;
  progress(note: string, items: number): void;
}

/** Rows that are put aside at once, and characters: rows are as long as they like. */
const rowsAtOnce = 500;
const lengthAtOnce = 2_000_000;

type StagedRow = Parameters<HistoryStore['imports']['stage']>[1][number];

/** Reads a download whole and puts its rows aside; the log stays as it is. */
const stage = async (
  download: Download,
  number: number,
  { origin, progress, store }: ImportLog,
): Promise<ImportedFile> => {
  const [file = ''] = download.files;
  const found: ImportedFile = {
    files: download.files,
    format: download.format,
    rows: 0,
    inserted: 0,
    otherApplications: 0,
    from: null,
    to: null,
  };
  let lot: StagedRow[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    await store.imports.stage(number, lot);
    lot = [];
    length = 0;
    progress('Checking the files', found.rows);
  };
  for await (const row of download.rows()) {
    const head = headOfRow(file, row, origin);
    if (head === null) continue;
    if (head.isTooOld) found.tooOld = (found.tooOld ?? 0) + 1;
    else if (head.isOther) found.otherApplications += 1;
    if (head.isTooOld || head.isOther) continue;
    const { id, changeId, raw, at } = head;
    found.rows += 1;
    if (found.from === null || at < found.from) found.from = at;
    if (found.to === null || at > found.to) found.to = at;
    // Rows without an id of their own go by their change: one that was collected with its id is the same.
    lot.push({ id, raw, change: download.format === 'portal-csv' && id.startsWith('change:') ? changeId : null });
    length += raw.length;
    if (lot.length >= rowsAtOnce || length >= lengthAtOnce) await flush();
  }
  await flush();
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

const nameOf = (path: string): string => path.split(/[\\/]/u).at(-1) ?? path;

/**
 * Takes downloads of the portal, and NDJSON of our own, over into the log: all of them or nothing. Every file is read
 * once and checked, its rows are put aside on the disk, and then all are stored in one transaction. Rows that are there
 * already stay as they were collected; those that come from a file are marked by it. Throws `input-invalid` naming the
 * file and its line, `file-unreadable`, and the store's failures.
 */
export const importLog = async (options: ImportLog): Promise<ImportReport> => {
  const { imports } = options.store;
  const { origin, progress } = options;
  await imports.clear();
  try {
    const staged: ImportedFile[] = [];
    for (const download of await openDownloads(options.files, imports)) {
      staged.push(await stage(download, staged.length, options));
    }
    const brought = await imports.apply(
      staged.map(({ files, format }) => ({ at: origin.importedAt, files: files.map(nameOf), format })),
      (rows) => progress('Storing rows', rows),
    );
    const report: ImportReport = { imports: [], rows: 0, inserted: 0, known: 0 };
    let left = 0;
    for (const [index, file] of staged.entries()) {
      const { inserted, withheld } = brought[index] ?? { inserted: 0, withheld: 0 };
      report.imports.push({ ...file, inserted, ...(withheld > 0 ? { withheld } : {}) });
      report.rows += file.rows;
      report.inserted += inserted;
      left += withheld;
    }
    report.known = report.rows - report.inserted - left;
    return report;
  } finally {
    await imports.clear();
  }
};
