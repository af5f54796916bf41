import type { BatchRow } from '../../contract/models/investigation-batch.ts';
import { actorWords } from '../investigation/actor-words.ts';

/** Columns of a batch of verdicts in a table, in their order; `of` gives the text of a cell. */
export const batchColumns: readonly { title: string; of: (row: BatchRow) => string }[] = [
  { title: 'Line', of: ({ line }) => String(line) },
  { title: 'Asked for', of: ({ who }) => who },
  { title: 'Name', of: ({ id, name }) => (id === null ? '' : name) },
  { title: 'Question', of: ({ question }) => question },
  { title: 'Cause', of: ({ cause }) => cause ?? '' },
  { title: 'Verdict', of: ({ sentence }) => sentence },
  { title: 'Certainty', of: ({ certainty }) => certainty },
  { title: 'Who acts', of: ({ actor }) => actorWords[actor] },
  { title: 'Next step', of: ({ nextStep }) => nextStep ?? '' },
  { title: 'Expected by', of: ({ expectedBy }) => expectedBy ?? '' },
  { title: 'Id', of: ({ id }) => id ?? '' },
  { title: 'Member', of: ({ member }) => member ?? '' },
];
