import type { Statements } from '../statements.ts';

const named = `SELECT since_run AS run FROM current_versions UNION SELECT valid_from FROM closed_versions
  UNION SELECT valid_to FROM closed_versions UNION SELECT since_run FROM current_members
  UNION SELECT valid_from FROM closed_members UNION SELECT valid_to FROM closed_members UNION SELECT since_run FROM people
  UNION SELECT valid_from FROM closed_people UNION SELECT valid_to FROM closed_people
  UNION SELECT since_run FROM documents UNION SELECT seen_run FROM documents UNION SELECT run_id FROM finding_states
  UNION SELECT first_run FROM kept_aside UNION SELECT last_run FROM kept_aside UNION SELECT run_id FROM evaluations
  UNION SELECT run_id FROM run_sources`;

/** The newest report of each source, and the newest that was whole, stay: they say how old everything is. */
const deletes = [
  'kept_aside WHERE last_run < @run',
  `run_sources WHERE run_id < @run
    AND run_id <> (SELECT max(n.run_id) FROM run_sources n WHERE n.source = run_sources.source)
    AND run_id <> coalesce((SELECT max(n.run_id) FROM run_sources n
      WHERE n.source = run_sources.source AND n.status = 'complete'), -1)`,
  'evaluations WHERE run_id < @run AND run_id <> (SELECT max(run_id) FROM evaluations)',
  `runs WHERE id < @run AND id NOT IN (${named})`,
];

/**
 * Deletes what the ledger knows of runs before one: reports of their sources, entries that were kept aside and not met
 * since, and the runs themselves where no version names them. Gives how many rows went. Inside a write transaction.
 */
export const forgetRuns = (statements: Statements, run: number): number =>
  deletes.reduce((rows, what) => rows + statements.database.prepare(`DELETE FROM ${what}`).run({ run }).changes, 0);
