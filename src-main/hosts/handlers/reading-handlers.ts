import { describeLogRow } from '../../core/log/describe-log-row.ts';
import { readStatus } from '../../services/read-status.ts';
import type { HistoryStore } from '../../services/ports.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';

type ReadingHandlers = Pick<
  Handlers,
  | 'getStatus'
  | 'listRuns'
  | 'listGaps'
  | 'listFindings'
  | 'getFinding'
  | 'findingFacets'
  | 'listLog'
  | 'getLogRow'
  | 'logFacets'
  | 'logOutcomes'
  | 'listPeople'
  | 'getPerson'
  | 'peopleFacets'
>;

const dayMs = 86_400_000;

/** Everything that only reads the stored history. */
export const createReadingHandlers = ({ calls, sessions, events }: HostContext): ReadingHandlers => {
  const history = async (connection: string | undefined): Promise<HistoryStore> =>
    (await sessions.of(connection)).history();

  return {
    async getStatus(input) {
      const session = await sessions.of(input.connection);
      return readStatus(await session.history(), session.clock, session.connection.jobId ?? null);
    },
    listRuns: async (input) => (await history(input.connection)).runs.list(input.page),
    listGaps: async (input) => ({ gaps: await (await history(input.connection)).runs.gaps() }),
    listFindings: async (input) => (await history(input.connection)).findings.page(input.filter, input.page),
    getFinding: async (input) => (await history(input.connection)).findings.get(input.id),
    async findingFacets(input) {
      const { findings } = await history(input.connection);
      const [facets, evaluation] = await Promise.all([
        findings.facets(input.filter, input.facets),
        findings.evaluation(),
      ]);
      return { facets, notEvaluated: evaluation?.notEvaluated ?? [] };
    },
    listLog: async (input) => (await history(input.connection)).log.page(input.filter, input.page),
    async getLogRow(input) {
      const found = await (await history(input.connection)).log.row(input.id);
      return found === null ? null : describeLogRow(found.row, found.raw);
    },
    logFacets: (input) =>
      calls.run(input.callId, async (signal) => {
        const { log } = await history(input.connection);
        const progress = (done: number, total: number): void =>
          events.emit('progress', {
            callId: input.callId,
            phase: 'counting',
            source: 'provisioning-log',
            items: done,
            total,
            rate: null,
            remainingMs: null,
            note: null,
          });
        return { facets: await log.facets(input.filter, input.facets, { signal, progress }) };
      }),
    async logOutcomes(input) {
      const session = await sessions.of(input.connection);
      const today = Math.floor(session.clock.now().getTime() / dayMs) * dayMs;
      const iso = (ms: number): string => new Date(ms).toISOString();
      const { log } = await session.history();
      return { days: await log.outcomes(iso(today - (input.days - 1) * dayMs), iso(today + dayMs)) };
    },
    listPeople: async (input) => (await history(input.connection)).people.page(input.filter, input.page),
    getPerson: async (input) => (await history(input.connection)).people.get(input.id),
    async peopleFacets(input) {
      const { people } = await history(input.connection);
      return { facets: await people.facets(input.filter, input.facets) };
    },
  };
};
