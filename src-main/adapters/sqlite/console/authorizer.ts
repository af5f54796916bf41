import type { constants as SqliteConstants } from 'node:sqlite';

/** Functions that compute from their arguments and nothing else. https://www.sqlite.org/lang_corefunc.html */
const functions = new Set(
  `abs avg ceil ceiling char coalesce concat concat_ws count cume_dist date datetime degrees dense_rank exp first_value
   floor format glob group_concat hex ifnull iif if instr json json_array json_array_length json_each json_error_position
   json_extract json_group_array json_group_object json_insert json_object json_patch json_pretty json_quote json_remove
   json_replace json_set json_tree json_type json_valid julianday lag last_value lead length like likelihood likely ln
   log log10 log2 lower ltrim max median min mod nth_value ntile nullif octet_length percent_rank percentile
   percentile_cont percentile_disc pi pow power printf quote radians random rank replace round row_number rtrim sign
   sqrt strftime string_agg substr substring sum time timediff total trim trunc typeof unhex unicode unistr unixepoch
   unlikely upper -> ->>`
    .split(/\s+/u)
    .filter((name) => name !== ''),
);

/** Tables that SQLite makes from an argument. */
const computedTables = new Set(['json_each', 'json_tree']);

type Actions = typeof SqliteConstants;

const words = (constants: Actions): Partial<Record<number, string>> => ({
  [constants.SQLITE_ATTACH]: 'opening other databases',
  [constants.SQLITE_DETACH]: 'closing databases',
  [constants.SQLITE_PRAGMA]: 'PRAGMA',
  [constants.SQLITE_TRANSACTION]: 'transactions',
  [constants.SQLITE_SAVEPOINT]: 'transactions',
});

export interface Authorizer {
  /** For `setAuthorizer`: while views are made and looked at, everything is noted and allowed. */
  decide(
    action: number,
    first: string | null,
    second: string | null,
    database: string | null,
    by: string | null,
  ): number;
  /** From now on only what the views were seen to read. */
  close(): void;
  /** What was refused since the last call, as a clause, with the name it is about; null when nothing was. */
  refused(): { clause: string; name: string | null } | null;
}

/**
 * Decides what a query may do: select, recurse, use functions that only compute, and read the views and the columns
 * that lie behind them. A name that a query gives to a part of itself may be that of a view, so who reads decides
 * nothing: the columns do. https://www.sqlite.org/c3ref/set_authorizer.html
 *
 * @param tables everything that a name could mean which is no part of a query: tables, and SQLite's own modules
 */
export const createAuthorizer = (
  constants: Actions,
  { views, tables }: { views: readonly string[]; tables: ReadonlySet<string> },
): Authorizer => {
  const known = new Set(views);
  const columns = new Map<string, Set<string>>();
  const named = words(constants);
  let open = true;
  let refusal: ReturnType<Authorizer['refused']> = null;

  const refuse = (clause: string, name: string | null): number => {
    refusal ??= { clause, name };
    return constants.SQLITE_DENY;
  };
  const read = (table: string, column: string, database: string | null): number => {
    if (computedTables.has(table)) return constants.SQLITE_OK;
    if (known.has(table) && database === 'temp') return constants.SQLITE_OK;
    const allowed = columns.get(table);
    if (allowed && database !== 'temp' && (column === '' || allowed.has(column))) return constants.SQLITE_OK;
    // Counting the rows of a part of the query itself: there is no table of that name.
    const isPart = column === '' && !database && !tables.has(table) && !/^(?:pragma|sqlite)_/iu.test(table);
    if (isPart) return constants.SQLITE_OK;
    return refuse(`"${table}" is none of them`, table);
  };

  return {
    decide(action, first, second, database) {
      if (open) {
        if (action === constants.SQLITE_READ && first !== null && database === 'main') {
          const seen = columns.get(first) ?? new Set();
          columns.set(first, seen.add(second ?? ''));
        }
        return constants.SQLITE_OK;
      }
      switch (action) {
        case constants.SQLITE_SELECT:
        case constants.SQLITE_RECURSIVE:
          return constants.SQLITE_OK;
        case constants.SQLITE_READ:
          return read(first ?? '', second ?? '', database);
        case constants.SQLITE_FUNCTION:
          return functions.has((second ?? '').toLowerCase())
            ? constants.SQLITE_OK
            : refuse(`the function ${second ?? ''} is not available`, second);
        default:
          return refuse(`${named[action] ?? 'changing anything'} is not available`, null);
      }
    },
    close() {
      open = false;
    },
    refused() {
      const last = refusal;
      refusal = null;
      return last;
    },
  };
};
