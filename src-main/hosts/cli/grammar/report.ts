import { InvalidArgumentError, Option, type Command } from 'commander';
import { findingKinds } from '../../../contract/models/finding.ts';
import { reportFormats, reportKinds, reportLanguages } from '../../../contract/models/report.ts';
import type { ReportCommandOptions } from '../commands/report.ts';
import { create, moment, oneOf, texts, whole } from './parts.ts';

const colour = (text: string): string => {
  if (!/^#[0-9a-f]{6}$/iu.test(text)) throw new InvalidArgumentError('Write it as #0a5ba8.');
  return text;
};

const report = (): Command =>
  create(
    'report',
    'Write a report from the stored history, run a saved one, or check that a file was not changed.',
    'unifi-monitor report reconciliation --format xlsx --out reconciliation.xlsx',
  )
    .argument('<what>', `${reportKinds.join(', ')}; or run, save, list, delete, verify`)
    .argument('[name]', 'evidence: person or finding; run, save, delete: name of the saved report; verify: file')
    .addOption(new Option('--format <format>', 'kind of file (else by the ending of --out)').choices(reportFormats))
    .option('--out <file>', 'where to write; {date} and {time} are replaced')
    .option('--force', 'replace a file that exists')
    .addOption(new Option('--kind <kind>', 'with save: what the report is about').choices(reportKinds))
    .option('--subject <who>', 'with save of an evidence report: person or finding')
    .option('--replace', 'with save: overwrite a saved report of that name')
    .option('--from <time>', 'from this moment on', moment)
    .option('--to <time>', 'before this moment', moment)
    .option('--from-state <state>', 'difference: from this state on: first, previous, last, a run or a date')
    .option('--to-state <state>', 'difference: up to this state')
    .option('--finding-kinds <kinds>', 'findings of these kinds only, separated by commas', oneOf(findingKinds))
    .option('--people <people>', 'only these people: ids, addresses or names, separated by commas', texts)
    .option('--groups <groups>', 'only these groups and their direct members: ids or names, separated by commas', texts)
    .option(
      '--columns <ids>',
      'ids of columns of the main table, in this order, separated by commas; a wrong one lists them all',
      texts,
    )
    .addOption(new Option('--language <language>', 'language of the report').choices(reportLanguages))
    .option('--time-zone <name>', 'time zone of the report, such as Europe/Berlin (else UTC)')
    .option('--title <text>', 'title of the report')
    .option('--client <name>', 'for whom it is made')
    .option('--logo <file>', 'PNG or JPEG of at most 600 KB')
    .option('--accent <colour>', 'colour of the head, such as #0a5ba8', colour)
    .option('--redact', 'pseudonyms in place of names, addresses, ids and values of people')
    .option(
      '--row-limit <n>',
      'at most so many rows of a table (else 10,000 in HTML, 1,000 in PDF; they hold no more than 100,000 and 5,000)',
      whole('--row-limit', 1, 10_000_000),
    )
    .action(async (what: string, name: string | undefined, options: ReportCommandOptions) =>
      (await import('../commands/report.ts')).report(what, name, options),
    );

/** Commands, in the order of the help. */
export const reportCommands = [report];
