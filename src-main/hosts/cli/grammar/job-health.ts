import type { Command } from 'commander';
import type { PastOptions } from '../past-state.ts';
import { create, past } from './parts.ts';

const health = (): Command =>
  past(
    create(
      'health',
      'Say how the provisioning job is, how it usually runs, what its settings are, and what was changed about it.',
      'unifi-monitor health --connection contoso',
    ),
  ).action(async (options: PastOptions) => (await import('../commands/health.ts')).health(options));

const blame = (): Command =>
  past(
    create(
      'blame',
      'Set every jump in failures, skips and findings beside the changes of the set-up just before it.',
      'unifi-monitor blame --json',
    ),
  ).action(async (options: PastOptions) => (await import('../commands/blame.ts')).blame(options));

/** Commands, in the order of the help. */
export const jobHealthCommands = [health, blame];
