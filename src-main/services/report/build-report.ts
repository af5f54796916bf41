import type { ReportKind, ReportOptions } from '../../contract/models/report.ts';
import type { Connection } from '../../contract/models/connection.ts';
import type { TargetProfile } from '../../contract/models/target-profile.ts';
import { AppError } from '../../core/app-error.ts';
import { createValueFormat, isTimeZone, type ValueFormat } from '../../core/report/format-values.ts';
import { strayOptions } from '../../core/report/list-kinds.ts';
import type { Report, ReportMeta, Section } from '../../core/report/report.ts';
import type { ReportWords } from '../../core/report/words/report-words.ts';
import { wordsOf } from '../../core/report/words/words-of.ts';
import type { ApplicationInfo } from '../../core/model/directory.ts';
import { runMoment } from '../../core/model/run-moment.ts';
import type { Clock, HistoryStore } from '../ports.ts';
import { readStatus } from '../read-status.ts';
import { buildDifference } from './kinds/difference.ts';
import { buildEvidence } from './kinds/evidence.ts';
import { buildHealth } from './kinds/health.ts';
import { buildLeavers } from './kinds/leavers.ts';
import { buildLog } from './kinds/log.ts';
import { buildPeople } from './kinds/people.ts';
import { buildReconciliation } from './kinds/reconciliation.ts';
import { buildSetUp } from './kinds/set-up.ts';
import type { ReportContext } from './report-context.ts';
import { selectSubjects } from './select-subjects.ts';

export interface BuildReportOptions {
  store: HistoryStore;
  clock: Clock;
  connection: Connection;
  /** What a set-up is compared with. */
  profile: TargetProfile;
  options: ReportOptions;
  /** Most rows of a table: what was asked for, or what the format can bear. */
  rowLimit: number;
  application: { name: string; version: string };
  /** First characters of a sum over the key of the pseudonyms; null: nothing is redacted. */
  redactionKeyId: string | null;
  signal: AbortSignal;
}

type Built = { sections: Section[]; mainTable: string | null; period?: ReportMeta['period'] };

const builders: Record<ReportKind, (context: ReportContext) => Promise<Built>> = {
  health: buildHealth,
  reconciliation: buildReconciliation,
  people: buildPeople,
  log: buildLog,
  evidence: buildEvidence,
  leavers: buildLeavers,
  difference: buildDifference,
  setup: buildSetUp,
};

const invalid = (field: string, message: string, reason: string): AppError =>
  new AppError({
    code: 'input-invalid',
    message,
    advice: 'Correct the named field and try again.',
    fields: [{ field, reason }],
  });

const checkStray = (options: ReportOptions): void => {
  const stray = strayOptions(options);
  if (stray.length === 0) return;
  throw new AppError({
    code: 'input-invalid',
    message: 'This kind of report does not take everything that was given.',
    advice: 'Leave the named options out, or choose another kind.',
    fields: stray.map((field) => ({ field, reason: 'means nothing for this kind of report' })),
  });
};

/** Bounds that hold nothing are a mistake, not an empty report. */
const checkPeriod = ({ from, to }: ReportOptions, now: Date): void => {
  if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to)) {
    throw invalid('to', 'The period ends before it begins.', 'must be later than the beginning');
  }
  if (from !== undefined && Date.parse(from) > now.getTime()) {
    throw invalid('from', 'The period begins in the future.', 'lies in the future');
  }
};

const selectionOf = (options: ReportOptions, rowLimit: number, context: ReportContext): string[] => {
  const { words, format, subjects } = context;
  const { sentences } = words;
  return [
    ...(options.subject === undefined ? [] : [sentences.subject(options.subject)]),
    ...(options.findingKinds?.length
      ? [sentences.selectedKinds(options.findingKinds.map((kind) => words.findingKinds[kind]).join(', '))]
      : []),
    ...(subjects?.peopleNames.length ? [sentences.selectedPeople(subjects.peopleNames.join(', '))] : []),
    ...(subjects?.groupNames.length ? [sentences.selectedGroups(subjects.groupNames.join(', '))] : []),
    ...(options.columns?.length ? [sentences.selectedColumns(options.columns.join(', '))] : []),
    ...(options.rowLimit === undefined ? [] : [sentences.rowLimit(format.number(rowLimit))]),
  ];
};

const hasPeriod: readonly ReportKind[] = ['health', 'reconciliation', 'log', 'leavers'];

const metaOf = async (
  input: BuildReportOptions,
  context: ReportContext,
  own: ReportMeta['period'] | undefined,
): Promise<ReportMeta> => {
  const { store, options, connection } = input;
  const { words, status } = context;
  const [latest, evaluation, application] = await Promise.all([
    store.runs.latest(),
    store.findings.evaluation(),
    store.snapshots.document('application'),
  ]);
  const { from, to } = options;
  return {
    kind: options.kind,
    title: options.title?.trim() || words.kinds[options.kind].title,
    language: words.language,
    languageNote: words.englishParts?.[options.kind] ?? null,
    timeZone: options.timeZone ?? 'UTC',
    client: options.client?.trim() || null,
    connection: {
      name: connection.name,
      tenantId: connection.tenantId,
      application: application ? (JSON.parse(application.json) as ApplicationInfo).displayName : null,
    },
    period:
      own ??
      (hasPeriod.includes(options.kind) && (from !== undefined || to !== undefined || options.kind === 'log')
        ? { from: from ?? null, to: to ?? null }
        : null),
    createdAt: input.clock.now().toISOString(),
    collectedAt: latest ? runMoment(latest.run, latest.sources) : null,
    evaluatedAt: evaluation?.at ?? null,
    application: input.application,
    sources: status.sources,
    selection: selectionOf(options, input.rowLimit, context),
    redaction: { on: input.redactionKeyId !== null, keyId: input.redactionKeyId },
  };
};

/**
 * Builds a report from what is stored; its tables are read when it is written. Throws `input-invalid` naming the field
 * (unknown column, person, group or time zone, a period that holds nothing), `selection-ambiguous`, `run-unknown`, and
 * the store's failures.
 */
export const buildReport = async (
  input: BuildReportOptions,
): Promise<{ report: Report; words: ReportWords; format: ValueFormat }> => {
  const { store, clock, connection, options, signal, rowLimit } = input;
  const words = wordsOf(options.language ?? 'en');
  const timeZone = options.timeZone ?? 'UTC';
  if (!isTimeZone(timeZone)) {
    throw invalid('timeZone', `"${timeZone}" is no time zone.`, 'must be a name such as Europe/Berlin');
  }
  checkStray(options);
  checkPeriod(options, clock.now());
  const format = createValueFormat(words, timeZone);
  const jobId = connection.jobId ?? null;
  const context: ReportContext = {
    store,
    clock,
    connection: { name: connection.name, tenantId: connection.tenantId, jobId },
    fullConnection: connection,
    profile: input.profile,
    options,
    words,
    format,
    rowLimit,
    signal,
    status: await readStatus(store, clock, jobId),
    subjects: await selectSubjects(store, {
      ...(options.people === undefined ? {} : { people: options.people }),
      ...(options.groups === undefined ? {} : { groups: options.groups }),
    }),
  };
  const { period, ...built } = await builders[options.kind](context);
  return { report: { meta: await metaOf(input, context, period), ...built }, words, format };
};
