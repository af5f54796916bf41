import type { DocumentName, StoredDocument } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';

interface DocumentRow {
  since_run: number;
  version: string | null;
  json: string;
  since_at: string;
  seen_at: string;
}

const newest = `SELECT d.since_run, d.version, d.json, f.started_at AS since_at, s.started_at AS seen_at
  FROM documents d JOIN runs f ON f.id = d.since_run JOIN runs s ON s.id = d.seen_run
  WHERE d.name = ? ORDER BY d.since_run DESC LIMIT 1`;
const see = 'UPDATE documents SET seen_run = ? WHERE name = ? AND since_run = ?';
const insert = 'INSERT OR REPLACE INTO documents (name, since_run, seen_run, version, json) VALUES (?, ?, ?, ?, ?)';

/** Keeps a document of a run: a new version when its version, or without one its text, differs from the newest. */
export const saveDocument = (
  statements: Statements,
  document: { name: DocumentName; version: string | null; json: string; run: number },
): void => {
  const { name, version, json, run } = document;
  const work = (): void => {
    const before = statements.get<[string], DocumentRow>(newest).get(name);
    const same = before && (version === null ? before.json === json : before.version === version);
    if (same) statements.get(see).run(run, name, before.since_run);
    else statements.get(insert).run(name, run, run, version, json);
  };
  statements.database.transaction(work).immediate();
};

export const readDocument = (statements: Statements, name: DocumentName): StoredDocument | null => {
  const row = statements.get<[string], DocumentRow>(newest).get(name);
  return row
    ? { json: row.json, since: { runId: String(row.since_run), at: row.since_at }, seenAt: row.seen_at }
    : null;
};
