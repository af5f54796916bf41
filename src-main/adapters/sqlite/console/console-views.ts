import type { QueryExample } from '../../../contract/models/query.ts';
import { historyViews } from './history-views.ts';
import { peopleViews } from './people-views.ts';
import type { ConsoleView } from './console-view.ts';

/** All that a query may read. */
export const consoleViews: readonly ConsoleView[] = [...peopleViews, ...historyViews];

/** Queries to begin with. */
export const consoleExamples: readonly QueryExample[] = [
  {
    title: 'People who should have an account and have none',
    sql: `SELECT name, user_principal_name, target_state, open_findings
FROM v_people
WHERE source_state = 'in-scope' AND target_state <> 'active'
ORDER BY name`,
  },
  {
    title: 'Failures by error code, with how many people they concern',
    sql: `SELECT error_code, count(*) AS rows, count(DISTINCT entra_id) AS people, min(at) AS first, max(at) AS last
FROM v_log
WHERE status = 'failure'
GROUP BY error_code
ORDER BY rows DESC`,
  },
  {
    title: 'Log rows by day and status',
    sql: `SELECT substr(at, 1, 10) AS day, status, count(*) AS rows
FROM v_log
GROUP BY day, status
ORDER BY day DESC, status`,
  },
  {
    title: 'Active accounts in UNIFI without a user in Entra',
    sql: `SELECT name, user_name, scim_id, external_id
FROM v_people
WHERE source_state IN ('none', 'deleted') AND target_state = 'active'
ORDER BY name`,
  },
  {
    title: 'Members of Entra groups that UNIFI does not have in the group of the same name',
    sql: `SELECT e.group_name, p.name, p.user_principal_name
FROM v_members e
JOIN v_people p ON p.entra_id = e.member_id
JOIN v_groups g ON g.side = 'unifi' AND g.name = e.group_name
LEFT JOIN v_members u ON u.side = 'unifi' AND u.group_id = g.group_id AND u.member_id = p.scim_id
WHERE e.side = 'entra' AND u.member_id IS NULL
ORDER BY e.group_name, p.name`,
  },
  {
    title: 'How every user changed from run to run',
    sql: `SELECT object ->> '$.userPrincipalName' AS user_principal_name, from_run, to_run,
  object ->> '$.accountEnabled' AS enabled, object ->> '$.displayName' AS display_name
FROM v_versions
WHERE list = 'users'
ORDER BY user_principal_name, from_run`,
  },
  {
    title: 'Sources that were not read whole in the last ten runs',
    sql: `SELECT run_id, source, status, failure
FROM v_sources
WHERE status IN ('partial', 'failed') AND run_id > (SELECT max(run_id) - 10 FROM v_runs)
ORDER BY run_id DESC, source`,
  },
];
