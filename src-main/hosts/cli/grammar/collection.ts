import type { Command } from 'commander';
import { findingKinds, severities } from '../../../contract/models/finding.ts';
import type { CheckOptions } from '../commands/check.ts';
import type { CommonOptions } from '../session.ts';
import { create, oneOf, past } from './parts.ts';

const failOn = (text: string): string => oneOf([...severities, ...findingKinds])(text)[0] ?? text;

const collect = (): Command =>
  create(
    'collect',
    'Pull logs, job state, directory and accounts into the history.',
    'unifi-monitor collect --connection contoso',
  ).action(async (options: CommonOptions) => (await import('../commands/collect.ts')).collect(options));

const check = (): Command =>
  past(
    create(
      'check',
      'Collect, cross-check Entra against UNIFI, and list what is wrong.',
      'unifi-monitor check --fail-on high',
    ),
  )
    .option('--offline', 'evaluate what is stored, without the network')
    .option(
      '--fail-on <severity|kind>',
      'exit with 1 when such a finding is open (a severity means it or worse)',
      failOn,
    )
    .action(async (options: CheckOptions) => (await import('../commands/check.ts')).check(options));

/** Commands, in the order of the help. */
export const collectionCommands = [collect, check];
