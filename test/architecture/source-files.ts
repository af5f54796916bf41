import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  path: string;
  text: string;
}

/** The text files below the folders whose name ends with one of the endings. */
export const sourceFiles = (folders: string[], endings: string[]): SourceFile[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({
        path: path.slice(root.length).replaceAll('\\', '/').replace(/^\//u, ''),
        text: readFileSync(path, 'utf8'),
      })),
  );

/** One text file, from the root of the repository. */
export const readSource = (path: string): string => readFileSync(join(root, path), 'utf8');
