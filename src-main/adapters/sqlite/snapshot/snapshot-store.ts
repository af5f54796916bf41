import type { SnapshotStore } from '../../../services/ports.ts';
import { runNumber } from '../run-store.ts';
import type { Statements } from '../statements.ts';
import { applyStage } from './apply-stage.ts';
import { readAuditEvents, saveAuditEvents } from './audit-events.ts';
import { readDocument, saveDocument } from './documents.ts';
import { readMemberTable } from './member-table.ts';
import { readClosedSince, readSnapshot } from './read-snapshot.ts';
import { clearStage, stageItems, stageRemovals } from './stage.ts';

const readLink = 'SELECT link FROM delta_links WHERE key = ?';
const writeLink = 'INSERT OR REPLACE INTO delta_links (key, link) VALUES (?, ?)';
const dropLink = 'DELETE FROM delta_links WHERE key = ?';

/** Lists and documents by version. */
export const createSnapshotStore = (statements: Statements): SnapshotStore => ({
  begin: async (name) => clearStage(statements, name),
  stage: async (name, items) => stageItems(statements, name, items),
  stageRemoved: async (name, ids) => stageRemovals(statements, name, ids),
  apply: async (name, { runId, full }) => applyStage(statements, name, { run: runNumber(runId), full }),
  read: async (name, { after, limit, asOfRun, withoutMembers = false }) =>
    readSnapshot(statements, name, {
      after,
      limit,
      asOfRun: asOfRun === undefined ? null : runNumber(asOfRun),
      withMembers: !withoutMembers,
    }),
  members: async (name) => readMemberTable(statements, name),
  closedSince: async (name, since) => readClosedSince(statements, name, since),
  saveDocument: async (name, version, json, runId) =>
    saveDocument(statements, { name, version, json, run: runNumber(runId) }),
  document: async (name) => readDocument(statements, name),
  deltaLink: async (key) => statements.get<[string], { link: string }>(readLink).get(key)?.link ?? null,
  async saveDeltaLink(key, link) {
    if (link === null) statements.get(dropLink).run(key);
    else statements.get(writeLink).run(key, link);
  },
  saveAudit: async (events) => saveAuditEvents(statements, events),
  audit: async (from, to) => readAuditEvents(statements, from, to),
});
