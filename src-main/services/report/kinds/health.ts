import { findingKinds, severities } from '../../../contract/models/finding.ts';
import type { JobState } from '../../../contract/models/job-status.ts';
import type { DayOutcome } from '../../../contract/models/provisioning-event.ts';
import { explainError } from '../../../core/errors/explain-error.ts';
import { plainText, smallTable } from '../../../core/report/make-sections.ts';
import type { Cell, ChartSection, Figure, Section, Tone } from '../../../core/report/report.ts';
import type { ReportContext } from '../report-context.ts';
import { isCompared, isLogRead } from '../what-is-known.ts';
import { logPeriod } from './log.ts';

const dayMs = 86_400_000;
/** A page holds no more. */
const shownIssues = 3;
const shownKinds = 5;
const shownDays = 30;

const jobTones: Record<JobState, Tone> = {
  quarantined: 'bad',
  disabled: 'bad',
  paused: 'bad',
  failing: 'bad',
  silent: 'bad',
  late: 'warning',
  escrows: 'warning',
  initial: 'warning',
  'never-run': 'warning',
  unknown: 'warning',
  'healthy-quiet': 'good',
  healthy: 'good',
};

/** The period that was asked for, else the last 30 days. */
const boundsOf = ({ options, clock }: ReportContext): { from: string; to: string } => {
  const nowMs = clock.now().getTime();
  const endMs = options.to === undefined ? (Math.floor(nowMs / dayMs) + 1) * dayMs : Date.parse(options.to);
  return {
    from: options.from ?? new Date(endMs - shownDays * dayMs).toISOString(),
    to: new Date(endMs).toISOString(),
  };
};

const trendOf = (days: readonly DayOutcome[], { words, format, options }: ReportContext): ChartSection => {
  const series = (id: keyof typeof words.outcomesOfDay, tone: Tone): ChartSection['series'][number] => ({
    id,
    title: words.outcomesOfDay[id],
    tone,
    values: days.map((day) => day[id]),
  });
  const failures = days.reduce((sum, { failure }) => sum + failure, 0);
  const uncovered = days.filter(({ covered }) => !covered).length;
  return {
    type: 'chart',
    id: 'trend',
    title: words.sections.trend,
    summary: [
      words.sentences.trend(days.length, format.number(failures)),
      ...(options.timeZone === undefined || options.timeZone === 'UTC' ? [] : [words.sentences.utcDays]),
      ...(uncovered === 0 ? [] : [words.sentences.uncoveredDays(uncovered)]),
    ].join(' '),
    categories: days.map(({ day }) => day),
    covered: days.map(({ covered }) => covered),
    series: [
      series('failure', 'bad'),
      series('warning', 'warning'),
      series('skippedOther', 'neutral'),
      series('success', 'good'),
      series('skippedBenign', 'faint'),
    ],
  };
};

const figuresOf = async (context: ReportContext, days: readonly DayOutcome[]): Promise<Figure[]> => {
  const { store, words, status } = context;
  const [bySeverity] = await store.findings.facets({ state: ['open'] }, ['severity']);
  const high = bySeverity?.values.find(({ value }) => value === 'high')?.count ?? 0;
  const inScope = await store.people.page({ source: ['in-scope'] }, { limit: 1, withTotal: true });
  const rows = days.reduce(
    (sum, day) => sum + day.success + day.failure + day.warning + day.skippedOther + day.skippedBenign,
    0,
  );
  const failures = days.reduce((sum, { failure }) => sum + failure, 0);
  const compared = await isCompared(store);
  const logRead = isLogRead(context);
  const accountsRead = status.sources.some(
    ({ source, lastCompleteAt }) => source === 'scim-users' && lastCompleteAt !== null,
  );
  // What nobody counted is left out: a zero would say that there is none.
  const number = (id: keyof typeof words.figures, value: number | null, tone?: Tone): Figure => ({
    id,
    label: words.figures[id],
    value,
    type: 'number',
    sensitivity: 'open',
    ...(tone === undefined || value === 0 || value === null ? {} : { tone }),
  });
  const state = status.job?.state ?? 'unknown';
  return [
    {
      id: 'job',
      label: words.figures.job,
      value: words.jobStates[state],
      type: 'text',
      sensitivity: 'open',
      tone: jobTones[state],
    },
    number('openHigh', compared ? high : null, 'bad'),
    number('open', compared ? status.counts.findingsOpen : null, 'warning'),
    number('pending', compared ? status.counts.findingsPending : null),
    number('inScope', compared ? (inScope.total ?? 0) : null),
    number('accounts', accountsRead ? status.counts.accounts : null),
    number('logRows', logRead ? rows : null),
    number('failures', logRead ? failures : null, 'bad'),
  ];
};

const toDoRows = async ({ store, words }: ReportContext): Promise<Cell[][]> => {
  const [facet] = await store.findings.facets({ state: ['open'] }, ['kind']);
  const counts = new Map(facet?.values.map(({ value, count }) => [value, count]));
  const rows: { severity: number; count: number; cells: Cell[] }[] = [];
  for (const kind of findingKinds) {
    const count = counts.get(kind) ?? 0;
    if (count === 0) continue;
    const [worst] = (await store.findings.page({ kind: [kind], state: ['open'] }, { limit: 1 })).rows;
    if (!worst) continue;
    rows.push({
      severity: severities.indexOf(worst.severity),
      count,
      cells: [words.findingKinds[kind], count, words.severities[worst.severity], words.kindAdvice[kind]],
    });
  }
  return rows.sort((a, b) => a.severity - b.severity || b.count - a.count).map(({ cells }) => cells);
};

const issueRows = async (context: ReportContext, bounds: { from: string; to: string }): Promise<Cell[][]> => {
  const { store, signal } = context;
  const [facet] = await store.log.facets({ ...logPeriod(bounds), status: ['failure'] }, ['errorCode'], { signal });
  return (facet?.values ?? []).map(({ value, count }): Cell[] => {
    const explained = explainError(value, null);
    return [value, count, explained.meaning, explained.remedy];
  });
};

/** One page: the job in a sentence, key figures, the trend, what to do first, and the top issues of the log. */
export const buildHealth = async (
  context: ReportContext,
): Promise<{ sections: Section[]; mainTable: null; period: { from: string; to: string } }> => {
  const { store, words, format, status } = context;
  const bounds = boundsOf(context);
  const days = await store.log.outcomes(bounds.from, bounds.to);
  const incomplete = status.sources.filter(({ status: state }) => state !== 'complete' && state !== 'skipped');
  const madeAt = context.clock.now().toISOString();
  const { sentences } = words;
  const warning =
    status.sources.length === 0
      ? sentences.neverCollected
      : incomplete.length > 0
        ? sentences.incomplete(incomplete.map(({ source }) => words.sources[source]).join(', '))
        : null;
  return {
    mainTable: null,
    // The days go on to midnight; the report knows nothing after it was made.
    period: { from: bounds.from, to: bounds.to < madeAt ? bounds.to : madeAt },
    sections: [
      plainText('job', words.sections.job, [words.job(status.job, format.moment)], 'lead'),
      ...(warning === null ? [] : [plainText('completeness', words.sections.sources, [warning], 'warning')]),
      { type: 'figures', id: 'figures', title: words.sections.figures, figures: await figuresOf(context, days) },
      trendOf(days, context),
      smallTable({
        id: 'to-do',
        title: words.sections.toDo,
        empty: !(await isCompared(store))
          ? sentences.notCompared
          : warning === null
            ? sentences.toDoNothing
            : sentences.noFindingsPartial,
        columns: [
          { id: 'kind', title: words.columns.kind, type: 'text', sensitivity: 'open', weight: 2.2 },
          { id: 'count', title: words.columns.count, type: 'number', sensitivity: 'open', weight: 0.8 },
          { id: 'severity', title: words.columns.severity, type: 'text', sensitivity: 'open', weight: 0.7 },
          { id: 'advice', title: words.columns.advice, type: 'text', sensitivity: 'open', weight: 5 },
        ],
        rows: await toDoRows(context),
        limit: shownKinds,
      }),
      smallTable({
        id: 'top-issues',
        title: words.sections.topIssues,
        empty: !isLogRead(context)
          ? sentences.logNeverRead
          : days.every(({ covered }) => covered)
            ? sentences.noIssues
            : sentences.noIssuesPartial,
        note: sentences.topIssues,
        columns: [
          { id: 'code', title: words.columns.errorCode, type: 'text', sensitivity: 'open', weight: 2.2 },
          { id: 'rows', title: words.columns.rows, type: 'number', sensitivity: 'open', weight: 0.8 },
          { id: 'meaning', title: words.columns.meaning, type: 'text', sensitivity: 'open', weight: 2.4 },
          { id: 'remedy', title: words.columns.remedy, type: 'text', sensitivity: 'open', weight: 3.6 },
        ],
        rows: await issueRows(context, bounds),
        limit: shownIssues,
      }),
    ],
  };
};
