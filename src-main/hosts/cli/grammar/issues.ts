import type { Command } from 'commander';
import { issueStates } from '../../../contract/models/issue.ts';
import { viewNames } from '../../../contract/models/named-view.ts';
import type { IssuesOptions } from '../commands/issues.ts';
import type { ViewsOptions } from '../commands/views.ts';
import { create, oneOf, paged, texts } from './parts.ts';

const issues = (): Command =>
  paged(
    create(
      'issues',
      'List failures of the provisioning log grouped by cause, show one of them, or mute it until it grows.',
      'unifi-monitor issues --state open',
    ),
  )
    .argument('[action-or-id]', 'id of an issue to show; or "mute" or "unmute" followed by an id')
    .argument('[id]', 'id of the issue to mute or unmute')
    .option('--state <state>', issueStates.join(', '), oneOf(issueStates))
    .option('--text <text>', 'part of the code, the reason or the attribute')
    .option('--note <text>', 'with mute: why it may wait')
    .action(async (first: string | undefined, second: string | undefined, options: IssuesOptions) =>
      (await import('../commands/issues.ts')).issues(first, second, options),
    );

const views = (): Command =>
  paged(
    create(
      'views',
      'List one of the named views: stale links, successes without effect, phantom updates, leavers by what is owed.',
      'unifi-monitor views leaver-clock --what past-due',
    ),
  )
    .argument('<name>', viewNames.join(', '))
    .option('--what <word>', 'only these, as the column "What" names them', texts)
    .option('--text <text>', 'part of a name, an id, an attribute or the sentence')
    .action(async (name: string, options: ViewsOptions) => (await import('../commands/views.ts')).views(name, options));

/** Commands, in the order of the help. */
export const issueCommands = [issues, views];
