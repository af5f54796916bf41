import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { isMissing } from './is-missing.ts';
import { reportFormats, reportKinds, type ReportDefinition } from '../../contract/models/report.ts';
import { AppError } from '../../core/app-error.ts';
import { writeAtomically } from './write-atomically.ts';

const fileVersion = 1;
const most = 200;

const schema = z.strictObject({
  version: z.literal(fileVersion),
  definitions: z.array(
    z.strictObject({
      name: z.string(),
      format: z.enum(reportFormats),
      file: z.string().nullable(),
      options: z.looseObject({ kind: z.enum(reportKinds) }),
      savedAt: z.iso.datetime(),
    }),
  ),
});

/** The reports that were defined for one connection, in a file beside its history. */
export interface ReportDefinitions {
  /** By name. */
  list(): Promise<ReportDefinition[]>;
  /** Throws `input-invalid` for a name that is not there. */
  find(name: string): Promise<ReportDefinition>;
  /**
   * Gives what was stored; without a `file`, that of the definition which it replaces. Throws `input-invalid` for a name
   * that is taken (case and Unicode form do not matter), unless `replace`, and when there are too many.
   */
  save(
    definition: Omit<ReportDefinition, 'file'> & { file?: string | null },
    options: { replace: boolean },
  ): Promise<ReportDefinition>;
  /** Throws `input-invalid` for a name that is not there. */
  delete(name: string): Promise<void>;
}

const refused = (message: string, advice: string, reason: string): AppError =>
  new AppError({ code: 'input-invalid', message, advice, fields: [{ field: 'name', reason }] });

const same = (left: string, right: string): boolean =>
  left.normalize('NFC').toLowerCase() === right.normalize('NFC').toLowerCase();

const unknown = (name: string): AppError =>
  refused(
    `No report named "${name}" is saved.`,
    'List the saved reports with "report list", and take a name of one.',
    'is not known',
  );

/**
 * Saved reports in `file`; it is made with the first one. Throws `store-damaged` when the file is not one of ours,
 * `file-unwritable`.
 */
export const createReportDefinitions = (file: string): ReportDefinitions => {
  const damaged = (cause: unknown): AppError =>
    new AppError(
      {
        code: 'store-damaged',
        message: `The file of saved reports ${file} cannot be read.`,
        advice: 'Restore it from a backup, or move it away: the reports in it are then no longer listed.',
        file,
      },
      { cause },
    );
  const list = async (): Promise<ReportDefinition[]> => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return [];
      throw damaged(error);
    }
    try {
      // The options are checked when they are used: by the same guard as those of any other caller.
      return schema.parse(JSON.parse(text)).definitions as ReportDefinition[];
    } catch (error) {
      throw damaged(error);
    }
  };
  const write = (definitions: ReportDefinition[]): Promise<void> => {
    const sorted = definitions.toSorted((left, right) => left.name.localeCompare(right.name, 'en'));
    const text = `${JSON.stringify({ version: fileVersion, definitions: sorted }, null, 2)}\n`;
    return writeAtomically(file, [text], { force: true, mode: 0o600 });
  };
  return {
    list,
    async find(name) {
      const found = (await list()).find((definition) => same(definition.name, name));
      if (!found) throw unknown(name);
      return found;
    },
    async save(definition, { replace }) {
      const all = await list();
      const others = all.filter(({ name }) => !same(name, definition.name));
      const before = all.find(({ name }) => same(name, definition.name));
      if (before && !replace) {
        throw refused(
          `A report named "${definition.name}" is saved already.`,
          'Choose another name, or replace it.',
          'is in use',
        );
      }
      if (others.length >= most) {
        throw refused(`There are ${most} saved reports already.`, 'Delete one of them first.', 'is one too many');
      }
      const { name, format, file = before?.file ?? null, options, savedAt } = definition;
      const stored = { name, format, file, options, savedAt };
      await write([...others, stored]);
      return stored;
    },
    async delete(name) {
      const all = await list();
      const others = all.filter((definition) => !same(definition.name, name));
      if (others.length === all.length) throw unknown(name);
      await write(others);
    },
  };
};
