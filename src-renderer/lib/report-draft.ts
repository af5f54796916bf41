import type { FindingKind } from '../../src-main/contract/models/finding.ts';
import type {
  ReportFormat,
  ReportKind,
  ReportKindInfo,
  ReportLanguage,
  ReportOptions,
} from '../../src-main/contract/models/report.ts';

/** What the form of a report holds: texts as they are typed. */
export interface ReportDraft {
  kind: ReportKind;
  format: ReportFormat;
  /** Days, `2026-11-20`; the last one belongs to the period. */
  from: string;
  to: string;
  /** States of a difference. */
  fromState: string;
  toState: string;
  findingKinds: FindingKind[];
  /** A name, address or id on each line. */
  people: string;
  groups: string;
  subject: string;
  /** Null: the kind's own choice. */
  columns: string[] | null;
  language: ReportLanguage;
  timeZone: string;
  title: string;
  client: string;
  accent: string;
  logo: { name: string; base64: string } | null;
  redact: boolean;
  rowLimit: string;
}

export const formatWords: Record<ReportFormat, { title: string; hint: string }> = {
  html: { title: 'HTML page', hint: 'One file for any browser; prints well.' },
  pdf: { title: 'PDF', hint: 'Pages A4; at most 1,000 rows of a table unless a limit is named.' },
  xlsx: { title: 'Excel workbook', hint: 'Typed columns with filters; a sheet for each table.' },
  csv: { title: 'CSV', hint: 'The main table; what else there is stands in a second file.' },
  json: { title: 'JSON', hint: 'For programs: one document, described in docs/report.schema.json.' },
  ndjson: { title: 'NDJSON', hint: 'For programs: a line for each row.' },
};

/** The zone of this computer; a report says its times there unless another one is chosen. */
const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export const newDraft = (): ReportDraft => ({
  kind: 'reconciliation',
  format: 'html',
  from: '',
  to: '',
  fromState: '',
  toState: '',
  findingKinds: [],
  people: '',
  groups: '',
  subject: '',
  columns: null,
  language: 'en',
  timeZone: ownZone(),
  title: '',
  client: '',
  accent: '#0a5ba8',
  logo: null,
  redact: false,
  rowLimit: '',
});

const dayMs = 86_400_000;
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Midnight UTC of a day, or of the day after it; undefined for an empty or unreadable one. */
const midnight = (day: string, after: number): string | undefined => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? undefined : new Date(ms + after * dayMs).toISOString();
};

/** Why a day of the form cannot be read; null for one that can, and for none. */
export const dayProblem = (day: string): string | null =>
  day.trim() === '' || (/^\d{4}-\d\d-\d\d$/u.test(day.trim()) && midnight(day.trim(), 0) !== undefined)
    ? null
    : 'is written as 2026-11-20';

/** What a draft asks for: only what means something for its kind, and nothing that is left empty. */
export const optionsOf = (draft: ReportDraft, info: ReportKindInfo): ReportOptions => {
  const takes = (option: ReportKindInfo['takes'][number]): boolean => info.takes.includes(option);
  const limit = Number(draft.rowLimit);
  const asked: { [K in keyof ReportOptions]: ReportOptions[K] | undefined } & { kind: ReportKind } = {
    kind: draft.kind,
    from: takes('period') ? midnight(draft.from.trim(), 0) : undefined,
    to: takes('period') ? midnight(draft.to.trim(), 1) : undefined,
    fromState: takes('states') && draft.fromState.trim() !== '' ? draft.fromState.trim() : undefined,
    toState: takes('states') && draft.toState.trim() !== '' ? draft.toState.trim() : undefined,
    findingKinds: takes('finding-kinds') && draft.findingKinds.length > 0 ? [...draft.findingKinds] : undefined,
    people: takes('people') && draft.people.trim() !== '' ? linesOf(draft.people) : undefined,
    groups: takes('groups') && draft.groups.trim() !== '' ? linesOf(draft.groups) : undefined,
    subject: takes('subject') && draft.subject.trim() !== '' ? draft.subject.trim() : undefined,
    columns: takes('columns') && draft.columns !== null ? [...draft.columns] : undefined,
    language: draft.language,
    timeZone: draft.timeZone.trim() || undefined,
    title: draft.title.trim() || undefined,
    client: draft.client.trim() || undefined,
    accent: draft.accent,
    logo: draft.logo?.base64,
    redact: draft.redact ? true : undefined,
    rowLimit: draft.rowLimit.trim() !== '' && Number.isInteger(limit) && limit > 0 ? limit : undefined,
  };
  return Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== undefined),
  ) as unknown as ReportOptions;
};

/** The form of a saved report. */
export const draftOf = (format: ReportFormat, options: ReportOptions): ReportDraft => {
  const draft = newDraft();
  const { from, to, logo, rowLimit } = options;
  return {
    ...draft,
    kind: options.kind,
    format,
    from: from?.slice(0, 10) ?? '',
    to: to === undefined ? '' : new Date(Date.parse(to) - 1).toISOString().slice(0, 10),
    fromState: options.fromState ?? '',
    toState: options.toState ?? '',
    findingKinds: [...(options.findingKinds ?? [])],
    people: options.people?.join('\n') ?? '',
    groups: options.groups?.join('\n') ?? '',
    subject: options.subject ?? '',
    columns: options.columns ? [...options.columns] : null,
    language: options.language ?? 'en',
    timeZone: options.timeZone ?? 'UTC',
    title: options.title ?? '',
    client: options.client ?? '',
    accent: options.accent ?? draft.accent,
    logo: logo === undefined ? null : { name: 'saved logo', base64: logo },
    redact: options.redact ?? false,
    rowLimit: rowLimit === undefined ? '' : String(rowLimit),
  };
};
