import type { SnapshotStore } from '../../../services/ports.ts';
import { AppError } from '../../../core/app-error.ts';
import { eraseJson } from '../../../core/purge/erase-json.ts';
import { settleLearned } from '../purge/settle-learned.ts';
import { withholdEvents } from '../purge/withhold-evidence.ts';
import { withholdItems } from '../purge/withhold-items.ts';
import type { Withholding } from '../purge/withholding.ts';
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

const purgedMeanwhile = (): AppError =>
  new AppError({
    code: 'store-locked',
    message: 'Somebody was purged from the history while a list was being read, so that the list was not stored.',
    advice: 'Collect again. Nothing was lost.',
  });

/** Lists and documents by version; people who were purged are left out of everything. */
export const createSnapshotStore = (statements: Statements, withholding: Withholding): SnapshotStore => ({
  ...createStage(statements, withholding),
  read: async (name, { after, limit, asOfRun, withoutMembers = false }) =>
    readSnapshot(statements, name, {
      after,
      limit,
      asOfRun: asOfRun === undefined ? null : runNumber(asOfRun),
      withMembers: !withoutMembers,
    }),
  members: async (name) => readMemberTable(statements, name),
  closedSince: async (name, since) => readClosedSince(statements, name, since),
  async saveDocument(name, version, json, runId) {
    const work = (): void => {
      const from = withholding.current();
      const kept = from ? eraseJson(json, from.recognise) : json;
      saveDocument(statements, { name, version, json: kept, run: runNumber(runId) });
    };
    statements.database.transaction(work).immediate();
  },
  document: async (name) => readDocument(statements, name),
  deltaLink: async (key) => statements.get<[string], { link: string }>(readLink).get(key)?.link ?? null,
  async saveDeltaLink(key, link) {
    if (link === null) statements.get(dropLink).run(key);
    else statements.get(writeLink).run(key, link);
  },
  async saveAudit(events) {
    const work = (): { withheld: number } => {
      const from = withholding.current();
      const { items, withheld } = from ? withholdEvents(events, from) : { items: events, withheld: 0 };
      saveAuditEvents(statements, items);
      return { withheld };
    };
    return statements.database.transaction(work).immediate();
  },
  audit: async (from, to) => readAuditEvents(statements, from, to),
});

/** Collecting a list and making it the state of a run. */
function createStage(
  statements: Statements,
  withholding: Withholding,
): Pick<SnapshotStore, 'begin' | 'stage' | 'stageRemoved' | 'apply'> {
  /** Which purges each stage was filled under. */
  const marks = new Map<string, string | null>();
  const markNow = (): string | null => withholding.current()?.mark ?? null;
  return {
    async begin(name) {
      clearStage(statements, name);
      marks.set(name, markNow());
    },
    async stage(name, items) {
      const from = withholding.current();
      const kept = from ? withholdItems(name, items, from) : { items, withheld: 0 };
      stageItems(statements, name, kept.items);
      return { withheld: kept.withheld };
    },
    stageRemoved: async (name, ids) => stageRemovals(statements, name, ids),
    async apply(name, { runId, full }) {
      const work = (): ReturnType<typeof applyStage> => {
        const began = marks.get(name);
        if (began !== undefined && began !== markNow()) throw purgedMeanwhile();
        const applied = applyStage(statements, name, { run: runNumber(runId), full });
        settleLearned(statements, withholding);
        marks.set(name, markNow());
        return applied;
      };
      return statements.database.transaction(work).immediate();
    },
  };
}
