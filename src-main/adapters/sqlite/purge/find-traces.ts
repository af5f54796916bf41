import { foldTrace, isTelling, type Trace } from '../../../core/purge/traces.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import type { PurgedIds } from './find-person.ts';

/** What a person is called, and which of it also belongs to somebody else. */
export interface FoundTraces {
  /** To be taken out wherever it stands. */
  traces: Trace[];
  /** Addresses and names that another object bears, too: they stay in what is not the person's. */
  shared: Trace[];
  /** Too short to be told from other words. */
  short: Trace[];
}

const { users, 'scim-users': accounts } = listIds;

const versions = `SELECT object_key, json FROM current_versions UNION ALL SELECT object_key, json FROM closed_versions`;
const ownVersions = `SELECT v.json FROM (${versions}) v WHERE v.object_key IN (SELECT key FROM temp.purge_keys)`;
const ownRows = `SELECT DISTINCT source_name, source_upn, iif(source_id IS NULL OR target_id IN
    (SELECT id FROM temp.purge_ids WHERE side = ${accounts}), target_name, NULL) AS target_name FROM log_rows
  WHERE source_id IN (SELECT id FROM temp.purge_ids WHERE side = ${users})
    OR (source_id IS NULL AND target_id IN (SELECT id FROM temp.purge_ids WHERE side = ${accounts}))`;
const ownTargets = `SELECT DISTINCT t.value ->> '$.name' AS name FROM audit_targets a
  JOIN audit_events e ON e.id = a.event_id CROSS JOIN json_each(e.targets) t
  WHERE a.target_id IN (SELECT id FROM temp.purge_ids) AND t.value ->> '$.id' = a.target_id`;
const others = `SELECT v.json ->> '$.displayName', v.json ->> '$.userPrincipalName', v.json ->> '$.mail',
    v.json ->> '$.userName', v.json ->> '$.externalId', o.id
  FROM (${versions}) v JOIN objects o ON o.key = v.object_key
  WHERE v.object_key NOT IN (SELECT key FROM temp.purge_keys) AND o.list NOT IN (${listIds.assignments}, ${listIds['group-members']})`;
const otherRows = `SELECT DISTINCT source_name, source_upn, target_name FROM log_rows
  WHERE source_id IS NOT NULL AND source_id NOT IN (SELECT id FROM temp.purge_ids WHERE side = ${users})`;

/** Attributes that name somebody, and those of them that hold a whole name. */
const naming = /surname|employee|mail|alias|imaddress|samaccount|phone|mobile|fax/iu;
const wholeName = /^displayname$|^name\.formatted$/iu;
const givenName = /^(?:givenname|name\.givenname)$/iu;
const familyName = /^(?:surname|name\.familyname)$/iu;

interface Stored {
  displayName?: string | null;
  userPrincipalName?: string | null;
  mail?: string | null;
  userName?: string | null;
  externalId?: string | null;
  attributes?: Record<string, unknown>;
}

const collect = (statements: Statements, ids: PurgedIds): Map<string, Trace> => {
  const found = new Map<string, Trace>();
  const add = (sort: Trace['sort'], text: unknown): void => {
    if (typeof text !== 'string' || text.trim() === '') return;
    const folded = foldTrace(text);
    if (!found.has(folded)) found.set(folded, { sort: text.includes('@') ? 'address' : sort, text: text.trim() });
  };
  for (const id of [...ids.entraIds, ...ids.scimIds]) found.set(foldTrace(id), { sort: 'id', text: id });
  for (const { json } of statements.get<[], { json: string }>(ownVersions).all()) {
    const { displayName, userPrincipalName, mail, userName, externalId, attributes = {} } = JSON.parse(json) as Stored;
    for (const address of [userPrincipalName, mail, userName, externalId]) add('address', address);
    add('name', displayName);
    const entries = Object.entries(attributes);
    for (const [field, value] of entries) {
      for (const text of Array.isArray(value) ? value : [value]) {
        if (wholeName.test(field)) add('name', text);
        else if (naming.test(field) && !familyName.test(field)) add('address', text);
      }
    }
    const given = entries.find(([field]) => givenName.test(field))?.[1];
    const family = entries.find(([field]) => familyName.test(field))?.[1];
    if (typeof given === 'string' && typeof family === 'string' && given !== '' && family !== '') {
      add('name', `${given} ${family}`);
      add('name', `${family}, ${given}`);
    }
  }
  const rows = statements.get<
    [],
    { source_name: string | null; source_upn: string | null; target_name: string | null }
  >(ownRows);
  for (const { source_name: source, source_upn: upn, target_name: target } of rows.all()) {
    add('name', source);
    add('address', upn);
    add('name', target);
  }
  for (const { name } of statements.get<[], { name: string | null }>(ownTargets).all()) add('name', name);
  return found;
};

/**
 * Everything by which the history calls the person of `findPerson`, now or earlier. A name or an address that somebody
 * else bears or bore as well is told apart: where it stands in their rows it is theirs.
 */
export const findTraces = (statements: Statements, ids: PurgedIds): FoundTraces => {
  const found = collect(statements, ids);
  const shared = new Set<string>();
  const meet = (row: readonly (string | null)[]): void => {
    for (const text of row) {
      if (text === null) continue;
      const folded = foldTrace(text);
      if (found.has(folded)) shared.add(folded);
    }
  };
  type Row = (string | null)[];
  for (const sql of [others, otherRows]) {
    for (const row of statements.database.prepare<[], Row>(sql).raw().iterate() as Iterable<Row>) meet(row);
  }
  const all = [...found];
  const own = all.filter(([folded]) => !shared.has(folded)).map(([, trace]) => trace);
  return {
    traces: own,
    shared: all.filter(([folded]) => shared.has(folded)).map(([, trace]) => trace),
    short: own.filter((trace) => !isTelling(trace)),
  };
};

const shortestRemembered = 3;

/** Folded texts whose keyed hashes stay: ids always; addresses and user names that are nobody else's. */
export const textsToRemember = ({ traces }: FoundTraces, ids: PurgedIds): string[] => {
  const isRemembered = (trace: Trace): boolean =>
    trace.sort !== 'name' &&
    (isTelling(trace) || (trace.text.length >= shortestRemembered && !/^\d+$/u.test(trace.text)));
  const addresses = traces.filter(isRemembered).map(({ text }) => text);
  return [...new Set([...ids.entraIds, ...ids.scimIds, ...addresses].map(foldTrace))];
};
