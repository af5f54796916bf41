import type { Command } from 'commander';
import type { InvestigateOptions } from '../commands/investigate.ts';
import { create } from './parts.ts';

const investigate = (): Command =>
  create(
    'investigate',
    'Say in one sentence why somebody is missing, switched off or still active in UNIFI, and who has to do what.',
    'unifi-monitor investigate ada.brandt@contoso.example',
  )
    .argument('<who>', 'UPN (also an old one), mail, name or part of it, object id, SCIM id or externalId')
    .option('--ticket', 'print the text to paste into a ticket instead')
    .option('--redact', 'with --ticket: names, addresses and ids masked')
    .action(async (who: string, options: InvestigateOptions) =>
      (await import('../commands/investigate.ts')).investigate(who, options),
    );

/** Commands, in the order of the help. */
export const investigationCommands = [investigate];
