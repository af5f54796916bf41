import type { RetentionStore } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { forgetRuns } from './forget-runs.ts';
import { forgetStates } from './forget-states.ts';

/** The first run that ended at or after a moment, else the newest: its state is the first one that is kept. */
const firstKept = `SELECT id, coalesce(ended_at, started_at) AS at FROM runs
  WHERE id = coalesce((SELECT min(id) FROM runs WHERE coalesce(ended_at, started_at) >= @before), (SELECT max(id) FROM runs))`;
const known = 'SELECT run_id FROM horizons WHERE kind = ?';
const note = `INSERT INTO horizons (kind, run_id, at) VALUES (@kind, @run, @at)
  ON CONFLICT DO UPDATE SET run_id = excluded.run_id, at = excluded.at`;

/** What a connection no longer wants to keep. The log has its own (`log/log-forget.ts`). */
export const createRetentionStore = (statements: Statements): RetentionStore => {
  const { database } = statements;
  const upTo = (kind: 'states' | 'runs', before: string, forget: (run: number) => number): number => {
    const work = (): number => {
      const first = statements.get<object, { id: number; at: string }>(firstKept).get({ before });
      const done = statements.get<[string], { run_id: number }>(known).get(kind)?.run_id ?? 1;
      // Before the first run there is nothing, and what was forgotten once is gone.
      if (!first || first.id <= done) return 0;
      statements.get<object>(note).run({ kind, run: first.id, at: first.at });
      return forget(first.id);
    };
    return database.transaction(work).immediate();
  };
  return {
    forgetStates: async (before) => upTo('states', before, (run) => forgetStates(statements, run)),
    forgetRuns: async (before) => upTo('runs', before, (run) => forgetRuns(statements, run)),
    async forgetAudit(before) {
      const work = (): number => {
        const ms = Date.parse(before);
        statements
          .get<[number]>('DELETE FROM audit_targets WHERE event_id IN (SELECT id FROM audit_events WHERE at_ms < ?)')
          .run(ms);
        return statements.get<[number]>('DELETE FROM audit_events WHERE at_ms < ?').run(ms).changes;
      };
      return database.transaction(work).immediate();
    },
  };
};
