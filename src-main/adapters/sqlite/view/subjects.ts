import type { SubjectRef } from '../../../contract/models/finding.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

interface ObjectRow {
  list: number;
  id: string;
}

const objectOf = 'SELECT list, id FROM objects WHERE key = ?';
/** As the lists have it now, else as they last had it; a soft-deleted user stands in a list of its own. */
const versionOf = `SELECT coalesce(
    (SELECT json FROM current_versions v JOIN objects o ON o.key = v.object_key WHERE o.list = @list AND o.id = @id),
    (SELECT json FROM current_versions v JOIN objects o ON o.key = v.object_key WHERE o.list = @deleted AND o.id = @id),
    (SELECT json FROM closed_versions v JOIN objects o ON o.key = v.object_key WHERE o.list = @list AND o.id = @id
      ORDER BY valid_to DESC LIMIT 1),
    (SELECT json FROM closed_versions v JOIN objects o ON o.key = v.object_key WHERE o.list = @deleted AND o.id = @id
      ORDER BY valid_to DESC LIMIT 1)) AS json`;
const newestRow = `SELECT source_name, source_upn FROM log_rows INDEXED BY log_rows_by_source
  WHERE source_id = ? ORDER BY seq DESC LIMIT 1`;

interface Named {
  displayName?: string | null;
  userPrincipalName?: string | null;
  userName?: string | null;
}

/** What an object of a list is called; an id that no list ever had goes by what the log called it, else by itself. */
export const nameOf = (statements: Statements, list: number, id: string): string => {
  const deleted = list === listIds.users ? listIds['deleted-users'] : list;
  const row = statements.get<[object], { json: string | null }>(versionOf).get({ list, id, deleted });
  const named = row?.json ? (JSON.parse(row.json) as Named) : null;
  const known = named?.displayName ?? named?.userPrincipalName ?? named?.userName;
  if (known) return known;
  const logged = statements.get<[string], { source_name: string | null; source_upn: string | null }>(newestRow).get(id);
  return logged?.source_name ?? logged?.source_upn ?? id;
};

/** Somebody of the table of people, with the account that counts as theirs. */
export const personRef = (statements: Statements, key: number, scimId: string | null): SubjectRef => {
  const object = statements.get<[number], ObjectRow>(objectOf).get(key);
  const isAccount = object?.list === listIds['scim-users'];
  const id = object?.id ?? '';
  return {
    type: 'user',
    entraId: isAccount ? null : id,
    scimId: isAccount ? id : scimId,
    name: object ? nameOf(statements, object.list, id) : id,
  };
};
