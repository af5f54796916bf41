import type { PurgedCollections, PurgedTable } from '../../../contract/models/purge.ts';
import { describeTables } from '../../../core/purge/receipt.ts';
import { recogniseTexts } from '../../../core/purge/recognise-texts.ts';
import { foldTrace, isTelling } from '../../../core/purge/traces.ts';
import { countIssues } from '../issue/count-issues.ts';
import type { Statements } from '../statements.ts';
import { deleteLog } from './delete-log.ts';
import { deleteObjects, noteBelongings } from './delete-objects.ts';
import { eraseEvents, eraseLog } from './erase-evidence.ts';
import { eraseMentions } from './erase-mentions.ts';
import { findPerson, type PurgedIds } from './find-person.ts';
import { findTraces, textsToRemember, type FoundTraces } from './find-traces.ts';
import { correctListCounts, noteWithheld, readPresences, runsOf } from './list-counts.ts';
import { sumMembersAgain } from './mend-versions.ts';
import { createPurgeTally } from './purge-tally.ts';

/** What a purge found and did. */
export interface PurgedRows extends PurgedIds {
  found: FoundTraces;
  /** Folded texts whose hashes have to stay. */
  remember: string[];
  tables: PurgedTable[];
  collections: PurgedCollections | null;
}

const mutedBefore = `SELECT m.issue_key FROM issue_mutes m JOIN issues i ON i.issue_key = m.issue_key`;
const isIssue = 'SELECT 1 FROM issues WHERE issue_key = ?';

/**
 * Deletes every row about one person, and takes the person out of rows about others; counts, sums and full text agree
 * afterwards. Inside a write transaction of a connection with `secure_delete`: whoever ends it decides whether it was a
 * rehearsal. What is left in free parts of the indices, `finishPurges` clears.
 */
export const purgeRows = (
  statements: Statements,
  given: PurgedIds,
  progress: (note: string, items: number) => void,
): PurgedRows => {
  const { database } = statements;
  const tally = createPurgeTally();
  progress('Looking for the person', 0);
  const ids = findPerson(statements, given);
  const found = findTraces(statements, ids);
  const recognise = recogniseTexts(found.traces);
  noteBelongings(statements);
  const presences = readPresences(statements);
  const collections = runsOf(statements, presences);
  const muted = database.prepare<[], string>(mutedBefore).pluck().all();
  const groups = database.prepare<[], number>('SELECT key FROM temp.purge_groups').pluck().all();
  const addresses = found.traces.filter((trace) => trace.sort === 'address' && isTelling(trace));

  progress('Deleting rows', 0);
  deleteLog(statements, [...new Set(addresses.map(({ text }) => foldTrace(text)))], tally);
  noteWithheld(statements, presences);
  correctListCounts(statements, presences);
  deleteObjects(statements, tally);
  for (const key of groups) sumMembersAgain(statements, key);
  eraseLog(statements, recognise, tally, (rows) => progress('Reading the log for mentions', rows));
  eraseEvents(statements, recognise, tally);
  progress('Reading the rest for mentions', 0);
  eraseMentions(statements, recognise, tally);
  countIssues(statements);
  for (const key of muted) {
    if (statements.get<[string]>(isIssue).get(key) !== undefined) continue;
    // The issue was only about this person.
    tally.deleted('issue_mutes', statements.get('DELETE FROM issue_mutes WHERE issue_key = ?').run(key).changes);
  }
  return {
    ...ids,
    found,
    remember: textsToRemember(found, ids),
    tables: describeTables(tally.list()),
    collections,
  };
};
