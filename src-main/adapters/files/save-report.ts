import { copyFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing } from './is-missing.ts';
import { besideFile, fileExists, fileUnwritable, writeAtomically } from './write-atomically.ts';
import { makeFolder } from './make-folder.ts';

/** The name of the file that stands beside a CSV report. */
export const companionOf = (file: string): string => `${file}.report.json`;

const sizeOf = (file: string): Promise<number | null> =>
  stat(file).then(
    ({ size }) => size,
    () => null,
  );

/** A copy of what a companion's place holds, beside it; null when that is nothing. Throws `file-unwritable`. */
const keepAside = async (companion: string): Promise<string | null> => {
  const copy = besideFile(companion);
  try {
    await copyFile(companion, copy);
    return copy;
  } catch (error) {
    if (isMissing(error)) return null;
    throw fileUnwritable(companion, error);
  }
};

/**
 * Writes a report and, where its format needs one, its companion beside it: both or none, and then what was there stays
 * as it was. The folder is made. Gives the size of the report in bytes. Throws `file-exists` (unless `force`), `file-unwritable`, and what making the content throws.
 */
export const saveReport = async (
  file: string,
  content: { chunks: AsyncIterable<string | Uint8Array>; companion: (() => Promise<string>) | null },
  options: { force: boolean },
): Promise<{ bytes: number; companion: string | null }> => {
  const { chunks, companion } = content;
  const beside = companion === null ? null : companionOf(file);
  try {
    makeFolder(dirname(file));
  } catch (error) {
    throw fileUnwritable(file, error);
  }
  // Before an hour of work, not after it.
  for (const one of [file, ...(beside === null ? [] : [beside])]) {
    if (!options.force && (await sizeOf(one)) !== null) throw fileExists(one);
  }
  const before = beside === null ? null : await keepAside(beside);
  let wrote = false;
  async function* withCompanion(): AsyncGenerator<string | Uint8Array> {
    yield* chunks;
    if (companion === null || beside === null) return;
    await writeAtomically(beside, [await companion()], { force: options.force, mode: 0o600 });
    wrote = true;
  }
  try {
    // The report names people: only its owner reads it until it is shared on purpose.
    await writeAtomically(file, withCompanion(), { force: options.force, mode: 0o600 });
  } catch (error) {
    if (wrote && beside !== null) {
      // The old report stays, so what proves it stays as well.
      if (before === null) await rm(beside, { force: true });
      else await rename(before, beside);
    }
    throw error;
  } finally {
    if (before !== null) await rm(before, { force: true });
  }
  return { bytes: (await sizeOf(file)) ?? 0, companion: beside };
};
