import type { KnownNames } from '../../../core/redaction/vocabulary.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';

/** Every version that was ever stored of people and groups, on both sides. */
const versions = `SELECT o.list, v.json FROM objects o JOIN (
    SELECT object_key, json FROM current_versions UNION ALL SELECT object_key, json FROM closed_versions
  ) v ON v.object_key = o.key WHERE o.list IN (?, ?, ?, ?, ?)`;
const logged = `SELECT DISTINCT subject_type, source_id, source_name, source_upn, target_name, target_id FROM log_rows`;
const actors = `SELECT DISTINCT initiated_by AS name FROM audit_events WHERE initiated_by IS NOT NULL`;
const changed = `SELECT DISTINCT value ->> '$.type' AS type, value ->> '$.name' AS name
  FROM audit_events, json_each(targets) WHERE value ->> '$.name' IS NOT NULL`;
const applications = `SELECT DISTINCT json ->> '$.displayName' AS name FROM documents WHERE name = 'application'`;
const accountIds = 'SELECT id FROM objects WHERE list IN (?, ?)';

/** Attributes that name somebody, wherever a mapping brought them in. */
const namingAttribute =
  /name|phone|mobile|pager|fax|employee|mail|alias|(?:street|proxy|im)address|manager|immutableId|securityIdentifier|birth/iu;
/** These are told by many people, and their values are words of every sentence. */
const sharedAttribute = /^(?:employeeType|employeeLeaveDateTime|employeeHireDate)$/iu;
/** Of these the single words count; of the others the whole text. */
const wordsOfAttribute = /displayName|givenName|familyName|surname|formatted|^name/iu;

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

interface Person {
  id: string;
  displayName?: string | null;
  userPrincipalName?: string | null;
  mail?: string | null;
  userName?: string | null;
  externalId?: string | null;
  attributes?: Record<string, unknown>;
}

/**
 * Everything by which people and groups are or were called, each text once. Old names count as well: a log row of last
 * year tells them still.
 */
export const readVocabulary = (statements: Statements): KnownNames => {
  const names = new Set<string>();
  const identifiers = new Set<string>();
  const groupNames = new Set<string>();
  const add = (set: Set<string>, value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) add(set, one);
    else if (typeof value === 'string' && value !== '') set.add(value);
  };
  const { users, groups } = listIds;
  const [deleted, accounts, targetGroups] = [listIds['deleted-users'], listIds['scim-users'], listIds['scim-groups']];
  const stored = statements.get<number[], { list: number; json: string }>(versions);
  for (const { list, json } of stored.iterate(users, deleted, groups, accounts, targetGroups)) {
    const item = JSON.parse(json) as Person;
    if (list === groups || list === targetGroups) {
      add(groupNames, item.displayName);
      for (const value of [item.mail, item.externalId]) add(identifiers, value);
      continue;
    }
    add(names, item.displayName);
    for (const value of [item.userPrincipalName, item.mail, item.userName, item.externalId]) add(identifiers, value);
    for (const [key, value] of Object.entries(item.attributes ?? {})) {
      if (namingAttribute.test(key) && !sharedAttribute.test(key))
        add(wordsOfAttribute.test(key) ? names : identifiers, value);
    }
  }
  const rows = statements.get<
    [],
    {
      subject_type: string;
      source_id: string | null;
      source_name: string | null;
      source_upn: string | null;
      target_name: string | null;
      target_id: string | null;
    }
  >(logged);
  for (const row of rows.iterate()) {
    const own = row.subject_type === 'group' ? groupNames : names;
    add(own, row.source_name);
    add(own, row.target_name);
    add(identifiers, row.source_upn);
    add(identifiers, row.target_id);
    // Ids of Entra are known by their look.
    if (row.source_id !== null && !guid.test(row.source_id)) add(identifiers, row.source_id);
  }
  for (const { name } of statements.get<[], { name: string }>(actors).iterate()) {
    add(name.includes('@') ? identifiers : groupNames, name);
  }
  for (const { type, name } of statements.get<[], { type: string | null; name: string }>(changed).iterate()) {
    add(name.includes('@') ? identifiers : type === 'User' ? names : groupNames, name);
  }
  for (const { name } of statements.get<[], { name: string | null }>(applications).iterate()) add(groupNames, name);
  for (const { id } of statements.get<number[], { id: string }>(accountIds).iterate(accounts, targetGroups)) {
    add(identifiers, id);
  }
  return { names: [...names], identifiers: [...identifiers], groupNames: [...groupNames] };
};
