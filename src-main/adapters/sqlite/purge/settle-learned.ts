import type { Statements } from '../statements.ts';
import { findPerson } from './find-person.ts';
import { purgeRows } from './purge-person.ts';
import { noteRepeated } from './repeat-purges.ts';
import type { Withholding } from './withholding.ts';

const isStored = `SELECT 1 FROM objects WHERE id = @id
  UNION ALL SELECT 1 FROM current_versions WHERE json_extract(json, '$.principalId') = @id AND instr(json, '"principalId":') > 0
  UNION ALL SELECT 1 FROM log_rows WHERE source_id = @id LIMIT 1`;

/**
 * Somebody who was purged came again under a new id, and was recognised by the address: what was stored of the new id
 * before that, such as an assignment or a membership, goes as well. Inside a write transaction.
 */
export const settleLearned = (statements: Statements, withholding: Withholding): void => {
  for (const { id, purge } of withholding.keepLearned()) {
    if (statements.get<object>(isStored).get({ id }) === undefined) continue;
    statements.database.pragma('secure_delete = ON');
    const ids = findPerson(statements, { entraIds: [id], scimIds: [] });
    purgeRows(statements, { ...ids, scimIds: [...new Set([...ids.scimIds, id])] }, () => undefined);
    const at = statements.get<[], { at: string }>('SELECT max(started_at) AS at FROM runs').get()?.at ?? '';
    noteRepeated(statements, purge, at);
  }
};
