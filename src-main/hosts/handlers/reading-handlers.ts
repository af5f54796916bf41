import { describeLogRow } from '../../core/log/describe-log-row.ts';
import { readStatus } from '../../services/read-status.ts';
import type { AsOf, OnConnection } from '../../contract/methods/call.ts';
import type { HistoryReads } from '../../services/ports.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import { readAt } from './read-at.ts';

type ReadingHandlers = Pick<
  Handlers,
  | 'getStatus'
  | 'listRuns'
  | 'listGaps'
  | 'listKeptAside'
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

/** Everything that only reads the stored history, of now or as of an earlier run. */
export const createReadingHandlers = (context: HostContext): ReadingHandlers => {
  const { calls, events } = context;
  const history = async (input: OnConnection & AsOf): Promise<HistoryReads> => (await readAt(context, input)).store;

  return {
    async getStatus(input) {
      const { store, clock, jobId } = await readAt(context, input);
      return readStatus(store, clock, jobId);
    },
    listRuns: async (input) => (await history(input)).runs.list(input.page),
    listGaps: async (input) => ({ gaps: await (await history(input)).runs.gaps() }),
    listKeptAside: async (input) => ({ entries: await (await history(input)).runs.keptAside() }),
    listFindings: async (input) => (await history(input)).findings.page(input.filter, input.page),
    getFinding: async (input) => (await history(input)).findings.get(input.id),
    async findingFacets(input) {
      const { findings } = await history(input);
      const [facets, evaluation] = await Promise.all([
        findings.facets(input.filter, input.facets),
        findings.evaluation(),
      ]);
      return { facets, notEvaluated: evaluation?.notEvaluated ?? [] };
    },
    listLog: async (input) => (await history(input)).log.page(input.filter, input.page),
    async getLogRow(input) {
      const found = await (await history(input)).log.row(input.id);
      return found === null ? null : describeLogRow(found.row, found.raw);
    },
    logFacets: (input) =>
      calls.run(input.callId, async (signal) => {
        const { log } = await history(input);
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
      const { store, clock } = await readAt(context, input);
      const today = Math.floor(clock.now().getTime() / dayMs) * dayMs;
      const iso = (ms: number): string => new Date(ms).toISOString();
      return { days: await store.log.outcomes(iso(today - (input.days - 1) * dayMs), iso(today + dayMs)) };
    },
    listPeople: async (input) => (await history(input)).people.page(input.filter, input.page),
    getPerson: async (input) => (await history(input)).people.get(input.id),
    async peopleFacets(input) {
      const { people } = await history(input);
      return { facets: await people.facets(input.filter, input.facets) };
    },
  };
};
