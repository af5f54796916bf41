import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const isFolder = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  // The system says of a folder to be made only that there is something of that name.
  if (found && !found.isDirectory()) throw Object.assign(new Error(`${path} is no folder`), { code: 'ENOTDIR' });
  return found !== undefined;
};

/**
 * Makes a folder, for its owner only, and those above it that are missing; one that is there stays as it is. Folder by
 * folder: Node's own recursive way never ends below /proc, where a parent exists and nothing can be made. Throws the
 * error of the file system; `ENOTDIR` where a file is in the way.
 */
export const makeFolder = (folder: string): void => {
  if (isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another program that works at the same moment may have made it.
    if (!isFolder(folder)) throw error;
  }
};
