import {
  logRules,
  redactJson,
  redactProse,
  redactSetUp,
  setUpWords,
  type JsonRules,
  type Pseudonym,
} from '../../../core/redaction/redact-text.ts';
import { foldForPseudonym, type Vocabulary } from '../../../core/redaction/vocabulary.ts';
import type { Finding, SubjectRef } from '../../../contract/models/finding.ts';
import { foldText } from '../search-text.ts';
import type { Statements } from '../statements.ts';
import type { ColumnRule } from './case-tables.ts';

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/u));

const objectRules: JsonRules = {
  open: words('groupTypes principalType'),
  names: words('displayName principalName'),
  sentences: false,
};
const findingRules: JsonRules = {
  open: words('kind state severity type attribute difference reason source assumed'),
  names: words('name'),
  sentences: true,
};
const targetRules: JsonRules = { open: words('type'), names: words('name'), sentences: false };
/** A list of texts without keys: each is replaced whole. */
const listRules: JsonRules = { open: new Set(), names: new Set(), sentences: false };
const propertyRules: JsonRules = { open: words('name'), names: words('displayName'), sentences: false };

const newestSchema = `SELECT json FROM documents WHERE name = 'schema' ORDER BY since_run DESC LIMIT 1`;

const findingWords = (json: string): string => {
  const { subject, member, related } = JSON.parse(json) as Finding;
  const refs: Omit<SubjectRef, 'type'>[] = [subject, ...(member ? [member] : []), ...related];
  const texts = refs.flatMap((ref) => [ref.name, ref.entraId, ref.scimId]).filter((text) => text !== null);
  return [...new Set(texts)].map(foldText).join('\n');
};

/** Gives what redaction makes of a value of a column. */
export type Redact = (rule: ColumnRule, value: unknown, row: Readonly<Record<string, unknown>>) => unknown;

/**
 * Redaction of the rows of a history. Two columns follow from the finding's own document: the words that it is found
 * by, and the order, which must not be that of the real names.
 */
export const createRedact = (statements: Statements, pseudonym: Pseudonym, vocabulary: Vocabulary): Redact => {
  const schema = statements.get<[], { json: string }>(newestSchema).get()?.json;
  // Scoping filters and mappings name values: what they are compared with has to become the same.
  const alike = schema === undefined ? new Map<string, string>() : setUpWords(schema, pseudonym, vocabulary);
  const whole = (sort: 'id' | 'name' | 'address' | 'value', text: string): string =>
    pseudonym(sort, foldForPseudonym(text));
  const finding = (json: string): string => redactJson(json, pseudonym, vocabulary, { ...findingRules, alike });
  return (rule, value, row) => {
    if (typeof value !== 'string' || value === '') return value;
    switch (rule) {
      case 'keep':
        return value;
      case 'id':
      case 'name':
      case 'address':
      case 'value':
        return whole(rule, value);
      case 'actor':
        return whole(value.includes('@') ? 'address' : 'name', value);
      case 'prose':
        return redactProse(value, pseudonym, vocabulary);
      case 'log':
        return redactJson(value, pseudonym, vocabulary, logRules);
      case 'object':
        return redactJson(value, pseudonym, vocabulary, { ...objectRules, alike });
      case 'finding':
        return finding(value);
      case 'audit-targets':
        return redactJson(value, pseudonym, vocabulary, targetRules);
      case 'audit-properties':
        return redactJson(value, pseudonym, vocabulary, propertyRules);
      case 'file-names':
        return redactJson(value, pseudonym, vocabulary, listRules);
      case 'set-up':
        return redactSetUp(value, pseudonym, vocabulary);
      case 'finding-words':
        return findingWords(finding(String(row['json'])));
      case 'finding-order': {
        const json = finding(String(row['json']));
        const { id, subject } = JSON.parse(json) as Finding;
        return `${value.slice(0, value.indexOf(' '))} ${foldText(subject.name)}\u0001${id}`;
      }
    }
  };
};
