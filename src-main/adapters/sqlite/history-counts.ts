import type { StatusCounts } from '../../contract/models/job-status.ts';
import type { Statements } from './statements.ts';

const counts = `SELECT
  (SELECT item_count FROM snapshot_lists WHERE name = 'users') AS users,
  (SELECT item_count FROM snapshot_lists WHERE name = 'groups') AS groups,
  (SELECT item_count FROM snapshot_lists WHERE name = 'assignments') AS assignments,
  (SELECT item_count FROM snapshot_lists WHERE name = 'scim-users') AS accounts,
  (SELECT item_count FROM snapshot_lists WHERE name = 'scim-groups') AS targetGroups,
  (SELECT coalesce(sum(count), 0) FROM log_counts) AS logRows,
  (SELECT count(*) FROM findings WHERE state = 'open') AS findingsOpen,
  (SELECT count(*) FROM findings WHERE state = 'pending') AS findingsPending,
  (SELECT count(*) FROM purges WHERE lifted_at IS NULL) AS withheld`;

export const readCounts = (statements: Statements): StatusCounts => {
  const row = statements.get<[], StatusCounts>(counts).get();
  if (!row) throw new Error('counting gave no row');
  return row;
};
