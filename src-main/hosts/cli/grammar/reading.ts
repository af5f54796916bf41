import type { Command } from 'commander';
import { sourceStates, targetStates } from '../../../contract/models/person.ts';
import type { LogsOptions } from '../commands/logs.ts';
import type { PeopleOptions } from '../commands/people.ts';
import type { RunsOptions } from '../commands/runs.ts';
import type { PastOptions } from '../past-state.ts';
import { create, moment, oneOf, paged, past, texts } from './parts.ts';

const status = (): Command =>
  past(
    create('status', 'Say in one sentence how the job is, and how fresh the data are.', 'unifi-monitor status --json'),
  ).action(async (options: PastOptions) => (await import('../commands/status.ts')).status(options));

const logs = (): Command =>
  past(
    paged(
      create(
        'logs',
        'List rows of the provisioning log, or show one of them.',
        'unifi-monitor logs --status failure --from 2026-11-01',
      ),
    ),
  )
    .argument('[id]', 'id of a row to show whole')
    .option('--from <time>', 'from this moment on', moment)
    .option('--to <time>', 'before this moment', moment)
    .option(
      '--status <status>',
      'success, failure, skipped, warning',
      oneOf(['success', 'failure', 'skipped', 'warning', 'unknown']),
    )
    .option('--action <action>', 'create, update, delete, disable, stagedDelete, other', texts)
    .option('--person <who>', 'object id, UPN or name of a person')
    .option('--cycle <id>', 'one cycle')
    .option('--error-code <code>', 'error code', texts)
    .option('--issue <key>', 'one issue: same code, same reason')
    .option('--benign', 'only skips that need nobody')
    .option('--no-benign', 'without skips that need nobody')
    .option('--text <words>', 'full text: names, addresses, ids, error text')
    .action(async (id: string | undefined, options: LogsOptions) =>
      (await import('../commands/logs.ts')).logs(id, options),
    );

const people = (): Command =>
  past(paged(create('people', 'List people with both sides and their findings.', 'unifi-monitor people brandt')))
    .argument('[text]', 'name, UPN, mail, user name or an id')
    .option('--source <state>', 'state in Entra', oneOf(sourceStates))
    .option('--target <state>', 'state in UNIFI', oneOf(targetStates))
    .option('--with-findings', 'only people with a finding')
    .action(async (text: string | undefined, options: PeopleOptions) =>
      (await import('../commands/people.ts')).people(text, options),
    );

const runs = (): Command =>
  paged(create('runs', 'List the collections, or entries of them that were not understood.', 'unifi-monitor runs'))
    .option('--kept-aside', 'the entries that were not understood')
    .action(async (options: RunsOptions) => (await import('../commands/runs.ts')).runs(options));

/** Commands, in the order of the help. */
export const readingCommands = [status, logs, people, runs];
