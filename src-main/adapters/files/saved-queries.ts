import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { isMissing } from './is-missing.ts';
import type { SavedQuery } from '../../contract/models/query.ts';
import { AppError } from '../../core/app-error.ts';
import { writeAtomically } from './write-atomically.ts';

const fileVersion = 1;
const most = 500;

const schema = z.strictObject({
  version: z.literal(fileVersion),
  queries: z.array(z.strictObject({ name: z.string(), sql: z.string(), savedAt: z.iso.datetime() })),
});

/** The queries that were saved for one connection, in a file beside its history. */
export interface SavedQueries {
  /** By name. */
  list(): Promise<SavedQuery[]>;
  /** Throws `input-invalid` for a name that is taken, unless `replace`, and when there are too many. */
  save(query: SavedQuery, options: { replace: boolean }): Promise<void>;
  /** Throws `input-invalid` for a name that is not there. */
  delete(name: string): Promise<void>;
}

const refused = (message: string, advice: string, reason: string): AppError =>
  new AppError({ code: 'input-invalid', message, advice, fields: [{ field: 'name', reason }] });

const same = (left: string, right: string): boolean =>
  left.normalize('NFC').toLowerCase() === right.normalize('NFC').toLowerCase();

/**
 * Saved queries in `file`; it is made with the first one. Throws `store-damaged` when the file is not one of ours,
 * `file-unwritable`.
 */
export const createSavedQueries = (file: string): SavedQueries => {
  const damaged = (cause: unknown): AppError =>
    new AppError(
      {
        code: 'store-damaged',
        message: `The file of saved queries ${file} cannot be read.`,
        advice: 'Restore it from a backup, or move it away: the queries in it are then no longer listed.',
        file,
      },
      { cause },
    );
  const list = async (): Promise<SavedQuery[]> => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return [];
      throw damaged(error);
    }
    try {
      return schema.parse(JSON.parse(text)).queries;
    } catch (error) {
      throw damaged(error);
    }
  };
  const write = (queries: SavedQuery[]): Promise<void> => {
    const sorted = queries.toSorted((left, right) => left.name.localeCompare(right.name, 'en'));
    const text = `${JSON.stringify({ version: fileVersion, queries: sorted }, null, 2)}\n`;
    return writeAtomically(file, [text], { force: true, mode: 0o600 });
  };
  return {
    list,
    async save(query, { replace }) {
      const all = await list();
      const others = all.filter(({ name }) => !same(name, query.name));
      if (others.length < all.length && !replace) {
        throw refused(
          `A query named "${query.name}" is saved already.`,
          'Choose another name, or replace it.',
          'is in use',
        );
      }
      if (others.length >= most) {
        throw refused(`There are ${most} saved queries already.`, 'Delete one of them first.', 'is one too many');
      }
      await write([...others, query]);
    },
    async delete(name) {
      const all = await list();
      const others = all.filter((query) => !same(query.name, name));
      if (others.length === all.length) {
        throw refused(
          `No query named "${name}" is saved.`,
          'List the saved queries, and take a name of one.',
          'is not known',
        );
      }
      await write(others);
    },
  };
};
