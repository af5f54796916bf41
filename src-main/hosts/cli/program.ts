import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { applicationCommands } from './grammar/application.ts';
import { collectionCommands } from './grammar/collection.ts';
import { connectionCommands } from './grammar/connections.ts';
import { historyCommands } from './grammar/history.ts';
import { investigationCommands } from './grammar/investigation.ts';
import { issueCommands } from './grammar/issues.ts';
import { jobHealthCommands } from './grammar/job-health.ts';
import { careCommands } from './grammar/care.ts';
import { caseFileCommands } from './grammar/case-files.ts';
import { importCommands } from './grammar/import.ts';
import { purgeCommands } from './grammar/purge.ts';
import { queryCommands } from './grammar/query.ts';
import { reportCommands } from './grammar/report.ts';
import { readingCommands } from './grammar/reading.ts';
import { setUpCommands } from './grammar/set-up.ts';

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const commandsInOrder = [
  ...applicationCommands,
  ...connectionCommands,
  ...collectionCommands,
  ...readingCommands,
  ...investigationCommands,
  ...jobHealthCommands,
  ...setUpCommands,
  ...historyCommands,
  ...issueCommands,
  ...queryCommands,
  ...caseFileCommands,
  ...importCommands,
  ...careCommands,
  ...purgeCommands,
  ...reportCommands,
];

/** The command line's grammar. Actions are loaded when they run. */
export const createProgram = (): Command => {
  const program = new Command('unifi-monitor')
    .description(
      'Watches the provisioning of users and groups from Microsoft Entra ID to UNIFI and finds out what went wrong.',
    )
    .version(version(), '--version')
    .showHelpAfterError('(add --help for what this command takes)');
  for (const make of commandsInOrder) {
    program.addCommand(make());
  }
  const commands: Command[] = [program, ...program.commands];
  for (const command of commands) command.exitOverride();
  return program;
};
