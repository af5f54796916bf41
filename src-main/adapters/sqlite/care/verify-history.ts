import type { HistoryCheck, HistoryVerification } from '../../../contract/models/care.ts';
import { openDatabase } from '../open-database.ts';
import { toStoreError } from '../sqlite-failure.ts';
import { createStatements, type Statements } from '../statements.ts';

const most = 20;

/** Rows of one side that the other lacks, both ways: how many. */
const apart = (statements: Statements, left: string, right: string): number => {
  const count = `SELECT (SELECT count(*) FROM (${left} EXCEPT ${right})) + (SELECT count(*) FROM (${right} EXCEPT ${left})) AS n`;
  return statements.get<[], { n: number }>(count).get()?.n ?? 0;
};

const numbered = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A comparison whose answer is how many do not agree. */
interface Comparison {
  id: HistoryCheck['id'];
  /** What agrees when none is left over. */
  good: string;
  noun: string;
  bad: string;
  count(statements: Statements): number;
}

const runNumbers = `SELECT since_run FROM current_versions UNION SELECT valid_from FROM closed_versions
  UNION SELECT valid_to FROM closed_versions UNION SELECT since_run FROM current_members
  UNION SELECT since_run FROM people UNION SELECT since_run FROM documents UNION SELECT run_id FROM finding_states`;
const documents = ['current_versions', 'closed_versions', 'documents', 'findings'];

const comparisons: readonly Comparison[] = [
  {
    id: 'log-words',
    good: 'Every row of the log is in the full-text index, and nothing else is.',
    noun: 'row',
    bad: 'of the log and the full-text index do not agree',
    count: (statements) => apart(statements, 'SELECT seq FROM log_rows', 'SELECT id FROM log_search_docsize'),
  },
  {
    id: 'person-words',
    good: 'Every person is in the full-text index, and nobody else is.',
    noun: 'person',
    bad: 'and the full-text index do not agree',
    count: (statements) =>
      apart(statements, 'SELECT person_key FROM person_names', 'SELECT id FROM person_search_docsize'),
  },
  {
    id: 'log-bodies',
    good: 'Every row of the log has the text that was received.',
    noun: 'row',
    bad: 'of the log are without it, or the other way round',
    count: (statements) => apart(statements, 'SELECT seq FROM log_rows', 'SELECT seq FROM log_bodies'),
  },
  {
    id: 'log-counts',
    good: 'The counts by the hour are those of the rows.',
    noun: 'count',
    bad: 'by the hour differ from the rows',
    count: (statements) =>
      apart(
        statements,
        'SELECT class_id, cycle_id, sum(count) FROM log_counts GROUP BY 1, 2',
        `SELECT class_id, coalesce(cycle_id, ''), count(*) FROM log_rows GROUP BY 1, 2`,
      ),
  },
  {
    id: 'list-sizes',
    good: 'Every list is as long as it says.',
    noun: 'list',
    bad: 'have another length than they say',
    count: (statements) =>
      apart(
        statements,
        'SELECT id, item_count FROM snapshot_lists',
        `SELECT l.id, (SELECT count(*) FROM objects o JOIN current_versions c ON c.object_key = o.key WHERE o.list = l.id)
          FROM snapshot_lists l`,
      ),
  },
  {
    id: 'runs',
    good: 'Every version names a run of the ledger.',
    noun: 'run',
    bad: 'are named that the ledger does not have',
    count: (statements) =>
      statements.get<[], { n: number }>(`SELECT count(*) AS n FROM (${runNumbers} EXCEPT SELECT id FROM runs)`).get()
        ?.n ?? 0,
  },
  {
    id: 'documents',
    good: 'Every stored document can be read.',
    noun: 'document',
    bad: 'cannot be read',
    count: (statements) =>
      documents.reduce(
        (sum, table) =>
          sum +
          (statements.get<[], { n: number }>(`SELECT count(*) AS n FROM ${table} WHERE NOT json_valid(json)`).get()
            ?.n ?? 0),
        0,
      ),
  },
];

/** Whoever was purged may still stand in what a purge clears last. */
const unfinished = 'SELECT count(*) AS n FROM purges WHERE finished_at IS NULL AND lifted_at IS NULL';

const checkPurges = (statements: Statements): HistoryCheck => {
  const open = statements.get<[], { n: number }>(unfinished).get()?.n ?? 0;
  const left = `${numbered(open, 'purge')} ${open === 1 ? 'is' : 'are'} not finished: traces may remain in indexes and free pages.`;
  return {
    id: 'purges',
    good: open === 0,
    sentence:
      open === 0
        ? 'Every purge was carried out to its end.'
        : `${left} "purge --finish" goes on with ${open === 1 ? 'it' : 'them'}.`,
  };
};

const compare = (statements: Statements, { id, good, noun, bad, count }: Comparison): HistoryCheck => {
  const found = count(statements);
  return { id, good: found === 0, sentence: found === 0 ? good : `${numbered(found, noun)} ${bad}.` };
};

/**
 * Asks a history about itself: the file's own integrity, references, full-text indices, counts, and the ledger against
 * the rows. One moment of it is read, and nothing is written. Throws what opening a history throws.
 */
export const verifyHistory = (file: string, progress: (note: string, items: number) => void): HistoryVerification => {
  const database = openDatabase({ file, readOnly: true });
  try {
    const statements = createStatements(database);
    database.exec('BEGIN');
    progress('Reading the whole file', 0);
    const pages = database.pragma(`integrity_check(${most})`) as { integrity_check: string }[];
    const sound = pages.length === 1 && pages[0]?.integrity_check === 'ok';
    const dangling = database.pragma('foreign_key_check') as { table: string }[];
    const checks: HistoryCheck[] = [
      {
        id: 'integrity',
        good: sound,
        sentence: sound
          ? 'The file is whole.'
          : `The file is damaged: ${pages.map((row) => row.integrity_check).join('; ')}.`,
      },
      {
        id: 'references',
        good: dangling.length === 0,
        sentence:
          dangling.length === 0
            ? 'Every row that another one names is there.'
            : `${numbered(dangling.length, 'row')} name others that are not there, the first one in ${dangling[0]?.table ?? ''}.`,
      },
    ];
    for (const comparison of comparisons) {
      progress('Comparing', checks.length);
      checks.push(compare(statements, comparison));
    }
    checks.push(checkPurges(statements));
    return { file, good: checks.every(({ good }) => good), checks };
  } catch (error) {
    throw toStoreError(error, file);
  } finally {
    database.close();
  }
};
