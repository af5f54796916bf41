import type { Command } from 'commander';
import type { CommonOptions } from '../session.ts';
import { create } from './parts.ts';

const health = (): Command =>
  create(
    'health',
    'Say how the provisioning job is, how it usually runs, what its settings are, and what was changed about it.',
    'unifi-monitor health --connection contoso',
  ).action(async (options: CommonOptions) => (await import('../commands/health.ts')).health(options));

const blame = (): Command =>
  create(
    'blame',
    'Set every jump in failures, skips and findings beside the changes of the set-up just before it.',
    'unifi-monitor blame --json',
  ).action(async (options: CommonOptions) => (await import('../commands/blame.ts')).blame(options));

/** Commands, in the order of the help. */
export const jobHealthCommands = [health, blame];
