import type { Command } from 'commander';
import type { BundleOptions } from '../commands/bundle.ts';
import type { CommonOptions } from '../session.ts';
import { create, moment } from './parts.ts';

const bundle = (): Command =>
  create(
    'bundle',
    'Write a case file: one person, one finding, a period or everything, as one file for somebody without access.',
    'unifi-monitor bundle --person ada.brandt@contoso.example --redact --output case.db',
  )
    .option('--person <who>', 'all about one person: UPN, mail, name, object id, SCIM id')
    .option('--finding <id>', 'all about one finding')
    .option(
      '--from <time>',
      'a period from this moment on: its log and changes, lists and findings as they were',
      moment,
    )
    .option(
      '--to <time>',
      'end of the period, not in it; the newest state is that of the last collection before',
      moment,
    )
    .option('--redact', 'pseudonyms instead of names, addresses, ids and values')
    .option('--output <file>', 'where to write (else a new file of the reports folder)')
    .option('--force', 'replace a file that is there')
    .action(async (options: BundleOptions) => (await import('../commands/bundle.ts')).bundle(options));

const open = (): Command =>
  create(
    'open',
    'Check a case file, and show it as a connection of its own: no tenant and no sign-in needed.',
    'unifi-monitor open case.db',
  )
    .argument('<file>', 'a case file')
    .action(async (file: string, options: CommonOptions) => (await import('../commands/open.ts')).open(file, options));

/** Commands, in the order of the help. */
export const caseFileCommands = [bundle, open];
