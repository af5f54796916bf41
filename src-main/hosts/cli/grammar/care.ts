import type { Command } from 'commander';
import type { BackupOptions } from '../commands/care.ts';
import type { CommonOptions } from '../session.ts';
import { create } from './parts.ts';

const verify = (): Command =>
  create(
    'verify',
    'Read the whole history and compare what has to agree: file, references, full text, counts, ledger.',
    'unifi-monitor verify',
  ).action(async (options: CommonOptions) => (await import('../commands/care.ts')).verify(options));

const backup = (): Command =>
  create(
    'backup',
    'Copy the history into one file, also while it is written.',
    'unifi-monitor backup --output /backup/contoso.db',
  )
    .option('--output <file>', 'where to write (else a new file of the folder "backups")')
    .option('--force', 'replace a file that is there')
    .action(async (options: BackupOptions) => (await import('../commands/care.ts')).backup(options));

const restore = (): Command =>
  create(
    'restore',
    'Replace the history by a backup; what was there is kept.',
    'unifi-monitor restore /backup/contoso.db',
  )
    .argument('<file>', 'a backup')
    .action(async (file: string, options: CommonOptions) =>
      (await import('../commands/care.ts')).restore(file, options),
    );

const vacuum = (): Command =>
  create('vacuum', 'Give back the room of what was deleted, and overwrite it.', 'unifi-monitor vacuum').action(
    async (options: CommonOptions) => (await import('../commands/care.ts')).vacuum(options),
  );

/** Commands, in the order of the help. */
export const careCommands = [verify, backup, restore, vacuum];
