import type { Finding } from '../../../contract/models/finding.ts';
import type { Investigation } from '../../../contract/models/investigation.ts';
import type { Person } from '../../../contract/models/person.ts';
import { AppError } from '../../../core/app-error.ts';
import { cellsOf, columnsOf } from '../../../core/report/column-rules.ts';
import { findingRules } from '../../../core/report/kinds/finding-rules.ts';
import type { LogLine } from '../../../core/model/log.ts';
import { logLine, logRules } from '../../../core/report/kinds/log-rules.ts';
import { personRules } from '../../../core/report/kinds/person-rules.ts';
import { smallTable, tableOf } from '../../../core/report/make-sections.ts';
import type { Cell, Column, FiguresSection, Section, Sensitivity, TableSection } from '../../../core/report/report.ts';
import type { ColumnId, ReportWords } from '../../../core/report/words/report-words.ts';
import { investigate } from '../../investigate.ts';
import type { ReportContext } from '../report-context.ts';

const column = (words: ReportWords, id: ColumnId, sensitivity: Sensitivity, weight = 1): Column => ({
  id,
  title: words.columns[id],
  type: id === 'at' ? 'time' : 'text',
  sensitivity,
  weight,
});

const pathTable = ({ path }: Investigation, words: ReportWords): TableSection =>
  smallTable({
    id: 'path',
    title: words.sections.path,
    empty: words.nothing,
    columns: [
      column(words, 'rule', 'open', 0.5),
      column(words, 'question', 'open', 2),
      column(words, 'outcome', 'open', 0.8),
      column(words, 'evidence', 'prose', 4),
    ],
    rows: path.map(({ rule, title, outcome, evidence }): Cell[] => [
      rule,
      title,
      words.outcomes[outcome],
      evidence.map(({ text }) => text).join(' '),
    ]),
  });

const attributeTable = ({ attributes }: Investigation, words: ReportWords): TableSection =>
  smallTable({
    id: 'attributes',
    title: words.sections.attributes,
    empty: words.nothing,
    columns: [
      column(words, 'attribute', 'open', 1.2),
      column(words, 'expected', 'value', 1.5),
      column(words, 'actual', 'value', 1.5),
      column(words, 'agreement', 'open', 0.8),
      column(words, 'note', 'prose', 2),
    ],
    rows: attributes.map(({ attribute, expected, actual, agreement, note }): Cell[] => [
      attribute,
      expected,
      actual,
      words.agreements[agreement],
      note,
    ]),
  });

const timelineTable = ({ timeline }: Investigation, words: ReportWords): TableSection =>
  smallTable({
    id: 'timeline',
    title: words.sections.timeline,
    empty: words.nothing,
    columns: [column(words, 'at', 'open'), column(words, 'event', 'open', 0.9), column(words, 'what', 'prose', 4)],
    rows: timeline.map(({ at, kind, text }): Cell[] => [at, words.events[kind], text]),
  });

const unknownTable = ({ unknown }: Investigation, words: ReportWords): TableSection =>
  smallTable({
    id: 'unknown',
    title: words.sections.unknown,
    empty: words.sentences.allComplete,
    columns: [column(words, 'source', 'open'), column(words, 'trouble', 'prose', 3), column(words, 'rule', 'open')],
    rows: unknown.map(({ source, reason, blinds }): Cell[] => [words.sources[source], reason, blinds.join(', ')]),
  });

/** Everything that is known of both sides, as figures: one below the other. */
const sidesOf = (person: Person, words: ReportWords): FiguresSection => {
  const rules = personRules(words).filter(({ id }) => id !== 'verdict' && id !== 'actor' && id !== 'certainty');
  return {
    type: 'figures',
    id: 'sides',
    title: words.sections.sides,
    figures: rules.map((rule) => ({
      id: rule.id,
      label: words.columns[rule.id],
      value: rule.of({ person, verdict: null }),
      type: rule.type,
      sensitivity: rule.sensitivity,
    })),
  };
};

const findingTable = (findings: readonly Finding[], words: ReportWords): TableSection => {
  const rules = findingRules(words);
  return smallTable({
    id: 'findings',
    title: words.sections.findings,
    empty: words.sentences.noFindings,
    columns: columnsOf(rules, words),
    rows: cellsOf(rules, findings),
  });
};

async function* newestRows(context: ReportContext, entraId: string): AsyncGenerator<LogLine[]> {
  const rows = await context.store.log.rowsOf(entraId, Math.min(context.rowLimit, 1000));
  yield rows.map(({ row, raw }) => logLine(row, raw));
}

const logTable = async (context: ReportContext, entraId: string): Promise<TableSection> => {
  const { store, words, rowLimit } = context;
  const { total } = await store.log.page({ entraId }, { limit: 1, withTotal: true });
  return tableOf(
    {
      id: 'log',
      title: words.sections.logRows,
      rules: logRules(words).filter(({ onRequest }) => onRequest !== true),
      lots: newestRows(context, entraId),
      total: total ?? null,
      limit: Math.min(rowLimit, 1000),
      empty: words.sentences.noRows,
    },
    words,
  );
};

/** `who` for `investigate`: the finding's person; of a membership finding the member. */
const whoOf = ({ subject, member }: Finding): string => {
  const someone = member ?? subject;
  return someone.entraId ?? someone.scimId ?? someone.name;
};

const personSections = async (context: ReportContext, found: Investigation): Promise<Section[]> => {
  const { store, words } = context;
  const { verdict, subject } = found;
  const person = subject.id === null ? null : await store.people.get(subject.id);
  const findings: Finding[] = [];
  for (const { id } of person?.findings ?? []) {
    const finding = await store.findings.get(id);
    if (finding) findings.push(finding);
  }
  return [
    {
      type: 'text',
      id: 'verdict',
      title: words.sections.verdict,
      emphasis: 'lead',
      paragraphs: [{ text: verdict.sentence, sensitivity: 'prose' }],
      steps: verdict.steps.map((text) => ({ text, sensitivity: 'prose' })),
    },
    {
      type: 'figures',
      id: 'verdict-facts',
      title: words.sections.summary,
      figures: [
        {
          id: 'actor',
          label: words.columns.actor,
          value: words.actors[verdict.actor],
          type: 'text',
          sensitivity: 'open',
        },
        {
          id: 'certainty',
          label: words.columns.certainty,
          value: words.certainties[verdict.certainty],
          type: 'text',
          sensitivity: 'open',
        },
        { id: 'rule', label: words.columns.rule, value: verdict.cause, type: 'text', sensitivity: 'open' },
        {
          id: 'expectedBy',
          label: words.columns.expectedBy,
          value: verdict.expectedBy ?? null,
          type: 'time',
          sensitivity: 'open',
        },
      ],
    },
    ...(person === null ? [] : [sidesOf(person, words)]),
    attributeTable(found, words),
    pathTable(found, words),
    timelineTable(found, words),
    findingTable(findings, words),
    ...(subject.entraId === null ? [] : [await logTable(context, subject.entraId)]),
    unknownTable(found, words),
  ];
};

const candidateSections = (context: ReportContext, found: Investigation, who: string): Section[] => {
  const { words } = context;
  return [
    {
      type: 'text',
      id: 'verdict',
      title: words.sections.verdict,
      emphasis: 'warning',
      paragraphs: [{ text: words.sentences.candidates(who), sensitivity: 'prose' }],
    },
    smallTable({
      id: 'candidates',
      title: words.sections.people,
      empty: words.sentences.noPeople,
      columns: [column(words, 'name', 'name'), column(words, 'entraId', 'id'), column(words, 'note', 'prose', 2)],
      rows: (found.candidates ?? []).map(({ name, id, detail }): Cell[] => [name, id, detail]),
    }),
  ];
};

/**
 * One person or one finding with everything. Throws `input-invalid` without a subject, `run-unknown` before the first
 * cross-check.
 */
export const buildEvidence = async (context: ReportContext): Promise<{ sections: Section[]; mainTable: null }> => {
  const { store, clock, connection, options, words } = context;
  const subject = options.subject?.trim() ?? '';
  if (subject === '') {
    throw new AppError({
      code: 'input-invalid',
      message: 'An evidence report is about one person or one finding, and none is named.',
      advice: 'Name a person (name, address or id) or the id of a finding.',
      fields: [{ field: 'subject', reason: 'is missing' }],
    });
  }
  const finding = await store.findings.get(subject);
  const who = finding === null ? subject : whoOf(finding);
  const found = await investigate({ store, clock, jobId: connection.jobId, who });
  const rules = findingRules(words);
  const own: Section[] =
    finding === null
      ? []
      : [
          {
            type: 'figures',
            id: 'finding',
            title: words.sections.finding,
            figures: rules.map((rule) => ({
              id: rule.id,
              label: words.columns[rule.id],
              value: rule.of(finding),
              type: rule.type,
              sensitivity: rule.sensitivity,
            })),
          },
        ];
  return {
    mainTable: null,
    sections: [
      ...own,
      ...(found.candidates ? candidateSections(context, found, who) : await personSections(context, found)),
    ],
  };
};
