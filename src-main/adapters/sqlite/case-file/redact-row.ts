import {
  foldForPseudonym,
  logRules,
  redactJson,
  redactProse,
  redactSetUp,
  setUpWords,
  wordsOfName,
  type JsonRules,
  type Pseudonym,
  type Vocabulary,
} from '../../../core/redaction/redact-text.ts';
import type { Finding, SubjectRef } from '../../../contract/models/finding.ts';
import { foldText } from '../search-text.ts';
import type { Statements } from '../statements.ts';
import type { ColumnRule } from './case-tables.ts';

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/u));

const objectRules: JsonRules = {
  open: words('groupTypes principalType members'),
  names: words('displayName principalName'),
  sentences: false,
};
const findingRules: JsonRules = {
  open: words('kind state severity type attribute difference reason source assumed'),
  names: words('name'),
  sentences: true,
};
const targetRules: JsonRules = { open: words('type'), names: words('name'), sentences: false };
const propertyRules: JsonRules = { open: words('name'), names: words('displayName'), sentences: false };

const namesAndIds = `SELECT json ->> '$.displayName', json ->> '$.userPrincipalName', json ->> '$.mail',
    json ->> '$.userName', json ->> '$.externalId', json ->> '$.id' FROM current_versions
  UNION SELECT json ->> '$.displayName', json ->> '$.userPrincipalName', json ->> '$.mail',
    json ->> '$.userName', json ->> '$.externalId', json ->> '$.id' FROM closed_versions`;
const logNames = `SELECT DISTINCT source_name, source_upn, target_name, target_id, source_id FROM log_rows`;

const newestSchema = `SELECT json FROM documents WHERE name = 'schema' ORDER BY since_run DESC LIMIT 1`;

/** Everything by which the history calls somebody: in sentences nothing of it may stay. */
const readVocabulary = (statements: Statements): Vocabulary => {
  const known = { words: new Set<string>(), identifiers: new Set<string>() };
  const name = (text: string | null): void => {
    if (text !== null) for (const word of wordsOfName(text)) known.words.add(word);
  };
  const identifier = (text: string | null): void => {
    if (text !== null && text.length > 2) known.identifiers.add(foldForPseudonym(text));
  };
  type Row = (string | null)[];
  for (const [display = null, ...others] of statements.get<[], Row>(namesAndIds).raw().iterate() as Iterable<Row>) {
    name(display);
    for (const other of others) identifier(other);
  }
  for (const [source, upn, target, ...others] of statements.get<[], Row>(logNames).raw().iterate() as Iterable<Row>) {
    name(source ?? null);
    name(target ?? null);
    for (const other of [upn, ...others]) identifier(other ?? null);
  }
  return known;
};

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
export const createRedact = (statements: Statements, pseudonym: Pseudonym): Redact => {
  const vocabulary = readVocabulary(statements);
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
