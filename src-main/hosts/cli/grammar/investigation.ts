import { InvalidArgumentError, type Command } from 'commander';
import { findingKinds, type FindingKind } from '../../../contract/models/finding.ts';
import type { BatchOptions } from '../commands/investigate-batch.ts';
import type { InvestigateOptions } from '../commands/investigate.ts';
import { create, past } from './parts.ts';

const findingKind = (text: string): FindingKind => {
  const kind = findingKinds.find((one) => one === text);
  if (kind === undefined) throw new InvalidArgumentError(`Known are: ${findingKinds.join(', ')}.`);
  return kind;
};

/** Options that mean nothing without one of others. */
const needs: readonly [
  keyof InvestigateOptions | keyof BatchOptions,
  readonly ('who' | 'file' | 'finding' | 'out')[],
][] = [
  ['member', ['who']],
  ['live', ['who']],
  ['ticket', ['who']],
  ['redact', ['who']],
  ['column', ['file']],
  ['out', ['file', 'finding']],
  ['force', ['out']],
];

const investigate = (): Command =>
  past(
    create(
      'investigate',
      'Say in one sentence why somebody is missing, switched off or still active in UNIFI, and who has to do what.',
      'unifi-monitor investigate ada.brandt@contoso.example',
    ),
  )
    .argument(
      '[who]',
      'UPN (also an old one), mail, name or part of it, object id, SCIM id or externalId; also of a group',
    )
    .option('--member <who>', 'a member of the group that is named: why is this person in it, or not')
    .option('--live', 'ask Entra and UNIFI for this one person first: at most 12 requests, nothing is stored')
    .option('--ticket', 'print the text to paste into a ticket instead')
    .option('--redact', 'with --ticket: names, addresses and ids masked')
    .option('--file <csv>', 'everybody of a list instead: one row each')
    .option('--column <heading>', 'with --file: the column that names people (else one that says so, else the first)')
    .option('--finding <kind>', 'everybody with an unresolved finding of this kind instead', findingKind)
    .option('--out <csv>', 'with --file or --finding: write the rows to this file as well')
    .option('--force', 'with --out: replace the file')
    .action(async (who: string | undefined, options: InvestigateOptions & BatchOptions, command: Command) => {
      const asked = [who, options.file, options.finding].filter((one) => one !== undefined);
      if (asked.length !== 1) command.error('error: name one person, or --file, or --finding');
      for (const [name, needed] of needs) {
        if (options[name] !== undefined && !needed.some((one) => (one === 'who' ? who : options[one]) !== undefined))
          command.error(
            `error: --${name} goes with ${needed.map((one) => (one === 'who' ? 'one person' : `--${one}`)).join(' or ')}`,
          );
      }
      if (who === undefined) await (await import('../commands/investigate-batch.ts')).investigateBatch(options);
      else await (await import('../commands/investigate.ts')).investigate(who, options);
    });

/** Commands, in the order of the help. */
export const investigationCommands = [investigate];
