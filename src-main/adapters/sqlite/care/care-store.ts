import type { CareNote } from '../../../contract/models/care.ts';
import type { CareStore } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';

const put = `INSERT INTO care_notes (task, at, json) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET at = excluded.at, json = excluded.json`;
const all = 'SELECT task, at, json FROM care_notes ORDER BY task';

/** What was last done for the history's file: one line for each task. */
export const createCareStore = (statements: Statements): CareStore => ({
  async note(task, at, good) {
    statements.get(put).run(task, at, JSON.stringify({ good }));
  },
  async notes() {
    const rows = statements.get<[], { task: CareNote['task']; at: string; json: string }>(all).all();
    return rows.map(({ task, at, json }) => ({ task, at, good: (JSON.parse(json) as { good: boolean }).good }));
  },
});
