import type { Difference, DiffSummary } from '../../../contract/models/history-diff.ts';
import { chooseColumns } from '../../../core/report/column-rules.ts';
import { differenceRules } from '../../../core/report/kinds/difference-rules.ts';
import { plainText, smallTable, tableOf } from '../../../core/report/make-sections.ts';
import type { Cell, Column, ReportMeta, Section } from '../../../core/report/report.ts';
import type { ReportWords } from '../../../core/report/words/report-words.ts';
import { diffStates } from '../../history/diff-states.ts';
import type { HistoryStore } from '../../ports.ts';
import type { ReportContext } from '../report-context.ts';

const lotSize = 1000;

async function* differenceLots(store: HistoryStore, range: { from: string; to: string }): AsyncGenerator<Difference[]> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.differences.page>> = await store.differences.page(
      range,
      {},
      { limit: lotSize, ...(cursor === null ? {} : { cursor }) },
    );
    if (page.rows.length > 0) yield page.rows;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

const open = (id: string, title: string, type: Column['type'] = 'text', weight = 1): Column => ({
  id,
  title,
  type,
  sensitivity: 'open',
  weight,
});

const countRows = ({ counts }: DiffSummary, words: ReportWords): Cell[][] =>
  counts.flatMap(({ section, kinds }) =>
    (Object.entries(kinds) as [keyof typeof kinds, number][]).map(([kind, count]): Cell[] => [
      words.diffSections[section],
      words.diffKinds[kind],
      count,
    ]),
  );

const summaryTables = (summary: DiffSummary, words: ReportWords): Section[] => {
  const { columns, sections, nothing } = words;
  return [
    smallTable({
      id: 'counts',
      title: sections.changesByKind,
      empty: words.sentences.noDifferences,
      columns: [open('what', columns.what), open('kind', columns.kind), open('count', columns.count, 'number', 0.5)],
      rows: countRows(summary, words),
    }),
    smallTable({
      id: 'set-up',
      title: sections.setUpChanges,
      empty: words.sentences.noSetUpChanges,
      columns: [
        open('what', columns.what),
        { id: 'event', title: columns.event, type: 'text', sensitivity: 'prose', weight: 3 },
        { id: 'before', title: columns.before, type: 'text', sensitivity: 'prose', weight: 2 },
        { id: 'after', title: columns.after, type: 'text', sensitivity: 'prose', weight: 2 },
      ],
      rows: summary.setup.map(({ area, sentence, before, after }): Cell[] => [
        words.setupAreas[area],
        sentence,
        before,
        after,
      ]),
    }),
    smallTable({
      id: 'job',
      title: sections.job,
      empty: nothing,
      columns: [
        open('at', columns.at, 'time'),
        open('state', columns.state),
        { id: 'event', title: columns.event, type: 'text', sensitivity: 'prose', weight: 3 },
      ],
      rows: summary.job.map(({ run, state, sentence }): Cell[] => [run.startedAt, words.jobStates[state], sentence]),
    }),
    smallTable({
      id: 'log',
      title: sections.log,
      empty: words.sentences.noRows,
      columns: [
        open('status', columns.status),
        open('benign', columns.benign, 'flag'),
        open('count', columns.count, 'number', 0.5),
      ],
      rows: summary.log.outcomes.map(({ status, benign, count }): Cell[] => [words.logStatuses[status], benign, count]),
    }),
  ];
};

/** What changed between two collections: counts first, then the set-up, the job and the log, then every object. */
export const buildDifference = async (
  context: ReportContext,
): Promise<{ sections: Section[]; mainTable: string; period: ReportMeta['period'] }> => {
  const { store, clock, connection, options, words, rowLimit, signal } = context;
  const rules = chooseColumns(differenceRules(words), options.columns);
  const summary = await diffStates(store, {
    clock,
    jobId: connection.jobId,
    from: options.fromState ?? 'previous',
    to: options.toState ?? 'last',
    signal,
  });
  const { from, to } = summary;
  const range = { from: from.run.id, to: to.run.id };
  const counted = await store.differences.page(range, {}, { limit: 1, withTotal: true });
  const notes = [...new Set([...from.notes, ...to.notes])];
  return {
    mainTable: 'differences',
    period: { from: from.at, to: to.at },
    sections: [
      plainText('states', words.sections.states, [words.sentences.betweenRuns(from.run.id, to.run.id)], 'lead'),
      ...(notes.length === 0 ? [] : [plainText('notes', words.sections.unknown, notes, 'warning')]),
      ...summaryTables(summary, words),
      tableOf(
        {
          id: 'differences',
          title: words.sections.differences,
          rules,
          lots: differenceLots(store, range),
          total: counted.total ?? null,
          limit: rowLimit,
          empty: words.sentences.noDifferences,
        },
        words,
      ),
    ],
  };
};
