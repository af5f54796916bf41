import type { Facet } from '../../../contract/models/page.ts';
import type { Person, PersonFacetName, PersonFilter } from '../../../contract/models/person.ts';
import type { PeopleStore } from '../../../services/ports.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { findKey } from '../object-keys.ts';
import { toMatch, toPhrase } from '../search-text.ts';
import { readVocabulary } from './read-vocabulary.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import { allOf, oneOf, type Sql } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { findFormer } from './former-people.ts';
import { accountPrefix, peopleOfRows, type PersonRow } from './people-of-rows.ts';
import { readFactsOfMany, readPersonFacts } from './person-facts.ts';

const columns = `n.person_key, p.scim_key, o.list, o.id, p.joined_by, p.source_state, p.target_state, n.sort_name`;
/** In this order: names lead, so that a page comes sorted. */
const tables = `person_names n CROSS JOIN people p ON p.person_key = n.person_key
  CROSS JOIN objects o ON o.key = p.person_key`;
const personByKey = `SELECT ${columns} FROM ${tables} WHERE n.person_key = ?`;
const hasFindings = `EXISTS (SELECT 1 FROM finding_subjects s JOIN findings f ON f.number = s.finding_number
  WHERE s.subject_key IN (p.person_key, p.scim_key) AND f.state <> 'resolved')`;
/** Keys of the objects whose words fit a full-text question, as SQL with one column \`key\`. */
export type PersonHits = (match: string) => Sql;

const presentHits: PersonHits = (match) => ({
  text: 'SELECT rowid AS key FROM person_search WHERE person_search MATCH ?',
  values: [match],
});

/** Words of either side lead to the person. */
const found = ({ text, values }: Sql): Sql => ({
  text: `p.person_key IN (WITH hits AS MATERIALIZED (${text})
    SELECT key FROM hits UNION SELECT a.person_key FROM hits h CROSS JOIN people a ON a.scim_key = h.key)`,
  values,
});

/** The same for words that stand one after the other; no index of prefixes is gathered for them. */
const phraseFound = `WITH hits AS MATERIALIZED (SELECT rowid AS key FROM person_search WHERE person_search MATCH ? LIMIT ?)
  SELECT p.person_key AS key FROM hits h CROSS JOIN people p ON p.person_key = h.key
  UNION SELECT a.person_key FROM hits h CROSS JOIN people a ON a.scim_key = h.key`;

const occurs = (statements: Statements, hits: PersonHits, phrase: string): boolean => {
  const { text, values } = hits(phrase);
  return statements.get<unknown[], unknown>(`${text} LIMIT 1`).get(...values) !== undefined;
};

/** Null when nothing can fit. */
const conditions = (statements: Statements, filter: PersonFilter, hits: PersonHits): Sql[] | null => {
  const text = filter.text?.trim();
  const match = text ? (toMatch(text, (phrase) => occurs(statements, hits, phrase))?.match ?? null) : null;
  if (text && match === null) return null;
  return [
    ...(match === null ? [] : [found(hits(match))]),
    ...(filter.source?.length ? [oneOf('p.source_state', filter.source)] : []),
    ...(filter.target?.length ? [oneOf('p.target_state', filter.target)] : []),
    ...(filter.withFindings === undefined
      ? []
      : [{ text: filter.withFindings ? hasFindings : `NOT ${hasFindings}`, values: [] }]),
  ];
};

const facetColumns: Record<PersonFacetName, string> = {
  source: 'p.source_state',
  target: 'p.target_state',
  withFindings: `iif(${hasFindings}, 'true', 'false')`,
};

/** A facet leaves its own filter aside, so that its other values can be chosen too. */
const facetOf = (statements: Statements, filter: PersonFilter, name: PersonFacetName, hits: PersonHits): Facet => {
  const { [name]: _own, ...others } = filter;
  const filtered = conditions(statements, others, hits);
  if (filtered === null) return { name, values: [] };
  const where = allOf(filtered);
  return {
    name,
    values: statements
      .get<unknown[], { value: string; count: number }>(
        `SELECT ${facetColumns[name]} AS value, count(*) AS count FROM people p WHERE ${where.text}
          GROUP BY 1 ORDER BY 2 DESC, 1`,
      )
      .all(...where.values),
  };
};

/** A person by Entra object id, or by `scim:` and the SCIM id, as the newest evaluation saw them. */
const readPerson = (statements: Statements, id: string): Person | null => {
  const account = id.startsWith(accountPrefix);
  const key = findKey(
    statements,
    account ? listIds['scim-users'] : listIds.users,
    account ? id.slice(accountPrefix.length) : id,
  );
  const row = key === null ? undefined : statements.get<[number], PersonRow>(personByKey).get(key);
  return row ? (peopleOfRows(statements, [row])[0] ?? null) : null;
};

/**
 * People as the newest evaluation saw them, by name; both sides and their findings.
 *
 * @param hits who is found by words; an earlier state knows other words
 */
export const createPeopleStore = (statements: Statements, hits: PersonHits = presentHits): PeopleStore => ({
  async page(filter, page) {
    const read = (): Awaited<ReturnType<PeopleStore['page']>> => {
      const [name, key] =
        page.cursor === undefined ? ['', 0] : decodeCursor('people', page.cursor, ['string', 'number']);
      const filtered = conditions(statements, filter, hits);
      if (filtered === null) return { rows: [], nextCursor: null, ...(page.withTotal ? { total: 0 } : {}) };
      const where = allOf(filtered);
      const rows = statements
        .get<unknown[], PersonRow>(
          `SELECT ${columns} FROM ${tables} WHERE (n.sort_name, n.person_key) > (?, ?) AND ${where.text}
            ORDER BY n.sort_name, n.person_key LIMIT ? OFFSET ?`,
        )
        .all(name, key, ...where.values, page.limit + 1, page.offset ?? 0);
      const shown = rows.slice(0, page.limit);
      const last = shown.at(-1);
      const count = (): number =>
        statements
          .get<unknown[], { n: number }>(`SELECT count(*) AS n FROM people p WHERE ${where.text}`)
          .get(...where.values)?.n ?? 0;
      return {
        rows: peopleOfRows(statements, shown),
        nextCursor:
          rows.length > shown.length && last ? encodeCursor('people', [last.sort_name, last.person_key]) : null,
        ...(page.withTotal ? { total: count() } : {}),
      };
    };
    return statements.database.transaction(read).deferred();
  },
  get: async (id) => statements.database.transaction(() => readPerson(statements, id)).deferred(),
  formerly: async (text, limit) =>
    statements.database
      .transaction(() => findFormer(statements, text, limit, (id) => readPerson(statements, id)))
      .deferred(),
  async named(text, limit) {
    const phrase = toPhrase(text);
    const read = (): Person[] => {
      const rows = statements
        .get<unknown[], { key: number }>(phraseFound)
        .all(phrase, limit)
        .flatMap(({ key }) => statements.get<[number], PersonRow>(personByKey).get(key) ?? [])
        .sort((one, other) => (one.sort_name < other.sort_name ? -1 : one.sort_name > other.sort_name ? 1 : 0));
      return peopleOfRows(statements, rows.slice(0, limit));
    };
    return phrase === null ? [] : statements.database.transaction(read).deferred();
  },
  facets: async (filter, names) => names.map((name) => facetOf(statements, filter, name, hits)),
  vocabulary: async () => statements.database.transaction(() => readVocabulary(statements)).deferred(),
  facts: async (who) => statements.database.transaction(() => readPersonFacts(statements, who)).deferred(),
  factsOfMany: async (whos) => statements.database.transaction(() => readFactsOfMany(statements, whos)).deferred(),
});
