import type { CaseFile, CaseManifest, CaseScope } from '../../../contract/models/case-file.ts';
import { AppError } from '../../../core/app-error.ts';
import { caseScope } from '../../guards/case-files.ts';
import { count, line, time } from '../print.ts';
import { targetOf, type TargetOptions } from '../target.ts';
import { runCommand, type CliSession, type CommonOptions } from '../session.ts';

export interface BundleOptions extends CommonOptions, TargetOptions {
  person?: string;
  finding?: string;
  from?: string;
  to?: string;
  redact?: boolean;
}

const invalid = (field: string, message: string, advice: string, reason: string): AppError =>
  new AppError({ code: 'input-invalid', message, advice, fields: [{ field, reason }] });

/** The id of whoever is called so, as an investigation finds people. */
const personOf = async ({ api, on }: CliSession, who: string): Promise<string> => {
  const found = await api.investigate({ ...on, who });
  if (!found.ok) throw new AppError(found.failure);
  const { subject, candidates } = found.value;
  if (subject.id !== null) return subject.id;
  if (!candidates?.length) {
    throw invalid(
      'person',
      `Nobody called "${who}" is stored.`,
      'Check the spelling, or collect first.',
      'is not known',
    );
  }
  throw new AppError({
    code: 'selection-ambiguous',
    message: 'Several people fit.',
    advice: 'Name one by its object id or UPN.',
    candidates,
  });
};

const scopeOf = async (session: CliSession, options: BundleOptions): Promise<CaseScope> => {
  const { person, finding, from, to } = options;
  const period = from !== undefined || to !== undefined;
  if ([person !== undefined, finding !== undefined, period].filter(Boolean).length > 1) {
    throw invalid(
      'scope',
      'A case file is about one thing.',
      'Give one of --person, --finding, or --from and --to.',
      'is given more than once',
    );
  }
  if (person !== undefined) return { what: 'person', id: await personOf(session, person) };
  if (finding !== undefined) return { what: 'finding', id: finding };
  if (!period) return { what: 'all' };
  const asked = { what: 'period', from: from ?? '1970-01-01T00:00:00.000Z', to: to ?? '9999-01-01T00:00:00.000Z' };
  const checked = caseScope.safeParse(asked);
  if (checked.success) return checked.data;
  throw invalid('to', 'The period ends before it begins.', 'Correct --from or --to.', 'must end after it begins');
};

const statesOf = ({ states }: CaseManifest): string[] => {
  if (states === undefined) return [];
  if (states === null)
    return ['Nothing was collected by the end of the period: it holds the log of then, and no lists.'];
  const { first, last } = states;
  const [from, to] = [`run ${first.run} (${time(first.at)})`, `run ${last.run} (${time(last.at)})`];
  return [first.run === last.run ? `It holds the state of ${from}.` : `It holds the states from ${from} to ${to}.`];
};

const print = ({ file, rows, keyPlace, manifest }: CaseFile): void => {
  line(`Wrote ${count(rows)} rows to ${file}.`);
  line(
    keyPlace !== null
      ? `Names, addresses, ids and values are pseudonyms of the key ${manifest.redactionKeyId ?? ''}. It lies ${keyPlace}.`
      : 'Nothing in it is redacted: it holds names and addresses of people.',
  );
  for (const sentence of statesOf(manifest)) line(sentence);
  line(`SHA-256 over its content: ${manifest.sha256}`);
};

const write = async (session: CliSession, options: BundleOptions): Promise<CaseFile> => {
  const scope = await scopeOf(session, options);
  const { app, callId } = session;
  const { connection } = session.on;
  const redact = options.redact ?? false;
  return app.runCall(callId, (signal) =>
    app.histories.writeCaseFile({ connection, scope, redact, callId, signal }, targetOf(options)),
  );
};

/** Writes a case file. */
export const bundle = (options: BundleOptions): Promise<void> =>
  runCommand(options, async (session) => ({
    result: { version: 1, ok: true, value: await write(session, options) },
    print,
  }));
