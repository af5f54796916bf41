import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findingColumns } from '../../core/report/finding-table.ts';
import { renderFindingsHtml } from '../../core/report/render-findings-html.ts';
import type { FindingsReport } from '../../core/report/render-findings-html.ts';
import { renderCsv } from './render-csv.ts';
import { fileExists, fileUnwritable, writeAtomically } from './write-atomically.ts';

export interface SaveFindingsReport extends FindingsReport {
  /** Made when it does not exist. */
  directory: string;
  /** File name without its ending. */
  name: string;
  /** Replaces earlier reports of that name. */
  force: boolean;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Writes the findings report as CSV and as one HTML page, each whole or not at all, and gives their paths. Throws
 * `file-exists` (before anything is written, unless `force`) and `file-unwritable`.
 */
export const saveFindingsReport = async ({
  directory,
  name,
  force,
  ...report
}: SaveFindingsReport): Promise<string[]> => {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileUnwritable(directory, error);
  }
  const files = [
    { file: join(directory, `${name}.csv`), content: renderCsv(findingColumns, report.check.findings) },
    { file: join(directory, `${name}.html`), content: renderFindingsHtml(report) },
  ];
  if (!force) {
    for (const { file } of files) if (await exists(file)) throw fileExists(file);
  }
  // The report names people: only its owner reads it until it is shared on purpose.
  for (const { file, content } of files) await writeAtomically(file, content, { force, mode: 0o600 });
  return files.map(({ file }) => file);
};
