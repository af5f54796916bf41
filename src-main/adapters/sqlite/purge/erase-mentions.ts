import type { DirectoryUser } from '../../../core/model/directory.ts';
import { eraseJson } from '../../../core/purge/erase-json.ts';
import type { RecogniseTexts } from '../../../core/purge/recognise-texts.ts';
import { caseTables, type ColumnRule } from '../case-file/case-tables.ts';
import { listIds, shapeOf } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import { joinEqualVersions } from './mend-versions.ts';
import type { PurgeTally } from './purge-tally.ts';

/** What can hold a mention, by what a column holds (`case-tables.ts`); ids name rows and are deleted with them. */
const documents = new Set<ColumnRule>(['object', 'finding', 'set-up', 'log', 'audit-targets', 'audit-properties']);
const sentences = new Set<ColumnRule>(['name', 'address', 'value', 'actor', 'prose', 'finding-order']);
/** Rows of these are read again as wholes, elsewhere. */
const apart = new Set(['log_rows', 'log_bodies', 'audit_events']);

const rowsAtOnce = 2_000;

const eraseWords = (text: string, recognise: RecogniseTexts): string =>
  text
    .split('\n')
    .flatMap((line) => (recognise.whole(line) === null ? [recognise.inside(line)] : []))
    .join('\n');

const eraseColumn = (rule: ColumnRule, text: string, recognise: RecogniseTexts): string => {
  if (documents.has(rule)) return eraseJson(text, recognise);
  return rule === 'finding-words' ? eraseWords(text, recognise) : recognise.inside(text);
};

type Row = Record<string, unknown>;

/** Reads a table in lots: a connection cannot write while it reads. */
function* lotsOf(
  statements: Statements,
  table: string,
  columns: readonly string[],
  keys: readonly string[],
): Generator<Row[]> {
  const order = keys.join(', ');
  const read = (after: readonly unknown[] | null): Row[] => {
    const where = after === null ? '' : `WHERE (${order}) > (${keys.map(() => '?').join(', ')})`;
    const sql = `SELECT ${[...new Set([...keys, ...columns])].join(', ')} FROM ${table} ${where} ORDER BY ${order} LIMIT ${rowsAtOnce}`;
    return statements.get<unknown[], Row>(sql).all(...(after ?? []));
  };
  for (let rows = read(null); rows.length > 0;) {
    yield rows;
    const last = rows.at(-1);
    rows = last === undefined || rows.length < rowsAtOnce ? [] : read(keys.map((key) => last[key]));
  }
}

const indexAgain = `SELECT p.key AS person, o.list, coalesce(c.json,
    (SELECT v.json FROM closed_versions v WHERE v.object_key = o.key ORDER BY v.valid_to DESC LIMIT 1)) AS json
  FROM objects o JOIN objects p ON p.list = iif(o.list = ${listIds['deleted-users']}, ${listIds.users}, o.list) AND p.id = o.id
  JOIN person_names n ON n.person_key = p.key
  LEFT JOIN current_versions c ON c.object_key = o.key
  WHERE o.key = ? AND o.list IN (${listIds.users}, ${listIds['deleted-users']}, ${listIds['scim-users']})`;

/** People whose documents named the person are found by the words that are left. */
const indexPerson = (statements: Statements, key: number): void => {
  const row = statements.get<[number], { person: number; list: number; json: string | null }>(indexAgain).get(key);
  if (!row?.json) return;
  const shape = row.list === listIds['scim-users'] ? shapeOf('scim-users') : shapeOf('users');
  const words = shape.person?.(JSON.parse(row.json) as DirectoryUser & never)?.words ?? '';
  statements.get('INSERT OR REPLACE INTO person_search (rowid, words) VALUES (?, ?)').run(row.person, words);
};

/**
 * Takes what points to the person out of everything that is about somebody else, beside the log and the audit events.
 * Entries that nobody understood are deleted as wholes. Inside a write transaction.
 */
export const eraseMentions = (statements: Statements, recognise: RecogniseTexts, tally: PurgeTally): void => {
  const { database } = statements;
  const lastClosed = Number(database.prepare('SELECT coalesce(max(rowid), 0) FROM closed_findings').pluck().get());
  const touched = new Set<number>();
  for (const { name, order, columns } of caseTables) {
    const rules = Object.entries(columns).filter(
      ([, rule]) => documents.has(rule) || sentences.has(rule) || rule === 'finding-words',
    );
    if (rules.length === 0 || apart.has(name)) continue;
    const keys = order.split(', ');
    const places = rules.map(([column]) => `${column} = ?`).join(', ');
    const put = `UPDATE ${name} SET ${places} WHERE ${keys.map((key) => `${key} = ?`).join(' AND ')}`;
    for (const rows of lotsOf(
      statements,
      name,
      rules.map(([column]) => column),
      keys,
    )) {
      for (const row of rows) {
        const texts = rules.map(([column]) => row[column]);
        if (!texts.some((text) => typeof text === 'string' && recognise.mayHold(text))) continue;
        const erased = rules.map(([, rule], place) => {
          const text = texts[place];
          return typeof text === 'string' ? eraseColumn(rule, text, recognise) : text;
        });
        if (erased.every((text, place) => text === texts[place])) continue;
        statements.get(put).run(...erased, ...keys.map((key) => row[key]));
        tally.changed(name, 1);
        if (name === 'current_versions' || name === 'closed_versions') touched.add(Number(row['object_key']));
      }
    }
  }
  // A trigger keeps what a finding was before it changed (migration 0001-past): here that is what has to go.
  database.prepare('DELETE FROM closed_findings WHERE rowid > ?').run(lastClosed);
  for (const key of touched) {
    joinEqualVersions(statements, key);
    indexPerson(statements, key);
  }
  const kept = statements.get<[], { source: string; text: string }>('SELECT source, text FROM kept_aside').all();
  for (const { source, text } of kept) {
    if (!recognise.mayHold(text) || eraseJson(text, recognise) === text) continue;
    statements.get('DELETE FROM kept_aside WHERE source = ? AND text = ?').run(source, text);
    tally.deleted('kept_aside', 1);
  }
};
