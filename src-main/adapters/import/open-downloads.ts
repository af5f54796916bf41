import type { ImportFormat } from '../../contract/models/import.ts';
import type { ImportStore } from '../../services/ports.ts';
import { csvRows, openCsv, type CsvFile } from './csv-rows.ts';
import { importRefused, importUnreadable } from './import-failure.ts';
import { inputFile, openInput, type InputFile } from './input-file.ts';
import { arrayRows, lineRows, type TextRow } from './json-rows.ts';

/** Files that belong together, and how their rows are read. */
export interface Download {
  files: string[];
  format: ImportFormat;
  rows(): AsyncIterable<TextRow>;
}

const headBytes = 4_096;

/** The first characters that say something; null for a file without any. */
const headOf = async (input: InputFile): Promise<string | null> => {
  const handle = await openInput(input);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\ufeff/u, '')
      .trimStart();
    return head === '' ? null : head;
  } catch (error) {
    throw importUnreadable(input.path, error);
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

/**
 * What the files are, and which of them belong together. Throws `input-invalid` naming the file that is none of what can
 * be imported, and `file-unreadable`.
 */
export const openDownloads = async (
  files: readonly string[],
  stage: Pick<ImportStore, 'stageParts' | 'partsOf'>,
): Promise<Download[]> => {
  const downloads: Download[] = [];
  const csv: CsvFile[] = [];
  for (const file of files) {
    const input = await inputFile(file);
    const head = await headOf(input);
    if (head === null) throw importRefused(file, 'it is empty');
    if (head.startsWith('[')) downloads.push({ files: [file], format: 'portal-json', rows: () => arrayRows(input) });
    else if (!head.startsWith('{')) csv.push(await openCsv(input));
    else if (isLines(head)) downloads.push({ files: [file], format: 'ndjson', rows: () => lineRows(input) });
    else downloads.push({ files: [file], format: 'portal-json', rows: () => arrayRows(input) });
  }
  const [log, secondLog] = csv.filter(({ kind }) => kind === 'log');
  const [steps, secondSteps] = csv.filter(({ kind }) => kind === 'steps');
  const [changes, secondChanges] = csv.filter(({ kind }) => kind === 'changes');
  const second = secondLog ?? secondSteps ?? secondChanges;
  if (second)
    throw importRefused(second.input.path, 'another file of the same kind is given; import one download at a time');
  const alone = steps ?? changes;
  if (!log && alone)
    throw importRefused(alone.input.path, 'the main file (ProvisioningLogs) that it belongs to is not given');
  if (log) {
    const parts = { log, ...(steps ? { steps } : {}), ...(changes ? { changes } : {}) };
    downloads.push({
      files: csv.map(({ input }) => input.path),
      format: 'portal-csv',
      rows: () => csvRows(parts, stage),
    });
  }
  return downloads;
};
