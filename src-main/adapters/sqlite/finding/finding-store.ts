import type { FindingFacetName, FindingFilter } from '../../../contract/methods/reading.ts';
import type { Finding, NotEvaluated } from '../../../contract/models/finding.ts';
import type { Facet } from '../../../contract/models/page.ts';
import type { FindingStore, Link } from '../../../services/ports.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { savePeople } from '../people/save-people.ts';
import { withholdFindings, withholdPeople } from '../purge/withhold-evaluation.ts';
import { createWithholding } from '../purge/withholding.ts';
import { runNumber } from '../run-store.ts';
import { foldText } from '../search-text.ts';
import { allOf, oneOf, type Sql } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { readFindingPast } from './finding-past.ts';
import { saveFindings } from './save-findings.ts';

type LinkRow = [sourceId: string, targetId: string, at: string, logId: string];

const newestLinks = `SELECT source_id, target_id, at, log_id, max(seq) FROM links
  WHERE source_id > ? GROUP BY source_id ORDER BY source_id LIMIT ?`;
const allFindings = 'SELECT json FROM findings ORDER BY sort_key';
const ofEvaluation = `SELECT json FROM findings f WHERE f.state <> 'resolved' OR EXISTS (
  SELECT 1 FROM finding_states s WHERE s.finding_id = f.id AND s.run_id = ? AND s.state = 'resolved') ORDER BY f.id`;
const findingById = 'SELECT json FROM findings WHERE id = ?';
const saveEvaluationRow = 'INSERT OR REPLACE INTO evaluations (run_id, at, not_evaluated) VALUES (?, ?, ?)';
const newestEvaluation = 'SELECT run_id, at, not_evaluated FROM evaluations ORDER BY run_id DESC LIMIT 1';

const anyOf = (column: string, values: readonly string[] | undefined): Sql[] =>
  values && values.length > 0 ? [oneOf(column, values)] : [];

/** Lists of the ids of either side: users and groups, or accounts and target groups. */
const subjectCondition = (subject: string): Sql => {
  const isTarget = subject.startsWith('scim:');
  return {
    text: `number IN (SELECT finding_number FROM finding_subjects s JOIN objects o ON o.key = s.subject_key
      WHERE o.list IN (${isTarget ? '6, 7' : '1, 3'}) AND o.id = ?)`,
    values: [isTarget ? subject.slice('scim:'.length) : subject],
  };
};

const conditions = (filter: FindingFilter): Sql[] => [
  ...anyOf('kind', filter.kind),
  ...anyOf('state', filter.state),
  ...anyOf('severity', filter.severity),
  ...(filter.subject === undefined ? [] : [subjectCondition(filter.subject)]),
  ...(filter.text?.trim()
    ? [{ text: 'instr(search_text, ?) > 0', values: [foldText(filter.text.trim().toWellFormed())] }]
    : []),
];

const parse = (row: { json: string }): Finding => JSON.parse(row.json) as Finding;

/** Findings, their history, and what the cross-check needs to know from the log. */
export const createFindingStore = (
  statements: Statements,
  withholding = createWithholding(statements, null),
): FindingStore => ({
  async links({ after, limit }) {
    const rows = statements
      .get<[string, number], LinkRow>(newestLinks)
      .raw()
      .all(after ?? '', limit + 1);
    const links = rows
      .slice(0, limit)
      .map(([sourceId, targetId, at, logId]): Link => ({ sourceId, targetId, at, logId }));
    return { links, next: rows.length > links.length ? (links.at(-1)?.sourceId ?? null) : null };
  },
  present: async (runId) => statements.get<[number], { json: string }>(ofEvaluation).all(runNumber(runId)).map(parse),
  previous: async () => statements.get<[], { json: string }>(allFindings).all().map(parse),
  async saveEvaluation(evaluation) {
    const run = runNumber(evaluation.runId);
    const work = (): void => {
      statements.get(saveEvaluationRow).run(run, evaluation.at, JSON.stringify(evaluation.notEvaluated));
      // Somebody may have been purged since the evaluation read what it evaluates.
      const from = withholding.current();
      savePeople(statements, from ? withholdPeople(evaluation.people, from) : evaluation.people, run);
      saveFindings(statements, from ? withholdFindings(evaluation.findings, from) : evaluation.findings, run);
    };
    statements.database.transaction(work).immediate();
  },
  async evaluation() {
    const row = statements.get<[], { run_id: number; at: string; not_evaluated: string }>(newestEvaluation).get();
    return row
      ? { runId: String(row.run_id), at: row.at, notEvaluated: JSON.parse(row.not_evaluated) as NotEvaluated[] }
      : null;
  },
  async page(filter, page) {
    const where = allOf(conditions(filter));
    const after = page.cursor === undefined ? '' : decodeCursor('findings', page.cursor, ['string'])[0];
    const rows = statements
      .get<unknown[], { sort_key: string; json: string }>(
        `SELECT sort_key, json FROM findings WHERE sort_key > ? AND ${where.text} ORDER BY sort_key LIMIT ? OFFSET ?`,
      )
      .all(after, ...where.values, page.limit + 1, page.offset ?? 0);
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    const count = (): number =>
      statements
        .get<unknown[], { n: number }>(`SELECT count(*) AS n FROM findings WHERE ${where.text}`)
        .get(...where.values)?.n ?? 0;
    return {
      rows: shown.map(parse),
      nextCursor: rows.length > shown.length && last ? encodeCursor('findings', [last.sort_key]) : null,
      ...(page.withTotal ? { total: count() } : {}),
    };
  },
  async get(id) {
    const row = statements.get<[string], { json: string }>(findingById).get(id);
    return row ? parse(row) : null;
  },
  pastOf: async (ids) => statements.database.transaction(() => readFindingPast(statements, ids)).deferred(),
  async facets(filter, names) {
    return names.map((name) => facetOf(statements, filter, name));
  },
});

/** A facet leaves its own filter aside, so that its other values can be chosen too. */
const facetOf = (statements: Statements, filter: FindingFilter, name: FindingFacetName): Facet => {
  const { [name]: _own, ...others } = filter;
  const where = allOf(conditions(others));
  return {
    name,
    values: statements
      .get<unknown[], { value: string; count: number }>(
        `SELECT ${name} AS value, count(*) AS count FROM findings WHERE ${where.text} GROUP BY 1 ORDER BY 2 DESC, 1`,
      )
      .all(...where.values),
  };
};
