import { readFile } from 'node:fs/promises';
import { csvLines } from '../../../adapters/files/render-csv.ts';
import type {
  QueryConsole,
  QueryExport,
  QueryExportFormat,
  QueryResult,
  SavedQuery,
} from '../../../contract/models/query.ts';
import { AppError } from '../../../core/app-error.ts';
import { count, faint, line, note, strong, table } from '../print.ts';
import { runCommand, type CliSession, type CommandEnd, type CommonOptions } from '../session.ts';

export interface QueryCommandOptions extends CommonOptions {
  limit: number;
  file?: string;
  saved?: string;
  save?: string;
  replace?: boolean;
  delete?: string;
  list?: boolean;
  views?: boolean;
  csv?: boolean;
  export?: QueryExportFormat;
}

type Value = QueryResult | QueryConsole | QueryExport | { saved: SavedQuery[] } | { deleted: string };

const invalid = (field: string, message: string, advice: string, reason: string): AppError =>
  new AppError({ code: 'input-invalid', message, advice, fields: [{ field, reason }] });

const cutNote = (cut: QueryResult['cut'], rows: number): string | null => {
  if (cut === null) return null;
  const why = cut === 'rows' ? 'there are more rows' : 'the rows after these would make the result too long';
  return `These are the first ${count(rows)} rows: ${why}.`;
};

const printRows = (result: QueryResult): void => {
  table(
    result.columns,
    result.rows.map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
  );
  line(faint(cutNote(result.cut, result.rows.length) ?? `${count(result.rows.length)} rows.`));
};

const printCsv = (result: QueryResult): void => {
  process.stdout.write(csvLines([result.columns, ...result.rows]));
  const cut = cutNote(result.cut, result.rows.length);
  if (cut !== null) note(cut);
};

const printViews = ({ views }: QueryConsole): void => {
  for (const view of views) {
    line(strong(view.name));
    line(`  ${view.about}`);
    table(
      ['  Column', 'Type', 'Meaning'],
      view.columns.map(({ name, type, about }) => [`  ${name}`, type, about]),
    );
    line();
  }
};

const consoleOf = async ({ api, on }: CliSession): Promise<QueryConsole> => {
  const found = await api.getConsole(on);
  if (!found.ok) throw new AppError(found.failure);
  return found.value;
};

/** The statement, from wherever the options say. */
const statementOf = async (
  session: CliSession,
  sql: string | undefined,
  options: QueryCommandOptions,
): Promise<string> => {
  const given = [sql, options.file, options.saved].filter((source) => source !== undefined);
  if (given.length !== 1) {
    throw invalid(
      'sql',
      given.length === 0 ? 'There is no statement to run.' : 'There is more than one statement to run.',
      'Give one statement, or --file FILE, or --saved NAME.',
      given.length === 0 ? 'is missing' : 'is given more than once',
    );
  }
  if (options.file !== undefined) {
    const { file } = options;
    return readFile(file, 'utf8').catch((cause: unknown) => {
      throw new AppError(
        {
          code: 'file-unreadable',
          message: `The file ${file} cannot be read.`,
          advice: 'Check its path and rights.',
          file,
        },
        { cause },
      );
    });
  }
  if (options.saved === undefined) return sql ?? '';
  const wanted = options.saved.normalize('NFC').toLowerCase();
  const { saved } = await consoleOf(session);
  const query = saved.find(({ name }) => name.normalize('NFC').toLowerCase() === wanted);
  if (query) return query.sql;
  throw invalid(
    'saved',
    `No query named "${options.saved}" is saved.`,
    'List the saved queries with --list.',
    'is not known',
  );
};

const run = async (
  session: CliSession,
  sql: string | undefined,
  options: QueryCommandOptions,
): Promise<CommandEnd<Value>> => {
  const { api, callId, on } = session;
  if (options.views) return { result: await api.getConsole(on), print: (value) => printViews(value as QueryConsole) };
  if (options.list) {
    const { saved } = await consoleOf(session);
    return {
      result: { version: 1, ok: true, value: { saved } },
      print: () =>
        table(
          ['Name', 'Saved', 'Statement'],
          saved.map((query) => [query.name, query.savedAt.slice(0, 10), query.sql]),
        ),
    };
  }
  if (options.delete !== undefined) {
    const { delete: name } = options;
    return { result: await api.deleteQuery({ ...on, name }), print: () => line(`Deleted the query "${name}".`) };
  }
  const statement = await statementOf(session, sql, options);
  if (options.save !== undefined) {
    const { save: name, replace = false } = options;
    const saved = await api.saveQuery({ ...on, name, sql: statement, replace });
    if (!saved.ok) return { result: saved };
  }
  if (options.export) {
    return {
      result: await api.exportQuery({ ...on, callId, sql: statement, format: options.export }),
      print(value) {
        const { file, rows, cut } = value as QueryExport;
        line(`Wrote ${count(rows)} rows to ${file}.`);
        if (cut !== null) line(cutNote(cut, rows) ?? '');
      },
    };
  }
  const print = options.csv ? printCsv : printRows;
  return {
    result: await api.runQuery({ ...on, callId, sql: statement, rows: options.limit }),
    print: (value) => print(value as QueryResult),
  };
};

/** Runs one statement, or tends the saved ones. */
export const query = (sql: string | undefined, options: QueryCommandOptions): Promise<void> =>
  runCommand(options, (session) => run(session, sql, options));
