import type { Finding, FindingKind, FindingReason, FindingState, Severity } from '../../../contract/models/finding.ts';
import type { Certainty, RuleOutcome, TimelineEntry, VerdictActor } from '../../../contract/models/investigation.ts';
import type { JobState, JobStatus } from '../../../contract/models/job-status.ts';
import type { Person, SourceState, TargetState } from '../../../contract/models/person.ts';
import type { DiffKind, DiffSection, SetupArea } from '../../../contract/models/history-diff.ts';
import type { SetUpCheckId, SetUpCheckState, SetUpStep } from '../../../contract/models/set-up-check.ts';
import type { LogStatus } from '../../../contract/models/provisioning-event.ts';
import type { ReportKind, ReportLanguage } from '../../../contract/models/report.ts';
import type { SourceName, SourceStatus } from '../../../contract/models/run.ts';

/** A single row, as numbers of rows are written: such a sentence is another one. */
export const one = '1';

/** Columns that reports have; each has a title in every language. */
export const columnIds = [
  'kind',
  'state',
  'severity',
  'type',
  'name',
  'entraId',
  'scimId',
  'member',
  'memberEntraId',
  'memberScimId',
  'attribute',
  'difference',
  'reason',
  'expected',
  'actual',
  'related',
  'changedAt',
  'expectedBy',
  'firstSeen',
  'lastSeen',
  'openedAt',
  'resolvedAt',
  'verified',
  'assumed',
  'advice',
  'evidence',
  'findingId',
  'open',
  'pending',
  'resolved',
  'source',
  'count',
  'upn',
  'mail',
  'displayName',
  'enabled',
  'createdAt',
  'deletedAt',
  'sourceState',
  'targetState',
  'joinedBy',
  'userName',
  'externalId',
  'active',
  'scimDisplayName',
  'scimCreatedAt',
  'scimModifiedAt',
  'findings',
  'verdict',
  'actor',
  'certainty',
  'at',
  'action',
  'status',
  'benign',
  'errorCode',
  'errorDetails',
  'recommendedAction',
  'meaning',
  'remedy',
  'durationMs',
  'initiatedBy',
  'sourceSystem',
  'targetSystem',
  'cycleId',
  'changeId',
  'jobId',
  'steps',
  'causeStep',
  'changes',
  'logId',
  'body',
  'leftAt',
  'stillActive',
  'daysActive',
  'lastWrite',
  'rule',
  'question',
  'outcome',
  'agreement',
  'note',
  'event',
  'items',
  'lastCompleteAt',
  'trouble',
  'code',
  'rows',
  'step',
  'what',
  'before',
  'after',
  'from',
  'to',
  'objectId',
] as const;
export type ColumnId = (typeof columnIds)[number];

interface Titled {
  title: string;
  description: string;
}

/** Everything that a report says by itself, in one language. One file per language; the type keeps them complete. */
export interface ReportWords {
  language: ReportLanguage;
  /** For `Intl`. */
  locale: string;
  kinds: Record<ReportKind, Titled>;
  /** What of a kind is not in this language but in English, as its source gives it; null: nothing is. */
  englishParts: Record<ReportKind, string> | null;
  columns: Record<ColumnId, string>;
  sections: Record<
    | 'summary'
    | 'byKind'
    | 'findings'
    | 'notEvaluated'
    | 'sources'
    | 'people'
    | 'log'
    | 'leavers'
    | 'job'
    | 'figures'
    | 'trend'
    | 'topIssues'
    | 'toDo'
    | 'verdict'
    | 'steps'
    | 'sides'
    | 'attributes'
    | 'path'
    | 'timeline'
    | 'logRows'
    | 'unknown'
    | 'finding'
    | 'gaps'
    | 'about'
    | 'longTexts'
    | 'states'
    | 'differences'
    | 'setUpChanges'
    | 'checks'
    | 'changesByKind',
    string
  >;
  findingKinds: Record<FindingKind, string>;
  /** What to do about findings of a kind, for who leads. */
  kindAdvice: Record<FindingKind, string>;
  findingStates: Record<FindingState, string>;
  severities: Record<Severity, string>;
  reasons: Record<FindingReason, string>;
  differences: Record<NonNullable<Finding['difference']>, string>;
  subjectTypes: Record<'user' | 'group' | 'unknown', string>;
  sourceStates: Record<SourceState, string>;
  targetStates: Record<TargetState, string>;
  joinedBy: Record<NonNullable<Person['joinedBy']>, string>;
  sources: Record<SourceName, string>;
  sourceStatuses: Record<SourceStatus, string>;
  logStatuses: Record<LogStatus, string>;
  /** Known actions of the service; others stay as the service wrote them. */
  actions: Readonly<Record<string, string>>;
  jobStates: Record<JobState, string>;
  actors: Record<VerdictActor, string>;
  certainties: Record<Certainty, string>;
  outcomes: Record<RuleOutcome, string>;
  agreements: Record<'same' | 'different' | 'unknown', string>;
  events: Record<TimelineEntry['kind'], string>;
  diffSections: Record<DiffSection, string>;
  diffKinds: Record<DiffKind, string>;
  setupAreas: Record<SetupArea, string>;
  setUpSteps: Record<SetUpStep, string>;
  setUpChecks: Record<SetUpCheckId, string>;
  setUpStates: Record<SetUpCheckState, string>;
  assumed: Readonly<Record<string, string>>;
  yes: string;
  no: string;
  nothing: string;
  never: string;
  /** What to do about a finding. */
  advice(finding: Finding): string;
  /** The job's health in one sentence. */
  job(job: JobStatus | null, moment: (at: string) => string): string;
  labels: Record<
    | 'client'
    | 'connection'
    | 'tenant'
    | 'application'
    | 'period'
    | 'created'
    | 'collected'
    | 'evaluated'
    | 'timeZone'
    | 'language'
    | 'selection'
    | 'redaction'
    | 'rows'
    | 'version'
    | 'dataSha256'
    | 'contents'
    | 'page'
    | 'section'
    | 'entry'
    | 'field'
    | 'value'
    | 'day',
    string
  >;
  figures: Record<
    | 'job'
    | 'openHigh'
    | 'open'
    | 'pending'
    | 'resolved'
    | 'notVerified'
    | 'people'
    | 'inScope'
    | 'accounts'
    | 'stillActive'
    | 'leavers'
    | 'logRows'
    | 'failures'
    | 'failureShare'
    | 'lastCollected'
    | 'incompleteSources',
    string
  >;
  outcomesOfDay: Record<'success' | 'failure' | 'warning' | 'skippedOther' | 'skippedBenign', string>;
  sentences: {
    period(from: string | null, to: string | null): string;
    newest: string;
    redactedOn(keyId: string): string;
    redactedOff: string;
    cut(rows: string, total: string | null): string;
    allRows(rows: string): string;
    notOnPaper(rows: string): string;
    notCompared: string;
    logNeverRead: string;
    noIssuesPartial: string;
    utcDays: string;
    noFindings: string;
    noFindingsPartial: string;
    findingsCount(open: string, pending: string, resolved: string): string;
    noRows: string;
    noPeople: string;
    noLeavers: string;
    noDifferences: string;
    noSetUpChanges: string;
    betweenRuns(from: string, to: string): string;
    setUpStored: string;
    noIssues: string;
    nothingLeftOut: string;
    noGaps: string;
    incomplete(sources: string): string;
    allComplete: string;
    neverCollected: string;
    trend(days: number, failures: string): string;
    uncoveredDays(days: number): string;
    topIssues: string;
    toDoNothing: string;
    toDoKind(kind: string, count: string): string;
    care: string;
    redactedCare: string;
    integrity: string;
    selectedKinds(kinds: string): string;
    selectedPeople(people: string): string;
    selectedGroups(groups: string): string;
    selectedColumns(columns: string): string;
    rowLimit(rows: string): string;
    subject(name: string): string;
    candidates(name: string): string;
    longText(sheet: string, row: string): string;
    asIs: string;
  };
}
