import { readPeopleFile } from '../../../adapters/files/people-list.ts';
import { renderCsv } from '../../../adapters/files/render-csv.ts';
import { writeAtomically } from '../../../adapters/files/write-atomically.ts';
import type { FindingKind } from '../../../contract/models/finding.ts';
import type { BatchPeople, BatchRow, InvestigationBatch } from '../../../contract/models/investigation-batch.ts';
import { actorWords } from '../../../core/investigation/actor-words.ts';
import { batchColumns } from '../../../core/report/batch-table.ts';
import { clean, count, faint, line, note, strong, table, time } from '../print.ts';
import { pastState, type PastOptions } from '../past-state.ts';
import { runCommand } from '../session.ts';

export interface BatchOptions extends PastOptions {
  file?: string;
  column?: string;
  finding?: FindingKind;
  out?: string;
  force?: boolean;
}

/** So many repeated lines are named one by one. */
const repeatedShown = 20;

const peopleOf = async ({ file, column, finding }: BatchOptions): Promise<BatchPeople> => {
  if (finding !== undefined) return { finding };
  const { name, bytes } = await readPeopleFile(file ?? '');
  return { file: { name, base64: bytes.toString('base64'), ...(column === undefined ? {} : { column }) } };
};

const whatToDo = ({ sentence, nextStep, expectedBy }: BatchRow): string => {
  if (expectedBy !== null) return `${sentence} Expected by ${time(expectedBy)}.`;
  return nextStep === null ? sentence : `${sentence} Next: ${nextStep}`;
};

const print = ({ asOf, rows, repeated }: InvestigationBatch): void => {
  if (rows.length === 0) line('Nobody is concerned.');
  else {
    const well = rows.filter(({ question }) => question === 'as-it-should-be').length;
    const unsure = rows.filter(({ certainty }) => certainty === 'cannot-tell').length;
    line(
      strong(
        `${count(rows.length)} asked about: ${count(well)} as they should be, ${count(unsure)} undecided, as of ${time(asOf)}`,
      ),
    );
    table(
      ['Line', 'Asked for', 'Cause', 'Who acts', 'Verdict and next step'],
      rows.map((row) => [
        String(row.line),
        row.who === row.name || row.id === null ? row.who : `${row.who} (${row.name})`,
        row.cause,
        actorWords[row.actor],
        whatToDo(row),
      ]),
    );
  }
  if (repeated.length === 0) return;
  line();
  line('Left out, because an earlier line names the same:');
  for (const { line: number, who, sameAs } of repeated.slice(0, repeatedShown))
    line(faint(`  line ${number}, ${clean(who)}: as line ${sameAs}`));
  if (repeated.length > repeatedShown) line(faint(`  and ${count(repeated.length - repeatedShown)} more`));
};

/** A verdict for everybody of a file, or with a finding of a kind, as a table, as JSON, and as CSV. */
export const investigateBatch = (options: BatchOptions): Promise<void> =>
  runCommand(options, async ({ api, callId, on }) => {
    const people = await peopleOf(options);
    const past = await pastState({ api, on }, options);
    const result = await api.investigateBatch({ ...on, ...past, callId, people });
    const { out } = options;
    if (result.ok && out !== undefined) {
      // It names people: only its owner reads it until it is shared on purpose.
      await writeAtomically(out, renderCsv(batchColumns, result.value.rows), {
        force: options.force ?? false,
        mode: 0o600,
      });
      note(`Written: ${out}`);
    }
    return { result, print };
  });
