import { foldText } from '../search-text.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

/** A group of either side by its name, folded for comparing. */
export interface NamedGroup {
  list: number;
  id: string;
  name: string | null;
  folded: string;
  externalId: string | null;
  createdAt: string | null;
  /** False for a group that is in no list any more, by its last known name. */
  isPresent: boolean;
}

const names = `SELECT o.list, o.id, o.key, c.object_key IS NOT NULL AS present,
    coalesce(c.json, (SELECT p.json FROM closed_versions p WHERE p.object_key = o.key ORDER BY p.valid_to DESC LIMIT 1))
      AS json
  FROM objects o LEFT JOIN current_versions c ON c.object_key = o.key WHERE o.list IN (?, ?)`;

interface NameRow {
  list: number;
  id: string;
  present: number;
  json: string | null;
}

const readNames = (statements: Statements): NamedGroup[] =>
  statements
    .get<[number, number], NameRow>(names)
    .all(listIds.groups, listIds['scim-groups'])
    .flatMap(({ list, id, present, json }) => {
      // An id that only a member list or a finding names tells nothing.
      if (json === null) return [];
      const group = JSON.parse(json) as {
        displayName: string | null;
        externalId?: string | null;
        createdAt: string | null;
      };
      return [
        {
          list,
          id,
          name: group.displayName,
          folded: foldText(group.displayName?.trim() ?? ''),
          externalId: group.externalId ?? null,
          createdAt: group.createdAt,
          isPresent: present === 1,
        },
      ];
    });

/** Changes with everything that is written, by this connection or another. */
const stateOf = (statements: Statements): string => {
  const others = statements.database.pragma('data_version', { simple: true }) as number;
  const own = statements.get<[], { n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
  return `${others} ${own}`;
};

/**
 * Every group of Entra and of UNIFI that was ever read, by name. Groups are thousands where people are many more; read
 * once as long as nothing is written, since a list of people asks for them again and again.
 */
export const createGroupNames = (statements: Statements): (() => readonly NamedGroup[]) => {
  let known: { state: string; names: readonly NamedGroup[] } | null = null;
  return () => {
    const state = stateOf(statements);
    if (known?.state !== state) known = { state, names: readNames(statements) };
    return known.names;
  };
};
