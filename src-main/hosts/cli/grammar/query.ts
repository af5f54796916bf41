import { Option, type Command } from 'commander';
import { queryExportFormats } from '../../../contract/models/query.ts';
import type { QueryCommandOptions } from '../commands/query.ts';
import { create, whole } from './parts.ts';

const query = (): Command =>
  create(
    'query',
    'Ask the stored history in SQL, read-only, over the views of docs/schema.md.',
    'unifi-monitor query "select status, count(*) from v_log group by status"',
  )
    .argument('[sql]', 'one statement; left out with --file, --saved, --list, --views and --delete')
    .option('--file <file>', 'read the statement from this file')
    .option('--saved <name>', 'run a saved query')
    .option('--save <name>', 'keep the statement under this name, and run it')
    .option('--replace', 'with --save: overwrite a query of that name')
    .option('--delete <name>', 'delete a saved query instead')
    .option('--list', 'list the saved queries instead')
    .option('--views', 'list the views and their columns instead')
    .option('--limit <n>', 'rows to show at most', whole('--limit', 1, 10_000), 1_000)
    .option('--csv', 'print CSV on stdout, and nothing else there')
    .addOption(
      new Option('--export <format>', 'write all rows into a file of the reports folder').choices(queryExportFormats),
    )
    .action(async (sql: string | undefined, options: QueryCommandOptions) =>
      (await import('../commands/query.ts')).query(sql, options),
    );

/** Commands, in the order of the help. */
export const queryCommands = [query];
