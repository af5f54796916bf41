import { findingKinds, type FindingKind, type FindingState } from '../../../contract/models/finding.ts';
import type { Finding, NotEvaluated } from '../../../contract/models/finding.ts';
import { chooseColumns } from '../../../core/report/column-rules.ts';
import { findingRules } from '../../../core/report/kinds/finding-rules.ts';
import { plainText, smallTable, tableOf } from '../../../core/report/make-sections.ts';
import type { Cell, Section, TableSection } from '../../../core/report/report.ts';
import type { ReportWords } from '../../../core/report/words/report-words.ts';
import type { HistoryStore } from '../../ports.ts';
import type { ReportContext } from '../report-context.ts';
import { findingLots } from '../row-sources.ts';

/** What somebody has to act on leads. */
const stateOrder = ['open', 'pending', 'resolved'] as const;

type Counts = Map<FindingKind, Record<FindingState, number>>;

const countFindings = async (lots: AsyncIterable<Finding[]>): Promise<{ counts: Counts; notVerified: number }> => {
  const counts: Counts = new Map();
  let notVerified = 0;
  for await (const lot of lots) {
    for (const { kind, state, verified } of lot) {
      const entry = counts.get(kind) ?? { open: 0, pending: 0, resolved: 0 };
      entry[state] += 1;
      counts.set(kind, entry);
      if (!verified) notVerified += 1;
    }
  }
  return { counts, notVerified };
};

/** What could not be evaluated, as a table of every report that rests on findings. */
export const notEvaluatedTable = (items: readonly NotEvaluated[] | null, words: ReportWords): TableSection =>
  smallTable({
    id: 'not-evaluated',
    title: words.sections.notEvaluated,
    empty: items === null ? words.sentences.notCompared : words.sentences.nothingLeftOut,
    columns: [
      { id: 'kind', title: words.columns.kind, type: 'text', sensitivity: 'open' },
      { id: 'attribute', title: words.columns.attribute, type: 'text', sensitivity: 'open' },
      { id: 'source', title: words.columns.source, type: 'text', sensitivity: 'open' },
      { id: 'reason', title: words.columns.reason, type: 'text', sensitivity: 'prose', weight: 3 },
      { id: 'count', title: words.columns.count, type: 'number', sensitivity: 'open', weight: 0.6 },
    ],
    rows: (items ?? []).map(({ kind, attribute, source, reason, count }): Cell[] => [
      kind === undefined ? null : words.findingKinds[kind],
      attribute ?? null,
      source === undefined ? null : words.sources[source],
      reason,
      count,
    ]),
  });

/** What the newest evaluation left out; null before the first one. */
const readNotEvaluated = async (store: HistoryStore): Promise<NotEvaluated[] | null> =>
  (await store.findings.evaluation())?.notEvaluated ?? null;

/** Every finding: counts first, then one by one, then what was not evaluated. findings.md. */
export const buildReconciliation = async (
  context: ReportContext,
): Promise<{ sections: Section[]; mainTable: string }> => {
  const { store, options, words, format, rowLimit, status, subjects } = context;
  const filter = options.findingKinds?.length ? { kind: options.findingKinds } : {};
  const choice = {
    subjects,
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
  };
  const rules = chooseColumns(findingRules(words), options.columns);
  const { counts, notVerified } = await countFindings(findingLots(store, filter, choice));
  const sum = (state: FindingState): number => [...counts.values()].reduce((all, entry) => all + entry[state], 0);
  const [open, pending, resolved] = [sum('open'), sum('pending'), sum('resolved')];
  const whole = status.sources.length > 0 && status.sources.every(({ status: state }) => state === 'complete');
  const notEvaluated = await readNotEvaluated(store);
  const { sentences } = words;
  const empty =
    notEvaluated === null ? sentences.notCompared : whole ? sentences.noFindings : sentences.noFindingsPartial;
  const figure = (
    id: 'open' | 'pending' | 'resolved' | 'notVerified',
    value: number,
    tone: 'bad' | 'warning' | null,
  ) => ({
    id,
    label: words.figures[id],
    // Before the first comparison nobody counted.
    value: notEvaluated === null ? null : value,
    type: 'number' as const,
    sensitivity: 'open' as const,
    ...(tone !== null && value > 0 ? { tone } : {}),
  });
  return {
    mainTable: 'findings',
    sections: [
      plainText('job', words.sections.job, [words.job(status.job, format.moment)], 'lead'),
      {
        type: 'figures',
        id: 'summary',
        title: words.sections.summary,
        figures: [
          figure('open', open, 'bad'),
          figure('pending', pending, 'warning'),
          figure('resolved', resolved, null),
          figure('notVerified', notVerified, 'warning'),
        ],
      },
      smallTable({
        id: 'by-kind',
        title: words.sections.byKind,
        empty,
        columns: [
          { id: 'kind', title: words.columns.kind, type: 'text', sensitivity: 'open', weight: 4 },
          ...stateOrder.map((state) => ({
            id: state,
            title: words.columns[state],
            type: 'number' as const,
            sensitivity: 'open' as const,
          })),
        ],
        rows: findingKinds.flatMap((kind): Cell[][] => {
          const entry = counts.get(kind);
          return entry === undefined ? [] : [[words.findingKinds[kind], ...stateOrder.map((state) => entry[state])]];
        }),
      }),
      tableOf(
        {
          id: 'findings',
          title: words.sections.findings,
          rules,
          lots: findingLots(store, filter, choice),
          total: open + pending + resolved,
          limit: rowLimit,
          empty,
        },
        words,
      ),
      notEvaluatedTable(notEvaluated, words),
    ],
  };
};
