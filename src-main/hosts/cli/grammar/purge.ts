import type { Command } from 'commander';
import type { PurgeCommandOptions } from '../commands/purge.ts';
import { create } from './parts.ts';

const purge = (): Command =>
  create(
    'purge',
    'Delete one person from the history for good (a data-protection request), with a receipt; collections do not bring them back.',
    'unifi-monitor purge ada.brandt@contoso.example --dry-run',
  )
    .argument('[who]', 'the person, as "investigate" takes it; several who fit are listed, and nothing is done')
    .option('--dry-run', 'show what would go, and change nothing')
    .option('--yes', 'do not ask')
    .option('--receipt <file>', 'write the receipt there, too: as JSON when the name ends in .json, else as text')
    .option('--force', 'replace a receipt file that is there')
    .option('--list', 'list the purges: dates and receipts, never whom')
    .option('--show <id>', 'print a receipt')
    .option('--lift <id>', 'let the person be collected again (somebody who came back)')
    .option(
      '--finish',
      'clear free parts of the file, where a purge could not (a full disk, a report that was reading)',
    )
    .action(async (who: string | undefined, options: PurgeCommandOptions) =>
      (await import('../commands/purge.ts')).purge(who, options),
    );

/** Commands, in the order of the help. */
export const purgeCommands = [purge];
