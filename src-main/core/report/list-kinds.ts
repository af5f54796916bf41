import {
  reportKinds,
  type ReportKind,
  type ReportKindInfo,
  type ReportLanguage,
  type ReportOptions,
  type ReportTake,
} from '../../contract/models/report.ts';
import type { ColumnRule } from './column-rules.ts';
import { differenceRules } from './kinds/difference-rules.ts';
import { findingRules } from './kinds/finding-rules.ts';
import { logRules } from './kinds/log-rules.ts';
import { leaverRules, personRules } from './kinds/person-rules.ts';
import type { ReportWords } from './words/report-words.ts';
import { wordsOf } from './words/words-of.ts';

const takes: Record<ReportKind, ReportTake[]> = {
  health: ['period'],
  reconciliation: ['period', 'finding-kinds', 'people', 'groups', 'columns'],
  people: ['people', 'groups', 'columns'],
  log: ['period', 'people', 'groups', 'columns'],
  evidence: ['subject'],
  leavers: ['period', 'people', 'groups', 'columns'],
  difference: ['states', 'columns'],
  setup: [],
};

const describeColumns = <T>(rules: readonly ColumnRule<T>[], words: ReportWords): ReportKindInfo['columns'] =>
  rules.map(({ id, onRequest }) => ({ id, title: words.columns[id], chosen: onRequest !== true }));

const columnsOf: Partial<Record<ReportKind, (words: ReportWords) => ReportKindInfo['columns']>> = {
  reconciliation: (words) => describeColumns(findingRules(words), words),
  people: (words) => describeColumns(personRules(words), words),
  log: (words) => describeColumns(logRules(words), words),
  leavers: (words) => describeColumns(leaverRules(words), words),
  difference: (words) => describeColumns(differenceRules(words), words),
};

/** Every kind with its description, its columns and what it takes, in the words of a language. */
export const listKinds = (language: ReportLanguage): ReportKindInfo[] => {
  const words = wordsOf(language);
  return reportKinds.map((kind) => ({
    kind,
    ...words.kinds[kind],
    columns: columnsOf[kind]?.(words) ?? [],
    takes: takes[kind],
  }));
};

const fieldsOf: Record<ReportTake, (keyof ReportOptions)[]> = {
  period: ['from', 'to'],
  states: ['fromState', 'toState'],
  'finding-kinds': ['findingKinds'],
  people: ['people'],
  groups: ['groups'],
  subject: ['subject'],
  columns: ['columns'],
};

/** Options that were given and mean nothing for the kind: leaving them out without a word would be a wrong report. */
export const strayOptions = (options: ReportOptions): (keyof ReportOptions)[] =>
  (Object.entries(fieldsOf) as [ReportTake, (keyof ReportOptions)[]][])
    .filter(([take]) => !takes[options.kind].includes(take))
    .flatMap(([, fields]) => fields.filter((field) => options[field] !== undefined));
