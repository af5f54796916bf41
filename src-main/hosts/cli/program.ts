import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { findingKinds, severities } from '../../contract/models/finding.ts';
import { sourceStates, targetStates } from '../../contract/models/person.ts';
import { signInModes } from '../../contract/models/connection.ts';
import type { CheckOptions } from './commands/check.ts';
import type { ConnectOptions } from './commands/connect.ts';
import type { DemoCommandOptions } from './commands/demo.ts';
import type { InvestigateOptions } from './commands/investigate.ts';
import type { LoginOptions } from './commands/login.ts';
import type { ServeOptions } from './commands/serve.ts';
import type { LogsOptions } from './commands/logs.ts';
import type { PeopleOptions } from './commands/people.ts';
import type { CommonOptions } from './session.ts';

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const whole =
  (name: string, least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`${name} is a whole number from ${least} to ${most}.`);
    }
    return value;
  };

const share = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It is a share from 0 to 1.');
  return value;
};

/** A date (midnight UTC) or a time with zone, as ISO 8601 UTC. */
const moment = (text: string): string => {
  const shaped = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/u.test(text);
  const ms = shaped ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Write it as 2026-11-23 or 2026-11-23T09:00:00Z.');
  return new Date(ms).toISOString();
};

const oneOf =
  (allowed: readonly string[]) =>
  (text: string, before: string[] = []): string[] => {
    for (const value of text.split(',')) {
      if (!allowed.includes(value)) throw new InvalidArgumentError(`Known are: ${allowed.join(', ')}.`);
    }
    return [...before, ...text.split(',')];
  };

const failOn = (text: string): string => oneOf([...severities, ...findingKinds])(text)[0] ?? text;
const texts = (text: string, before: string[] = []): string[] => [...before, ...text.split(',')];

const create = (name: string, description: string, example: string): Command =>
  new Command(name)
    .description(description)
    .option('--json', 'print the Result as JSON on stdout, and nothing else there')
    .option('--connection <name>', 'which connection, by name or id (not needed when there is one)')
    .option('--data-dir <directory>', 'where everything is kept (also UNIFI_MONITOR_DATA_DIR)')
    .addHelpText('after', `\nExample:\n  ${example}`);

const paged = (command: Command): Command =>
  command
    .option('--limit <n>', 'rows on this page', whole('--limit', 1, 1000), 50)
    .option('--cursor <text>', 'where the page begins: nextCursor of the page before');

const demo = (): Command =>
  create(
    'demo',
    'Run the whole job on the embedded demo tenant and open the window.',
    'unifi-monitor demo --no-serve --seed 3',
  )
    .option('--people <n>', 'people in the company', whole('--people', 20, 200_000), 400)
    .option('--days <n>', 'days of history', whole('--days', 1, 400), 45)
    .option('--seed <n>', 'another seed is another company', whole('--seed', 0, 2 ** 31), 7)
    .option('--now <time>', 'the fixed present moment of the simulation', moment)
    .option('--fault-rate <share>', 'share of people that get an injected fault', share)
    .option('--scenario <name>', 'a world in which the whole job has one trouble')
    .option('--truth <file>', 'write the injected faults to this file')
    .option('--port <n>', 'port of the window (else any free one)', whole('--port', 0, 65_535))
    .option('--tenant-only', 'only start the tenant, print how to reach it, and run until Ctrl-C')
    .option('--no-serve', 'end after the report instead of opening the window')
    .action(async (options: DemoCommandOptions) => (await import('./commands/demo.ts')).demo(options));

const connect = (): Command =>
  create(
    'connect',
    'Add a connection: test the sign-in, every permission and UNIFI, then save it.',
    'unifi-monitor connect --from contoso.json --job unifi.7b0c1d52',
  )
    .option('--from <file>', 'connection file (docs/connection.schema.json)')
    .option('--name <name>', 'name of the connection')
    .addOption(new Option('--cloud <cloud>', 'cloud of the tenant').choices(['global', 'usgov', 'usgov-dod', 'china']))
    .option('--authority <url>', 'custom sign-in host, together with --graph')
    .option('--graph <url>', 'custom Graph host, together with --authority')
    .option('--tenant <id>', 'tenant id')
    .option('--client-id <id>', 'application (client) id of the app registration that signs in')
    .addOption(new Option('--sign-in <mode>', 'how to sign in').choices(signInModes))
    .option('--scim-url <url>', "base address of UNIFI's SCIM endpoint")
    .option('--service-principal <id>', 'object id of the enterprise application')
    .option('--job <id>', 'the provisioning job, when several fit')
    .option(
      '--keep-logs <days>',
      'delete log rows older than this (else they are kept for ever)',
      whole('--keep-logs', 1, 36_500),
    )
    .option('--trust-host', 'confirm custom hosts, so that secrets of the environment may go there')
    .option('--replace', 'overwrite a connection of the same name; its history is kept')
    .option('--scim-token-stdin', 'read the SCIM token from standard input')
    .option('--list', 'list the connections instead')
    .option('--remove <name>', 'delete a connection with its database and secrets instead')
    .action(async (options: ConnectOptions) => (await import('./commands/connect.ts')).connect(options));

const login = (): Command =>
  create(
    'login',
    'Sign in to Entra, and store the SCIM token when it is missing.',
    'unifi-monitor login --connection contoso --device-code',
  )
    .option('--device-code', 'sign in with a code on another device')
    .option('--scim-token-stdin', 'read the SCIM token from standard input')
    .option('--client-secret-stdin', 'read the client secret from standard input')
    .action(async (options: LoginOptions) => (await import('./commands/login.ts')).login(options));

const logout = (): Command =>
  create('logout', 'Forget the sign-in of a connection.', 'unifi-monitor logout --connection contoso').action(
    async (options: CommonOptions) => (await import('./commands/logout.ts')).logout(options),
  );

const collect = (): Command =>
  create(
    'collect',
    'Pull logs, job state, directory and accounts into the history.',
    'unifi-monitor collect --connection contoso',
  ).action(async (options: CommonOptions) => (await import('./commands/collect.ts')).collect(options));

const check = (): Command =>
  create(
    'check',
    'Collect, cross-check Entra against UNIFI, and list what is wrong.',
    'unifi-monitor check --fail-on high',
  )
    .option('--offline', 'evaluate what is stored, without the network')
    .option(
      '--fail-on <severity|kind>',
      'exit with 1 when such a finding is open (a severity means it or worse)',
      failOn,
    )
    .action(async (options: CheckOptions) => (await import('./commands/check.ts')).check(options));

const status = (): Command =>
  create(
    'status',
    'Say in one sentence how the job is, and how fresh the data are.',
    'unifi-monitor status --json',
  ).action(async (options: CommonOptions) => (await import('./commands/status.ts')).status(options));

const logs = (): Command =>
  paged(
    create(
      'logs',
      'List rows of the provisioning log, or show one of them.',
      'unifi-monitor logs --status failure --from 2026-11-01',
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
      (await import('./commands/logs.ts')).logs(id, options),
    );

const people = (): Command =>
  paged(create('people', 'List people with both sides and their findings.', 'unifi-monitor people brandt'))
    .argument('[text]', 'name, UPN, mail, user name or an id')
    .option('--source <state>', 'state in Entra', oneOf(sourceStates))
    .option('--target <state>', 'state in UNIFI', oneOf(targetStates))
    .option('--with-findings', 'only people with a finding')
    .action(async (text: string | undefined, options: PeopleOptions) =>
      (await import('./commands/people.ts')).people(text, options),
    );

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
      (await import('./commands/investigate.ts')).investigate(who, options),
    );

const serve = (): Command =>
  create('serve', 'Serve the window on loopback and print its address.', 'unifi-monitor serve --open')
    .option('--port <n>', 'port (else any free one)', whole('--port', 0, 65_535))
    .option('--open', "open the address in the system's browser")
    .action(async (options: ServeOptions) => (await import('./commands/serve.ts')).serve(options));

/** The command line's grammar. Actions are loaded when they run. */
export const createProgram = (): Command => {
  const program = new Command('unifi-monitor')
    .description(
      'Watches the provisioning of users and groups from Microsoft Entra ID to UNIFI and finds out what went wrong.',
    )
    .version(version(), '--version')
    .showHelpAfterError('(add --help for what this command takes)');
  for (const make of [demo, connect, login, logout, collect, status, check, logs, people, investigate, serve]) {
    program.addCommand(make());
  }
  const commands: Command[] = [program, ...program.commands];
  for (const command of commands) command.exitOverride();
  return program;
};
