import type {
  ConnectReport,
  ConnectionFile,
  ConnectionSummary,
  SignInMode,
} from '../../../contract/models/connection.ts';
import type { Result } from '../../../contract/failure.ts';
import type { SecretKind } from '../../../contract/methods/connections.ts';
import { readConnectionFile } from '../../../adapters/files/connection-file.ts';
import { readTargetProfile } from '../../../adapters/files/target-profile.ts';
import type { TargetProfile } from '../../../contract/models/target-profile.ts';
import { AppError } from '../../../core/app-error.ts';
import { unifiProfile } from '../../target-profile.ts';
import { sayWhenNothingIsKept } from '../key-store-note.ts';
import { clean, faint, line, note, strong, table, time } from '../print.ts';
import { askHidden, canAsk, readSecretFromStandardInput } from '../secret-input.ts';
import { runCommand, type CliSession, type CommonOptions } from '../session.ts';

export interface ConnectOptions extends CommonOptions {
  from?: string;
  name?: string;
  cloud?: 'global' | 'usgov' | 'usgov-dod' | 'china';
  authority?: string;
  graph?: string;
  tenant?: string;
  clientId?: string;
  signIn?: SignInMode;
  scimUrl?: string;
  servicePrincipal?: string;
  job?: string;
  keepLogs?: number;
  keepStates?: number;
  keepAudit?: number;
  keepRuns?: number;
  trustHost?: boolean;
  replace?: boolean;
  scimTokenStdin?: boolean;
  list?: boolean;
  remove?: string;
  profile?: string;
}

/** From the file, overridden by options. What is missing is named by the guard behind the call. */
const fileOf = async (options: ConnectOptions, profile: TargetProfile): Promise<ConnectionFile> => {
  const base: Partial<ConnectionFile> = options.from ? await readConnectionFile(options.from) : {};
  const custom = options.authority !== undefined || options.graph !== undefined;
  const cloud = custom ? { authority: options.authority ?? '', graph: options.graph ?? '' } : options.cloud;
  return {
    cloud: 'global',
    signIn: 'interactive',
    scim: { baseUrl: profile.baseUrls[0] ?? '' },
    ...base,
    name: options.name ?? base.name ?? options.connection ?? '',
    tenantId: options.tenant ?? base.tenantId ?? process.env['AZURE_TENANT_ID'] ?? '',
    clientId: options.clientId ?? base.clientId ?? process.env['AZURE_CLIENT_ID'] ?? '',
    ...(cloud === undefined ? {} : { cloud }),
    ...(options.signIn ? { signIn: options.signIn } : {}),
    ...(options.scimUrl ? { scim: { baseUrl: options.scimUrl } } : {}),
    ...(options.servicePrincipal ? { servicePrincipalId: options.servicePrincipal } : {}),
    ...(options.job ? { jobId: options.job } : {}),
    ...(options.keepLogs === undefined ? {} : { keepLogsDays: options.keepLogs }),
    ...(options.keepStates === undefined ? {} : { keepStatesDays: options.keepStates }),
    ...(options.keepAudit === undefined ? {} : { keepAuditDays: options.keepAudit }),
    ...(options.keepRuns === undefined ? {} : { keepRunsDays: options.keepRuns }),
  };
};

/** Secrets come from standard input or a hidden prompt; those of the environment are used without being asked for. */
const secretsOf = async (
  file: ConnectionFile,
  options: ConnectOptions,
): Promise<Partial<Record<SecretKind, string>>> => {
  const secrets: Partial<Record<SecretKind, string>> = {};
  if (options.scimTokenStdin) {
    secrets['scim-token'] = await readSecretFromStandardInput('SCIM token');
  } else if (!process.env['UNIFI_SCIM_TOKEN'] && !options.json && canAsk()) {
    const token = await askHidden('SCIM token of UNIFI (not shown; Enter to leave it out for now): ');
    if (token) secrets['scim-token'] = token;
  }
  if (file.signIn === 'client-secret' && !process.env['AZURE_CLIENT_SECRET'] && !options.json && canAsk()) {
    const secret = await askHidden('Client secret (not shown): ');
    if (secret) secrets['client-secret'] = secret;
  }
  return secrets;
};

const marks = { works: 'works', fails: 'FAILS', 'not-tested': 'not tested' } as const;

const print = (report: ConnectReport): void => {
  table(
    ['Test', 'Result', ''],
    report.tests.map((test) => [test.id, marks[test.state], test.sentence]),
  );
  line();
  if (report.saved) {
    line(strong(`Connection "${clean(report.connection.name)}" is saved.`));
    line('Next: unifi-monitor check');
    return;
  }
  if (report.candidates) {
    line(
      report.candidates.length === 1
        ? 'The named job is not there, but this one fits. Nothing is saved yet; choose it:'
        : 'Several provisioning jobs could be the one. Nothing is saved yet; choose one:',
    );
    for (const candidate of report.candidates) {
      const choice = candidate.jobId
        ? `--job ${candidate.jobId}`
        : `--service-principal ${candidate.servicePrincipalId}`;
      line(`  ${clean(choice)}`);
      line(
        faint(
          `      ${clean(candidate.applicationName)}, ${candidate.state}, found by ${candidate.because.join(', ')}`,
        ),
      );
    }
    return;
  }
  line('No enterprise application of UNIFI was found. Nothing is saved; name it with --service-principal.');
};

const connectNew = async ({ api, callId }: CliSession, options: ConnectOptions) => {
  const profile = options.profile === undefined ? null : await readTargetProfile(options.profile);
  const file = await fileOf(options, profile ?? unifiProfile);
  const secrets = await secretsOf(file, options);
  const result = await api.connect({
    callId,
    connection: file,
    ...(options.trustHost ? { trustHost: true } : {}),
    ...(options.replace ? { replace: true } : {}),
    ...(profile ? { profile } : {}),
    ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
  });
  // A choice is open or something failed: the report says which, the exit code that it is not done or not whole.
  const exitCode = !result.ok
    ? 0
    : !result.value.saved
      ? 2
      : result.value.tests.some((test) => test.state === 'fails')
        ? 4
        : 0;
  const endsHere = Object.keys(secrets).length > 0 || ['interactive', 'device-code'].includes(file.signIn);
  return {
    result,
    async print(report: ConnectReport) {
      print(report);
      if (report.saved && endsHere) await sayWhenNothingIsKept(api);
    },
    exitCode,
  };
};

const printList = (value: { connections: ConnectionSummary[] }): void => {
  if (value.connections.length === 0) {
    line('No connection yet: unifi-monitor connect --name NAME --tenant ID --client-id ID');
    return;
  }
  table(
    ['Name', 'Cloud', 'Tenant', 'Last run', 'Database'],
    value.connections.map((entry) => [
      entry.name,
      entry.cloudLabel,
      entry.tenantId,
      time(entry.lastRunAt),
      entry.databaseFile,
    ]),
  );
  for (const entry of value.connections) {
    if (entry.failure) note(`${clean(entry.name)}: ${clean(entry.failure.message)} ${clean(entry.failure.advice)}`);
  }
};

const remove = async (
  session: CliSession,
  name: string,
  options: ConnectOptions,
): Promise<Result<{ deleted: string }>> => {
  if (!options.json && canAsk()) {
    const answer = await askHidden(`Delete "${name}" with its whole history and secrets? Type its name to confirm: `);
    if (answer !== name) {
      throw new AppError({
        code: 'cancelled',
        message: 'Nothing was deleted.',
        advice: 'Type the name exactly to confirm.',
      });
    }
  }
  return session.api.deleteConnection({ connection: name });
};

export const connect = (options: ConnectOptions): Promise<void> => {
  if (options.list)
    return runCommand(options, async ({ api }) => ({ result: await api.listConnections({}), print: printList }));
  const { remove: name } = options;
  if (name !== undefined) {
    return runCommand(options, async (session) => ({
      result: await remove(session, name, options),
      print: (value: { deleted: string }) => line(`Deleted "${clean(value.deleted)}" with its history and secrets.`),
    }));
  }
  return runCommand(options, (session) => connectNew(session, options));
};
