import { redactJson, redactProse, type Pseudonym, type PseudonymSort } from '../redaction/redact-text.ts';
import { foldForPseudonym, wordsOfName, type Vocabulary } from '../redaction/vocabulary.ts';
import type { Cell, Figure, Section, Sensitivity, TableSection } from './report.ts';

export interface Redactor {
  text(text: string, sensitivity: Sensitivity): string;
  section(section: Section): Section;
}

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

/** What a value is by its look, so that an address has one pseudonym as an address and as the value of an attribute. */
const sortOf = (value: string, { words, identifiers }: Vocabulary): PseudonymSort => {
  if (value.includes('@') && !/\s/u.test(value)) return 'address';
  if (guid.test(value) || identifiers.has(foldForPseudonym(value))) return 'id';
  const parts = wordsOfName(value);
  return parts.length > 0 && parts.every((part) => words.has(part)) ? 'name' : 'value';
};

/** Makes what a report holds of people unreadable, and comparable for who has the key. */
export const createRedactor = (pseudonym: Pseudonym, vocabulary: Vocabulary): Redactor => {
  const text = (given: string, sensitivity: Sensitivity): string => {
    if (given === '') return given;
    switch (sensitivity) {
      case 'open':
        return given;
      case 'prose':
        return redactProse(given, pseudonym, vocabulary);
      case 'value':
        return pseudonym(sortOf(given, vocabulary), foldForPseudonym(given));
      default:
        return pseudonym(sensitivity, foldForPseudonym(given));
    }
  };
  const cell = (given: Cell, sensitivity: Sensitivity, isJson: boolean): Cell => {
    if (typeof given !== 'string') return given;
    return isJson ? redactJson(given, pseudonym, vocabulary) : text(given, sensitivity);
  };
  async function* rows(table: TableSection): AsyncGenerator<Cell[][]> {
    const rules = table.columns.map(({ sensitivity, type }) => ({ sensitivity, isJson: type === 'json' }));
    const hidden = rules.flatMap((rule, index) => (rule.sensitivity === 'open' ? [] : [{ ...rule, index }]));
    for await (const lot of table.rows) {
      for (const row of lot) {
        for (const { index, sensitivity, isJson } of hidden) row[index] = cell(row[index] ?? null, sensitivity, isJson);
      }
      yield lot;
    }
  }
  const section = (given: Section): Section => {
    switch (given.type) {
      case 'text': {
        const sentence = (entry: { text: string; sensitivity: Sensitivity }): typeof entry => ({
          ...entry,
          text: text(entry.text, entry.sensitivity),
        });
        return {
          ...given,
          paragraphs: given.paragraphs.map(sentence),
          ...(given.steps === undefined ? {} : { steps: given.steps.map(sentence) }),
        };
      }
      case 'figures':
        return {
          ...given,
          figures: given.figures.map((figure): Figure => ({
            ...figure,
            value: cell(figure.value, figure.sensitivity, figure.type === 'json'),
          })),
        };
      case 'chart':
        return given;
      case 'table':
        return { ...given, rows: rows(given) };
    }
  };
  return { text, section };
};
