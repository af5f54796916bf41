import type { PurgeReceipt } from '../../../contract/models/purge.ts';
import { recogniseHashes } from '../../../core/purge/recognise-hashes.ts';
import { foldTrace } from '../../../core/purge/traces.ts';
import type { PurgeKey } from '../../../services/ports.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import { eraseEvents, eraseLog } from './erase-evidence.ts';
import { eraseMentions } from './erase-mentions.ts';
import { personTables } from './find-person.ts';
import { purgeRows } from './purge-person.ts';
import { createPurgeTally } from './purge-tally.ts';

type Progress = (note: string, items: number) => void;

/** One purge with the hashes by which it recognises somebody, as a row of each table. */
export interface StoredPurge {
  id: string;
  at: string;
  finished_at: string | null;
  lifted_at: string | null;
  key_id: string;
  receipt: string;
  hashes: string[];
}

const allPurges = 'SELECT id, at, finished_at, lifted_at, key_id, receipt FROM purges ORDER BY at, id';
const hashesOf = 'SELECT hash FROM purge_hashes WHERE purge_id = ? ORDER BY hash';
const putPurge = `INSERT INTO purges (id, at, finished_at, lifted_at, key_id, receipt)
  VALUES (@id, @at, @finished_at, @lifted_at, @key_id, @receipt)
  ON CONFLICT DO UPDATE SET finished_at = excluded.finished_at, lifted_at = excluded.lifted_at, receipt = excluded.receipt`;
const putHash = 'INSERT OR IGNORE INTO purge_hashes (hash, purge_id) VALUES (?, ?)';
const reopen = 'UPDATE purges SET finished_at = NULL, receipt = ? WHERE id = ?';

/** Every purge of a history, to be carried into another one. */
export const readPurges = (statements: Statements): StoredPurge[] =>
  statements
    .get<[], Omit<StoredPurge, 'hashes'>>(allPurges)
    .all()
    .map((row) => ({ ...row, hashes: statements.get<[string], string>(hashesOf).pluck().all(row.id) as string[] }));

/** Adds purges to a history; what is given is newer than what it has. Inside a write transaction. */
export const addPurges = (statements: Statements, purges: readonly StoredPurge[]): void => {
  for (const { hashes, ...purge } of purges) {
    statements.get<object>(putPurge).run(purge);
    statements.get('DELETE FROM purge_hashes WHERE purge_id = ?').run(purge.id);
    for (const hash of hashes) statements.get(putHash).run(hash, purge.id);
  }
};

const { users, 'deleted-users': deletedUsers, 'scim-users': accounts } = listIds;
const versions = 'SELECT object_key, json FROM current_versions UNION ALL SELECT object_key, json FROM closed_versions';
/** Ids of either side, each with a text that may be recognised: the id itself, or an address. */
const named = `SELECT iif(list = ${accounts}, ${accounts}, ${users}) AS side, id, id AS text FROM objects
    WHERE list IN (${users}, ${deletedUsers}, ${accounts})
  UNION SELECT iif(o.list = ${accounts}, ${accounts}, ${users}), o.id, t.value FROM objects o
    JOIN (${versions}) v ON v.object_key = o.key
    CROSS JOIN json_each(json_array(v.json ->> '$.userPrincipalName', v.json ->> '$.userName', v.json ->> '$.externalId')) t
    WHERE o.list IN (${users}, ${deletedUsers}, ${accounts}) AND t.value IS NOT NULL
  UNION SELECT ${users}, source_id, source_id FROM log_rows WHERE source_id IS NOT NULL AND subject_type <> 'group'
  UNION SELECT ${users}, source_id, source_upn FROM log_rows
    WHERE source_id IS NOT NULL AND source_upn IS NOT NULL AND subject_type <> 'group'
  UNION SELECT ${users}, target_id, target_id FROM audit_targets`;

/**
 * Does the purges in force again, on a history that may hold these people: one that was restored, or that somebody else
 * wrote. Recognised are the ids and addresses whose hashes are kept. Gives the ids of the purges that found somebody. Inside a
 * write transaction of a connection with `secure_delete`.
 */
export const repeatPurges = (
  statements: Statements,
  key: PurgeKey,
  options: { now(): string; progress: Progress },
): Set<string> => {
  const { database } = statements;
  const hashes = new Map(
    readPurges(statements)
      .filter((purge) => purge.lifted_at === null && purge.key_id === key.id)
      .flatMap((purge) => purge.hashes.map((hash) => [hash, purge.id] as const)),
  );
  if (hashes.size === 0) return new Set();
  const found = new Map<string, { entraIds: Set<string>; scimIds: Set<string> }>();
  const rows = database.prepare<[], { side: number; id: string; text: string }>(named);
  for (const { side, id, text } of rows.iterate()) {
    const purge = hashes.get(key.hash(foldTrace(text)));
    if (purge === undefined) continue;
    const ids = found.get(purge) ?? { entraIds: new Set(), scimIds: new Set() };
    found.set(purge, ids);
    (side === accounts ? ids.scimIds : ids.entraIds).add(id);
  }
  for (const [purge, ids] of found) {
    const done = purgeRows(statements, { entraIds: [...ids.entraIds], scimIds: [...ids.scimIds] }, options.progress);
    for (const text of done.remember) statements.get(putHash).run(key.hash(text), purge);
    noteRepeated(statements, purge, options.now());
  }
  // Mentions of somebody of whom nothing else is there.
  const recognise = { ...recogniseHashes((text) => hashes.has(key.hash(text))), mayHold: () => true };
  const tally = createPurgeTally();
  database.exec(personTables);
  eraseLog(statements, recognise, tally, (count) => options.progress('Reading the log for mentions', count));
  eraseEvents(statements, recognise, tally);
  eraseMentions(statements, recognise, tally);
  return new Set(found.keys());
};

/** The purge was done again: indexes and free pages have to be cleared again, too. */
export const noteRepeated = (statements: Statements, id: string, at: string): void => {
  const row = statements.get<[string], { receipt: string }>('SELECT receipt FROM purges WHERE id = ?').get(id);
  if (!row) throw new Error('a purge was repeated that is not there');
  const receipt = JSON.parse(row.receipt) as PurgeReceipt;
  const next: PurgeReceipt = { ...receipt, finishedAt: null, repeatedAt: [...receipt.repeatedAt, at] };
  statements.get(reopen).run(JSON.stringify(next), id);
};
