/*
 * The one redaction of the product: reports, case files and whatever else leaves the computer go through it.
 */

import { foldForPseudonym, isKnownWord, wordsOfName, type Client, type Vocabulary } from './vocabulary.ts';

/** What a pseudonym stands for; the same value of the same sort always gets the same one. */
export type PseudonymSort = 'name' | 'address' | 'id' | 'value';

/** Keyed, so that nobody without the key can try names: given from outside, since core knows no crypto. */
export type Pseudonym = (sort: PseudonymSort, value: string) => string;

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;
/** Words with what glues user names, addresses and ids together. */
const token = /[\p{L}\p{N}\p{M}_](?:[\p{L}\p{N}\p{M}_.@+'’#:/\\-]*[\p{L}\p{N}\p{M}_])?/gu;
const quoted = /"[^"\n]+"|“[^”\n]+”|„[^“\n]+“|(?<![\p{L}\p{N}])'[^'\n]+'(?![\p{L}\p{N}])|‘[^’\n]+’/gu;
/** An id inside of a word: that of a job holds the tenant's, without its hyphens. */
const idInside = /[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/iu;
const isPseudonym = /^(?:name|address|id|value)-[0-9a-z]{10}$/u;
const time = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?$/u;
const phone = /\+?\d[\d\s()/.-]{6,}\d/gu;

/** Hosts that everybody reaches and that the program's own sentences name; all others may be the client's own. */
const publicHosts =
  /^(?:(?:learn|graph|entra)\.microsoft\.com|login\.microsoftonline\.com|portal\.azure\.com|aka\.ms)$/u;

const isForeignUrl = (word: string): boolean => {
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/:]*)/iu.exec(word)?.[1];
  return host !== undefined && !publicHosts.test(host.toLowerCase());
};

/**
 * Replaces whatever in a sentence could point to somebody; neighbouring words of a name become one pseudonym.
 * What the vocabulary does not know and what looks like no address, id or number stays.
 */
export const redactProse = (text: string, pseudonym: Pseudonym, vocabulary: Vocabulary): string => {
  const inQuotes = (part: string): string => {
    const inner = part.slice(1, -1);
    const sort: PseudonymSort = inner.includes('@') ? 'address' : guid.test(inner) ? 'id' : 'value';
    const known = wordsOfName(inner).every((word) => vocabulary.words.has(word));
    return `${part.charAt(0)}${pseudonym(sort === 'value' && known ? 'name' : sort, foldForPseudonym(inner))}${part.slice(-1)}`;
  };
  let result = '';
  let name: string[] = [];
  let end = 0;
  const flush = (): void => {
    if (name.length > 0) result += pseudonym('name', foldForPseudonym(name.join(' ')));
    name = [];
  };
  const { phrases } = vocabulary;
  const unquoted = text.normalize('NFC').replaceAll(quoted, inQuotes);
  const plain =
    phrases === undefined
      ? unquoted
      : unquoted.replaceAll(phrases, (group) => pseudonym('name', foldForPseudonym(group)));
  for (const match of plain.matchAll(token)) {
    const [word] = match;
    const between = plain.slice(end, match.index);
    end = match.index + word.length;
    const isWord = vocabulary.words.has(foldForPseudonym(word));
    // Only a blank joins two words to one name.
    if (!(isWord && name.length > 0 && /^\s$/u.test(between))) {
      flush();
      result += between;
    }
    if (isWord) name.push(word);
    else if (word.includes('@') || isForeignUrl(word)) result += pseudonym('address', foldForPseudonym(word));
    else if (idInside.test(word) || (!isPseudonym.test(word) && isKnownWord(word, vocabulary))) {
      result += pseudonym('id', foldForPseudonym(word));
    } else result += word;
  }
  flush();
  result += plain.slice(end);
  return result.replaceAll(phone, (number) =>
    time.test(number) || number.replaceAll(/\D/gu, '').length < 8 || !/^[+0(]/u.test(number)
      ? number
      : pseudonym('value', number.replaceAll(/\D/gu, '')),
  );
};

/** How a redacted file calls connection and tenant in its head. */
export const redactClient = ({ connection, tenantId }: Client, pseudonym: Pseudonym): Client => ({
  connection: pseudonym('name', foldForPseudonym(connection)),
  tenantId: pseudonym('id', foldForPseudonym(tenantId)),
});

/** What the keys of a document say about its values. */
export interface JsonRules {
  /** Keys whose texts are words of the service or of this program, not of people. */
  open: ReadonlySet<string>;
  /** Keys of names of people and groups. */
  names: ReadonlySet<string>;
  /** Whether texts of several words are sentences, of which the rest stays; otherwise they are replaced whole. */
  sentences: boolean;
  /** What the set-up makes of its own words: values that it is compared with have to become the same. */
  alike?: ReadonlyMap<string, string>;
}

/** A row of the provisioning log as received. graph-provisioning.md 4. */
export const logRules: JsonRules = {
  open: new Set(
    `activityDateTime provisioningAction status provisioningStepType name identityType errorCode errorCategory
     initiatorType key SkipReason skipReason odatatype ScopeEvaluationResult`.split(/\s+/u),
  ),
  names: new Set(['displayName']),
  sentences: true,
};

/** Words of the service that stand for yes and no: nobody is recognised by them, and every rule reads them. */
const yesOrNo = /^(?:true|false)$/iu;
const timeKeys = /(?:DateTime|At)$/u;
/** Keys whose values name an object: the same id is the same pseudonym wherever it stands. */
const idKeys = /^(?:id|ref)$|(?:Id|Ids)$/u;

/**
 * Replaces every text of a JSON document that could point to somebody, by what its key says it is; the document keeps
 * its shape. Text that is no JSON is replaced whole.
 */
export const redactJson = (
  text: string,
  pseudonym: Pseudonym,
  vocabulary: Vocabulary,
  rules: JsonRules = logRules,
): string => {
  const walk = (value: unknown, key: string, within: string): unknown => {
    if (Array.isArray(value)) return value.map((entry) => walk(entry, key, within));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name, key)]));
    }
    if (typeof value !== 'string' || value === '' || yesOrNo.test(value)) return value;
    // The display name of a property is that of an attribute.
    if (within === 'modifiedProperties' && key === 'displayName') return redactProse(value, pseudonym, vocabulary);
    if (rules.open.has(key) || timeKeys.test(key)) return redactProse(value, pseudonym, vocabulary);
    if (rules.names.has(key)) return pseudonym('name', foldForPseudonym(value));
    if (guid.test(value) || idKeys.test(key)) return pseudonym('id', foldForPseudonym(value));
    const alike = rules.alike?.get(value);
    if (alike !== undefined) return alike;
    if (value.includes('@') && !/\s/u.test(value)) return pseudonym('address', foldForPseudonym(value));
    return rules.sentences && /\s/u.test(value) && !/value/iu.test(key)
      ? redactProse(value, pseudonym, vocabulary)
      : pseudonym('value', foldForPseudonym(value));
  };
  try {
    return JSON.stringify(walk(JSON.parse(text), '', ''));
  } catch {
    // Not JSON after all: nothing of it can be told apart.
    return pseudonym('value', foldForPseudonym(text));
  }
};

/**
 * Every text of a document of the set-up, and every word in it (filters compare with lists of words), with what
 * `redactSetUp` makes of it.
 */
export const setUpWords = (text: string, pseudonym: Pseudonym, vocabulary: Vocabulary): Map<string, string> => {
  const found = new Map<string, string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const word of [value, ...(value.match(/[\p{L}\p{N}_]+/gu) ?? [])]) {
        found.set(word, redactProse(word, pseudonym, vocabulary));
      }
    } else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner);
  };
  walk(JSON.parse(text));
  return found;
};

/** A document of the set-up, such as the schema of mappings: every text is prose, so that expressions stay readable. */
export const redactSetUp = (text: string, pseudonym: Pseudonym, vocabulary: Vocabulary): string => {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return redactProse(value, pseudonym, vocabulary);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]));
  };
  return JSON.stringify(walk(JSON.parse(text)));
};
