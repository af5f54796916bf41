import { setUpSteps, type SetUpCheck, type SetUpCheckState } from '../../../contract/models/set-up-check.ts';
import { plainText, smallTable } from '../../../core/report/make-sections.ts';
import type { Cell, Column, Section, Sensitivity } from '../../../core/report/report.ts';
import type { ColumnId, ReportWords } from '../../../core/report/words/report-words.ts';
import { checkSetUp } from '../../set-up-check/check-set-up.ts';
import type { ReportContext } from '../report-context.ts';

const column = (words: ReportWords, id: ColumnId, sensitivity: Sensitivity, weight = 1): Column => ({
  id,
  title: words.columns[id],
  type: 'text',
  sensitivity,
  weight,
});

const rowOf = (check: SetUpCheck, words: ReportWords): Cell[] => {
  const step = setUpSteps.find(({ checks }) => (checks as readonly string[]).includes(check.id));
  return [
    step === undefined ? null : words.setUpSteps[step.id],
    words.setUpChecks[check.id],
    words.setUpStates[check.state],
    check.sentence,
    check.fix ?? null,
    check.evidence.map(({ text }) => text).join(' ') || null,
    check.id,
  ];
};

/** Every check of the set-up in the order of the steps, from what is stored: a report asks nobody. */
export const buildSetUp = async (context: ReportContext): Promise<{ sections: Section[]; mainTable: string }> => {
  const { store, clock, fullConnection, profile, words, signal, format } = context;
  const { checks } = await checkSetUp({ store, clock, connection: fullConnection, profile, live: null, signal });
  const figure = (state: SetUpCheckState) => {
    const value = checks.filter((check) => check.state === state).length;
    return {
      id: state,
      label: words.setUpStates[state],
      value,
      type: 'number' as const,
      sensitivity: 'open' as const,
      ...(state === 'wrong' && value > 0 ? { tone: 'bad' as const } : {}),
    };
  };
  const { sentences } = words;
  return {
    mainTable: 'checks',
    sections: [
      plainText('job', words.sections.job, [words.job(context.status.job, format.moment)], 'lead'),
      {
        type: 'figures',
        id: 'summary',
        title: words.sections.summary,
        figures: [figure('right'), figure('wrong'), figure('not-checkable')],
      },
      smallTable({
        id: 'checks',
        title: words.sections.checks,
        empty: words.nothing,
        note: sentences.setUpStored,
        columns: [
          column(words, 'step', 'open', 1.2),
          column(words, 'question', 'open', 1.5),
          column(words, 'outcome', 'open', 0.8),
          column(words, 'verdict', 'prose', 2.4),
          column(words, 'remedy', 'prose', 2.4),
          { ...column(words, 'evidence', 'prose'), detail: true },
          { ...column(words, 'rule', 'open'), detail: true },
        ],
        rows: checks.map((check) => rowOf(check, words)),
      }),
    ],
  };
};
