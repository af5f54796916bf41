import type { Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { importRefused, importUnreadable } from './import-failure.ts';

/** A file as it was when the import began. */
export interface InputFile {
  path: string;
  /** Tells this content from another one under the same name. */
  stamp: string;
}

const stampOf = ({ ino, size, mtimeMs }: Stats): string => `${ino} ${size} ${mtimeMs}`;

/** Looks at a file before it is read. Throws `file-unreadable` for what is none, and `input-invalid` for an empty one. */
export const inputFile = async (path: string): Promise<InputFile> => {
  const stats = await stat(path).catch((error: unknown) => {
    throw importUnreadable(path, error);
  });
  // A pipe or a device would be waited for without an end.
  if (!stats.isFile()) throw importUnreadable(path, null, stats.isDirectory() ? 'it is a folder' : 'it is no file');
  if (stats.size === 0) throw importRefused(path, 'it is empty');
  return { path, stamp: stampOf(stats) };
};

/** Opens the file for reading. Throws `file-unreadable`, and `input-invalid` when it is another one by now. */
export const openInput = async ({ path, stamp }: InputFile): Promise<FileHandle> => {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw importUnreadable(path, error);
  });
  try {
    await checkUnchanged({ path, stamp }, handle);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/** Throws `input-invalid` when the open file is not as it was when the import began. */
export const checkUnchanged = async ({ path, stamp }: InputFile, handle: FileHandle): Promise<void> => {
  if (stampOf(await handle.stat()) !== stamp) throw importRefused(path, 'it was changed while it was read');
};
