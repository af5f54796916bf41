import type { Command } from 'commander';
import { diffKinds, diffSections } from '../../../contract/models/history-diff.ts';
import type { DiffOptions } from '../commands/diff.ts';
import { create, oneOf, paged } from './parts.ts';

const diff = (): Command =>
  paged(
    create(
      'diff',
      'Say what changed between two runs or dates, or what differs in the set-up of two connections.',
      'unifi-monitor diff --from 2026-11-01 --to last --section accounts',
    ),
  )
    .option('--from <state>', 'run id, date (its end, UTC), moment, first, previous or last (else previous)')
    .option('--to <state>', 'the later one of the two (else last)')
    .option('--section <section>', diffSections.join(', '), oneOf(diffSections))
    .option('--kind <kind>', diffKinds.join(', '), oneOf(diffKinds))
    .option('--attribute <name>', 'only where this attribute differs')
    .option('--text <words>', 'part of a name, address or id')
    .option('--with <connection>', 'with --setup: the connection to compare with')
    .option('--setup', 'compare mappings, scoping filters, schedule and settings of two connections instead')
    .action(async (options: DiffOptions, command: Command) => {
      if (options.setup && options.with === undefined) command.error('error: --setup needs --with <connection>');
      if (!options.setup && options.with !== undefined) command.error('error: --with goes with --setup');
      await (await import('../commands/diff.ts')).diff(options);
    });

/** Commands, in the order of the help. */
export const historyCommands = [diff];
