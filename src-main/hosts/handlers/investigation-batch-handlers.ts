import { renderCsv } from '../../adapters/files/render-csv.ts';
import type { BatchPeople } from '../../contract/models/investigation-batch.ts';
import { batchColumns } from '../../core/report/batch-table.ts';
import type { InvestigateBatchOptions } from '../../services/investigate-batch.ts';
import type { Handlers } from '../api-router.ts';
import type { HostContext } from '../host-context.ts';
import { readAt } from './read-at.ts';

const peopleOf = async (people: BatchPeople): Promise<InvestigateBatchOptions['people']> => {
  if ('finding' in people) return people;
  if ('names' in people) return { lines: people.names.map((who, index) => ({ line: index + 1, who })) };
  const { parsePeopleList } = await import('../../adapters/files/people-list.ts');
  const { base64, name, column } = people.file;
  return { lines: parsePeopleList(Buffer.from(base64, 'base64'), { name, column }) };
};

/** Verdicts about everybody of a list, from the stored history alone; the rules are loaded when they are needed. */
export const createInvestigationBatchHandlers = (context: HostContext): Pick<Handlers, 'investigateBatch'> => ({
  investigateBatch: ({ callId, ...input }) =>
    context.calls.run(callId, async (signal) => {
      const people = await peopleOf(input.people);
      const { investigateBatch } = await import('../../services/investigate-batch.ts');
      const batch = await investigateBatch({
        ...(await readAt(context, input)),
        people,
        signal,
        progress: (state) => context.events.emit('progress', { callId, ...state }),
      });
      return input.csv ? { ...batch, csv: [...renderCsv(batchColumns, batch.rows)].join('') } : batch;
    }),
});
