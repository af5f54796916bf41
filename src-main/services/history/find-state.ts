import type { PastState } from '../../contract/models/history-diff.ts';
import { sourceNames, type SourceReport } from '../../contract/models/run.ts';
import { withheldWords } from '../../contract/models/withheld-words.ts';
import { chooseState, type ChoiceContext } from '../../core/history-diff/choose-state.ts';
import { wordsFor } from '../../core/investigation/why-unread.ts';
import type { Clock, RunStore } from '../ports.ts';

type Ledger = Pick<RunStore, 'marks' | 'gaps' | 'get' | 'kept'>;

/** What states are chosen from, and how many people a purge keeps out of every one. */
export type Choices = Omit<ChoiceContext, 'field'> & { withheld: number };

/** Everything that choices of one caller are made from, read once. */
export const readChoices = async (runs: Ledger, clock: Clock): Promise<Choices> => {
  const [marks, gaps, { statesFrom, withheld }] = await Promise.all([runs.marks(), runs.gaps(), runs.kept()]);
  return { marks, gaps, statesFrom, withheld, nowMs: clock.now().getTime() };
};

/** People who were purged are gone from the past, too. */
const withheldNotes = (withheld: number): string[] =>
  withheld === 0 ? [] : [`${withheldWords(withheld)}, from this state, too: no count includes them.`];

/** What a run did not read whole is shown as an earlier run left it: said, never left out. */
const sourceNotes = (runId: string, sources: readonly SourceReport[]): string[] => {
  const broken = sources
    .filter(({ status }) => status !== 'complete')
    .sort((one, other) => sourceNames.indexOf(one.source) - sourceNames.indexOf(other.source))
    .map(({ source }) => wordsFor(source));
  return broken.length === 0
    ? []
    : [`Run ${runId} did not read completely: ${broken.join(', ')}. What is shown of them is older, or missing.`];
};

/**
 * The state that a run's id, a date, a moment, `first`, `previous` or `last` stands for. `field` is the input that held
 * it, for messages.
 *
 * Throws `run-unknown` and `input-invalid` (`chooseState`), and the store's failures.
 */
export const findState = async (
  runs: Ledger,
  choices: Choices,
  wanted: { choice: string; field: string },
): Promise<PastState> => {
  const { mark, notes } = chooseState(wanted.choice, { ...choices, field: wanted.field });
  const { id, startedAt, endedAt, at } = mark;
  const found = await runs.get(id);
  const unended = endedAt === null ? [`Run ${id} has not ended: it is still collecting, or was broken off.`] : [];
  return {
    run: { id, startedAt, endedAt },
    at,
    notes: [...notes, ...unended, ...withheldNotes(choices.withheld), ...sourceNotes(id, found?.sources ?? [])],
  };
};
