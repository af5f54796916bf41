import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { checkReport } from '../../../adapters/files/check-report.ts';
import type { FindingKind } from '../../../contract/models/finding.ts';
import {
  reportFormats,
  reportKinds,
  type ReportCheck,
  type ReportDefinition,
  type ReportFile,
  type ReportFormat,
  type ReportKind,
  type ReportLanguage,
  type ReportOptions,
} from '../../../contract/models/report.ts';
import { AppError } from '../../../core/app-error.ts';
import { reportOptions } from '../../guards/report.ts';
import { clean, count, faint, line, strong, table, time } from '../print.ts';
import { runCommand, type CliSession, type CommandEnd, type CommonOptions } from '../session.ts';

export interface ReportCommandOptions extends CommonOptions {
  format?: ReportFormat;
  out?: string;
  force?: boolean;
  kind?: ReportKind;
  subject?: string;
  replace?: boolean;
  from?: string;
  to?: string;
  fromState?: string;
  toState?: string;
  findingKinds?: FindingKind[];
  people?: string[];
  groups?: string[];
  columns?: string[];
  language?: ReportLanguage;
  timeZone?: string;
  title?: string;
  client?: string;
  logo?: string;
  accent?: string;
  redact?: boolean;
  rowLimit?: number;
}

type Value = ReportFile | ReportDefinition | { reports: ReportDefinition[] } | { deleted: string } | ReportCheck;

const invalid = (field: string, message: string, advice: string, reason: string): AppError =>
  new AppError({ code: 'input-invalid', message, advice, fields: [{ field, reason }] });

const readLogoFile = async (file: string): Promise<string> => {
  try {
    return (await readFile(file)).toString('base64');
  } catch (cause) {
    throw new AppError(
      {
        code: 'file-unreadable',
        message: `The logo ${file} cannot be read.`,
        advice: 'Check its path and rights.',
        file,
      },
      { cause },
    );
  }
};

/** What the options ask for, checked like the input of any other caller. */
const optionsOf = async (
  kind: ReportKind,
  subject: string | undefined,
  options: ReportCommandOptions,
): Promise<ReportOptions> => {
  const { from, to, findingKinds, people, groups, columns, language, timeZone, title, client, accent, redact } =
    options;
  const asked = {
    kind,
    from,
    to,
    fromState: options.fromState,
    toState: options.toState,
    findingKinds,
    people,
    groups,
    subject,
    columns,
    language,
    timeZone,
    title,
    client,
    accent,
    redact,
    rowLimit: options.rowLimit,
    logo: options.logo === undefined ? undefined : await readLogoFile(options.logo),
  };
  const present = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const checked = reportOptions.safeParse(present);
  if (checked.success) return checked.data as ReportOptions;
  throw new AppError({
    code: 'input-invalid',
    message: 'The report cannot be made with these options.',
    advice: 'Correct the named options and try again.',
    fields: checked.error.issues.map(({ path, message }) => ({ field: path.join('.'), reason: message })),
  });
};

/** The format that was named, else the one that the file's ending says. */
const formatOf = (options: ReportCommandOptions): ReportFormat => {
  const ending = extname(options.out ?? '')
    .slice(1)
    .toLowerCase();
  const format = options.format ?? reportFormats.find((known) => known === (ending === 'htm' ? 'html' : ending));
  if (format) return format;
  throw invalid(
    'format',
    'It is not clear which kind of file the report shall be.',
    `Add --format: ${reportFormats.join(', ')}.`,
    'is missing',
  );
};

/** Where to write: `{date}` and `{time}` of the moment of writing, so that a schedule needs no shell. */
const fileOf = (out: string | null | undefined): string => {
  if (!out) throw invalid('out', 'The report has no file to go to.', 'Add --out FILE.', 'is missing');
  const now = new Date().toISOString();
  return resolve(out.replaceAll('{date}', now.slice(0, 10)).replaceAll('{time}', now.slice(11, 16).replace(':', '')));
};

const printFile = (value: ReportFile): void => {
  line(`${strong(clean(value.title))} written to ${clean(value.file ?? '')}, ${count(value.bytes)} bytes.`);
  for (const { table: name, rows, total, cut } of value.tables) {
    const all = total === null ? 'there are more' : `of ${count(total)}`;
    line(cut ? `  ${name}: only the first ${count(rows)} rows (${all})` : `  ${name}: ${count(rows)} rows`);
  }
  if (value.companion !== null) line(`Beside it: ${clean(value.companion)}`);
  if (value.keyPlace !== null) line(`The key of its pseudonyms lies ${clean(value.keyPlace)}.`);
  line(faint(`SHA-256 over the data: ${value.dataSha256}`));
};

const write = async (
  { app, callId, on }: CliSession,
  options: ReportOptions,
  target: { format: ReportFormat; file: string; force: boolean },
): Promise<CommandEnd<Value>> => {
  const { connection } = on;
  // Ctrl-C reaches this call as it reaches those of the contract.
  const value = await app.runCall(callId, (signal) =>
    app.reports.write({ connection, options, callId, signal }, target),
  );
  return { result: { version: 1, ok: true, value }, print: (written) => printFile(written as ReportFile) };
};

const needed = (name: string | undefined, what: string): string => {
  if (name !== undefined) return name;
  throw invalid('name', `${what} needs a name.`, `Write it behind the word: report ${what} NAME.`, 'is missing');
};

const save = async (
  { app, on }: CliSession,
  name: string,
  options: ReportCommandOptions,
): Promise<CommandEnd<Value>> => {
  if (options.kind === undefined) {
    throw invalid('kind', 'A saved report needs a kind.', `Add --kind: ${reportKinds.join(', ')}.`, 'is missing');
  }
  const definition: ReportDefinition = {
    name,
    format: formatOf(options),
    // A schedule runs in another folder than the one in which it was written.
    file: options.out === undefined ? null : resolve(options.out),
    options: await optionsOf(options.kind, options.subject, options),
    savedAt: new Date().toISOString(),
  };
  const saved = await app.reports.definitions(on.connection);
  await saved.save(definition, { replace: options.replace ?? false });
  return {
    result: { version: 1, ok: true, value: definition },
    print: () => line(`Saved. Run it with: unifi-monitor report run ${JSON.stringify(clean(name))}`),
  };
};

const runSaved = async (
  session: CliSession,
  name: string,
  options: ReportCommandOptions,
): Promise<CommandEnd<Value>> => {
  const definition = await (await session.app.reports.definitions(session.on.connection)).find(name);
  const checked = reportOptions.safeParse(definition.options);
  if (!checked.success) {
    throw invalid(
      'name',
      `The saved report "${definition.name}" holds options that this version does not know.`,
      'Save it again.',
      checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '),
    );
  }
  const format = options.format ?? definition.format;
  const file = fileOf(options.out ?? definition.file);
  return write(session, checked.data as ReportOptions, { format, file, force: options.force ?? false });
};

const list = async ({ app, on }: CliSession): Promise<CommandEnd<Value>> => {
  const reports = await (await app.reports.definitions(on.connection)).list();
  return {
    result: { version: 1, ok: true, value: { reports } },
    print: () =>
      table(
        ['Name', 'Kind', 'Format', 'Saved', 'File'],
        reports.map(({ name, format, file, options, savedAt }) => [name, options.kind, format, time(savedAt), file]),
      ),
  };
};

const verify = async (file: string): Promise<CommandEnd<Value>> => {
  const value = await checkReport(resolve(file));
  return {
    result: { version: 1, ok: true, value },
    print() {
      line(`${strong(value.state)}: ${clean(value.sentence)}`);
      if (value.dataSha256 !== null) line(faint(`SHA-256 over the data: ${value.dataSha256}`));
      line(value.limits);
    },
    exitCode: value.state === 'intact' ? 0 : 1,
  };
};

const isKind = (what: string): what is ReportKind => (reportKinds as readonly string[]).includes(what);

const run = async (
  session: CliSession,
  what: string,
  name: string | undefined,
  options: ReportCommandOptions,
): Promise<CommandEnd<Value>> => {
  if (isKind(what)) {
    const format = formatOf(options);
    const file = fileOf(options.out);
    return write(session, await optionsOf(what, name, options), { format, file, force: options.force ?? false });
  }
  switch (what) {
    case 'run':
      return runSaved(session, needed(name, what), options);
    case 'save':
      return save(session, needed(name, what), options);
    case 'list':
      return list(session);
    case 'verify':
      return verify(needed(name, what));
    case 'delete': {
      const known = needed(name, what);
      await (await session.app.reports.definitions(session.on.connection)).delete(known);
      return {
        result: { version: 1, ok: true, value: { deleted: known } },
        print: () => line(`Deleted the saved report "${clean(known)}".`),
      };
    }
    default:
      throw invalid(
        'what',
        `There is no report "${what}".`,
        `Write one of: ${reportKinds.join(', ')}, run, save, list, delete, verify.`,
        'is not known',
      );
  }
};

/** Writes a report, tends saved ones, or checks a file. */
export const report = (what: string, name: string | undefined, options: ReportCommandOptions): Promise<void> =>
  runCommand(options, (session) => run(session, what, name, options));
