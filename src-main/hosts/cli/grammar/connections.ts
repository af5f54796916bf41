import { Option, type Command } from 'commander';
import { signInModes } from '../../../contract/models/connection.ts';
import type { ConnectOptions } from '../commands/connect.ts';
import type { LoginOptions } from '../commands/login.ts';
import type { CommonOptions } from '../session.ts';
import { create, whole } from './parts.ts';

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
    .option('--profile <file>', 'target profile of another SCIM application (docs/target-profile.md)')
    .option('--service-principal <id>', 'object id of the enterprise application')
    .option('--job <id>', 'the provisioning job, when several fit')
    .option(
      '--keep-logs <days>',
      'delete log rows older than this (else they are kept for ever)',
      whole('--keep-logs', 1, 36_500),
    )
    .option(
      '--keep-states <days>',
      'delete past states of lists, people and findings older than this (else for ever)',
      whole('--keep-states', 1, 36_500),
    )
    .option(
      '--keep-audit <days>',
      'delete events of the audit log older than this (else for ever)',
      whole('--keep-audit', 1, 36_500),
    )
    .option(
      '--keep-runs <days>',
      'delete the ledger of collections older than this, and what was kept aside then (else for ever)',
      whole('--keep-runs', 1, 36_500),
    )
    .option('--trust-host', 'confirm custom hosts, so that secrets of the environment may go there')
    .option('--replace', 'overwrite a connection of the same name; its history is kept')
    .option('--scim-token-stdin', 'read the SCIM token from standard input')
    .option('--list', 'list the connections instead')
    .option('--remove <name>', 'delete a connection with its database and secrets instead')
    .action(async (options: ConnectOptions) => (await import('../commands/connect.ts')).connect(options));

const login = (): Command =>
  create(
    'login',
    'Sign in to Entra, and store the SCIM token when it is missing.',
    'unifi-monitor login --connection contoso --device-code',
  )
    .option('--device-code', 'sign in with a code on another device')
    .option('--scim-token-stdin', 'read the SCIM token from standard input')
    .option('--client-secret-stdin', 'read the client secret from standard input')
    .action(async (options: LoginOptions) => (await import('../commands/login.ts')).login(options));

const logout = (): Command =>
  create('logout', 'Forget the sign-in of a connection.', 'unifi-monitor logout --connection contoso').action(
    async (options: CommonOptions) => (await import('../commands/logout.ts')).logout(options),
  );

/** Commands, in the order of the help. */
export const connectionCommands = [connect, login, logout];
