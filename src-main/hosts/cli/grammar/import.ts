import type { Command } from 'commander';
import type { CommonOptions } from '../session.ts';
import { create } from './parts.ts';

const importFiles = (): Command =>
  create(
    'import',
    'Take downloads of the provisioning log over into the history: portal JSON, the three CSV files, NDJSON.',
    'unifi-monitor import ProvisioningLogs*.csv',
  )
    .argument('<files...>', 'files of a download')
    .action(async (files: string[], options: CommonOptions) =>
      (await import('../commands/import.ts')).importFiles(files, options),
    );

/** Commands, in the order of the help. */
export const importCommands = [importFiles];
